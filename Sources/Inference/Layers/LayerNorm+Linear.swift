import Kernels

extension LayerNorm {
    /// What linear layers make of the same normed rows, which are rounded to 8 bits once where all
    /// weights are in 8 bits.
    ///
    /// - Parameters:
    ///   - x: `[n, width]`
    ///   - layers: of `width` inputs each
    /// - Returns: for each layer `[n, its outputs]`
    package func callAsFunction(_ x: Tensor, into layers: [Linear]) -> [Tensor] {
        let packed = layers.compactMap(\.matrix.int8)
        guard packed.count == layers.count else {
            let normed = self(x)
            return layers.map { $0(normed) }
        }
        let rows = ByteRows(self, x)
        return zip(layers, packed).map { rows.product($0, $1) }
    }
}

/// Normed rows in 8 bits.
private struct ByteRows {
    private let count: Int
    private let width: Int
    private var bytes: [UInt8]
    private var steps: [cc_row_step]

    init(_ norm: LayerNorm, _ x: Tensor) {
        (count, width) = (x.rows, x.width)
        precondition(width == norm.scale.count, "\(x.shape) through a norm of \(norm.scale.count)")
        bytes = scratch(count * ((width + 3) / 4 * 4))
        steps = [cc_row_step](repeating: cc_row_step(scale: 0, zero: 0), count: count)
        var space = scratch(cc_norm_quantize_scratch(width))
        // Safe: sizes as the header asks for them; scale and shift hold one row.
        unsafe cc_norm_quantize_rows(
            x.values, count, width, norm.scale, norm.shift, norm.epsilon, &bytes, &steps, &space)
    }

    // `packed` are the weights of `layer`.
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
