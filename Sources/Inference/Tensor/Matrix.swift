import Kernels

/// The weights of a linear layer: `rows` outputs by `columns` inputs.
///
/// Either mapped from the file in their stored type, or packed in 8 or 4 bits, by this process or an earlier
/// one; only this type knows.
package struct Matrix: Sendable {
    package let rows: Int
    package let columns: Int
    private let storage: Storage

    private enum Storage: Sendable {
        case stored(StoredTensor, cc_type)
        /// Where the file holds blocks.
        case floats([Float])
        /// Laid out by `cc_pack_int8`.
        case int8(PackedBytes)
        /// Laid out by `cc_pack_int4`.
        case int4(PackedBytes)
    }

    /// Takes a stored tensor as it is (`f32`) or packs it (`int8`, `int4`).
    ///
    /// - Parameters:
    ///   - tensor: two or more axes; all but the first are the inputs.
    ///   - precision: what the products are computed in.
    /// - Throws: `WeightsError.type` for anything but F32, F16, BF16 and blocks, `.notFinite`, and
    ///   where the file cannot be read any more `.unreadable` or `.cutShort`.
    package init(_ tensor: StoredTensor, precision: Precision) throws(WeightsError) {
        rows = tensor.shape.first ?? 1
        columns = rows == 0 ? 0 : tensor.elementCount / rows
        let format = try tensor.numberFormat()
        switch (precision, format) {
        case (.f32, .plain(let type)):
            // Safe: the elements lie in the mapped file, which `tensor` keeps.
            guard
                unsafe tensor.elementCount == 0
                    || cc_all_finite(
                        tensor.file.pointer(at: tensor.offset), type, tensor.elementCount)
            else { throw .notFinite(tensor: tensor.name, file: tensor.file.path) }
            storage = .stored(tensor, type)
        case (.f32, .blocks): storage = .floats(try tensor.floats())
        case (.int8, _):
            let layout = PackedLayout.int8(rows: rows, columns: columns)
            storage = .int8(try Matrix.packed(tensor, format, layout))
        case (.int4, _):
            let layout = PackedLayout.int4(rows: rows, columns: columns)
            storage = .int4(try Matrix.packed(tensor, format, layout))
        }
    }

    /// Packed earlier, else packed now and kept for the next start.
    private static func packed(
        _ tensor: StoredTensor, _ format: NumberFormat, _ layout: PackedLayout
    ) throws(WeightsError) -> PackedBytes {
        let kind = PreparedTable.Kind.matrix(
            rows: layout.rows, columns: layout.columns, layout: layout.name)
        let size = layout.byteCount - PackedBytes.slack
        if let found = tensor.prepared?.matrix(named: tensor.name, kind, count: size) {
            return found
        }
        let fresh = PackedBytes(try layout.pack(tensor, format))
        tensor.prepared?.keep(fresh, named: tensor.name, kind)
        return fresh
    }

    /// The weights in 8 bits, laid out by `cc_pack_int8`; nil where they are not.
    var int8: PackedBytes? {
        guard case .int8(let packed) = storage else { return nil }
        return packed
    }

    /// activation(x · transpose(self) + bias) + residual.
    ///
    /// - Parameters:
    ///   - x: `[n, columns]`
    ///   - bias: `[rows]`, or nil
    ///   - activation: applied after the bias
    ///   - residual: `[n, rows]`, or nil
    /// - Returns: `[n, rows]`
    package func product(
        _ x: Tensor, bias: [Float]?, activation: Activation, adding residual: Tensor?
    ) -> Tensor {
        precondition(x.width == columns, "\(x.shape) times a matrix of \(columns) columns")
        precondition(bias.map { $0.count == rows } ?? true, "a bias for \(rows) outputs")
        precondition(
            residual.map { $0.values.count == x.rows * rows } ?? true,
            "a residual for [\(x.rows), \(rows)]")
        return Tensor(shape: [x.rows, rows]) { out in
            switch storage {
            case .stored(let tensor, let type):
                var space = scratch(cc_linear_scratch(columns))
                // Safe: sizes as the preconditions and `init` say; the mapping outlives the call.
                unsafe cc_linear(
                    x.values, x.rows, columns, tensor.file.pointer(at: tensor.offset), type, rows,
                    bias, activation.kernel, residual?.values, &out, &space, space.count)
            case .floats(let weights):
                var space = scratch(cc_linear_scratch(columns))
                // Safe: as above, from an array of `rows * columns`.
                unsafe cc_linear(
                    x.values, x.rows, columns, weights, CC_F32, rows, bias, activation.kernel,
                    residual?.values, &out, &space, space.count)
            case .int8(let packed):
                var space = scratch(cc_linear_int8_scratch(x.rows, columns))
                // Safe: as above; `packed` was laid out for these sizes and outlives the call.
                unsafe packed.withPointer { packed in
                    unsafe cc_linear_int8(
                        x.values, x.rows, columns, packed, rows, bias, activation.kernel,
                        residual?.values, &out, &space)
                }
            case .int4(let packed):
                var space = scratch(cc_linear_int4_scratch(x.rows, columns))
                // Safe: as above.
                unsafe packed.withPointer { packed in
                    unsafe cc_linear_int4(
                        x.values, x.rows, columns, packed, rows, bias, activation.kernel,
                        residual?.values, &out, &space)
                }
            }
        }
    }
}

/// The non-linearity of a layer, by the names of the reference's `ACT2FN`.
package enum Activation: String, Sendable {
    case identity
    /// x/2 (1 + erf(x / √2))
    case gelu
    /// The approximation by tanh.
    case geluTanh = "gelu_pytorch_tanh"
    /// The same, under the name of older configurations.
    case geluNew = "gelu_new"
    /// x · sigmoid(1.702 x)
    case quickGelu = "quick_gelu"

    var kernel: cc_activation {
        switch self {
        case .identity: CC_IDENTITY
        case .gelu: CC_GELU_EXACT
        case .geluTanh, .geluNew: CC_GELU_TANH
        case .quickGelu: CC_GELU_QUICK
        }
    }
}
