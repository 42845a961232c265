import Kernels

/// Each row moved to mean 0 and variance 1, then scaled and shifted by column.
///
/// Computes what `torch.nn.LayerNorm` does over the last axis, with the biased variance.
package struct LayerNorm: Sendable {
    let scale: [Float]  // [width]
    let shift: [Float]  // [width]
    let epsilon: Float

    /// - Throws: `WeightsError` where `weight` or `bias` is missing or misshapen.
    package init(_ weights: Weights, width: Int, epsilon: Float) throws(WeightsError) {
        scale = try weights.stored("weight", shape: [width]).floats()
        shift = try weights.stored("bias", shape: [width]).floats()
        self.epsilon = epsilon
    }

    /// - Parameter x: `[rows, width]`
    /// - Returns: `[rows, width]`
    package func callAsFunction(_ x: Tensor) -> Tensor {
        precondition(x.width == scale.count, "\(x.shape) through a norm of \(scale.count)")
        return Tensor(shape: x.shape) { out in
            // Safe: `out` is as large as `x`; scale and shift hold one row.
            unsafe cc_layer_norm(x.values, x.rows, x.width, scale, shift, epsilon, &out)
        }
    }
}
