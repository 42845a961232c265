import Kernels

/// A convolution of three frames over a sequence, with one frame of zeros at each end.
///
/// Computes what `torch.nn.Conv1d(inputs, outputs, kernel_size=3, padding=1)` does.
package struct Convolution1D: Sendable {
    private let linear: Linear
    private let inputs: Int
    private let step: Int

    /// - Parameters:
    ///   - weights: where `weight`, `[outputs, inputs, 3]`, and `bias` are
    ///   - inputs: channels of a frame
    ///   - outputs: channels of a frame of the result
    ///   - step: frames from one output to the next
    ///   - precision: what products are computed in
    /// - Throws: `WeightsError` where `weight` or `bias` is missing, misshapen or not a float.
    package init(
        _ weights: Weights, inputs: Int, outputs: Int, step: Int, precision: Precision
    ) throws(WeightsError) {
        let matrix = try Matrix(
            weights.stored("weight", shape: [outputs, inputs, 3]), precision: precision)
        linear = Linear(matrix, bias: try weights.stored("bias", shape: [outputs]).floats())
        self.inputs = inputs
        self.step = step
    }

    /// - Parameters:
    ///   - x: `[frames, inputs]`
    ///   - activation: applied to the sum
    ///   - residual: `[(frames + step - 1) / step, outputs]`, added last
    /// - Returns: `[(frames + step - 1) / step, outputs]`
    package func callAsFunction(
        _ x: Tensor, activation: Activation, adding residual: Tensor? = nil
    ) -> Tensor {
        precondition(x.width == inputs, "\(x.shape) through a convolution of \(inputs) channels")
        let count = (x.rows + step - 1) / step
        // A row of the product: the three frames of each channel, as the weights lie.
        let columns = Tensor(shape: [count, inputs * 3]) { out in
            // Safe: `out` has the shape that the kernel writes.
            unsafe cc_three_frames(x.values, x.rows, inputs, step, &out)
        }
        return linear(columns, activation: activation, adding: residual)
    }
}
