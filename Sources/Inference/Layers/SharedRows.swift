import Kernels

/// Rows that several linear layers take, one after the other; rounded to 8 bits once where their
/// weights are in 8 bits.
package struct SharedRows {
    private let rows: Tensor
    private let bytes: ByteRows?

    /// - Parameters:
    ///   - rows: `[n, width]`
    ///   - layers: that will take them, of `width` inputs each
    package init(_ rows: Tensor, for layers: [Linear]) {
        self.rows = rows
        bytes = layers.allSatisfy { $0.matrix.int8 != nil } ? ByteRows(rows) : nil
    }

    /// - Parameter layer: one of those that were named
    /// - Returns: `[n, its outputs]`
    package func through(_ layer: Linear) -> Tensor {
        guard let bytes, let packed = layer.matrix.int8 else { return layer(rows) }
        return bytes.product(layer, packed)
    }
}

/// Rows in 8 bits, each with a step and a zero of its own.
struct ByteRows {
    private let count: Int
    private let width: Int
    private var bytes: [UInt8]
    private var steps: [cc_row_step]

    init(_ x: Tensor) {
        self.init(count: x.rows, width: x.width)
        // Safe: sizes as the header asks for them.
        unsafe cc_quantize_rows(x.values, count, width, &bytes, &steps)
    }

    /// Normed first, without a place for that in memory.
    init(_ norm: LayerNorm, _ x: Tensor) {
        self.init(count: x.rows, width: x.width)
        precondition(width == norm.scale.count, "\(x.shape) through a norm of \(norm.scale.count)")
        var space = scratch(cc_norm_quantize_scratch(width))
        // Safe: as above; scale and shift hold one row.
        unsafe cc_norm_quantize_rows(
            x.values, count, width, norm.scale, norm.shift, norm.epsilon, &bytes, &steps, &space)
    }

    private init(count: Int, width: Int) {
        (self.count, self.width) = (count, width)
        bytes = scratch(count * ((width + 3) / 4 * 4))
        steps = [cc_row_step](repeating: cc_row_step(scale: 0, zero: 0), count: count)
    }

    /// - Parameters:
    ///   - layer: of `width` inputs
    ///   - packed: its weights
    /// - Returns: `[n, its outputs]`
    func product(_ layer: Linear, _ packed: PackedBytes) -> Tensor {
        let outputs = layer.matrix.rows
        precondition(layer.matrix.columns == width, "\(layer.matrix.columns) inputs, not \(width)")
        return Tensor(shape: [count, outputs]) { out in
            // Safe: the matrix was packed for these sizes and outlives the call; its bias fits it.
            unsafe packed.withPointer { packed in
                unsafe cc_product_int8(
                    bytes, steps, count, width, packed, outputs, layer.bias, CC_IDENTITY, nil,
                    &out)
            }
        }
    }
}
