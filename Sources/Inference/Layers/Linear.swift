/// y = x · transpose(weight) + bias, as `torch.nn.Linear`.
package struct Linear: Sendable {
    let matrix: Matrix
    let bias: [Float]?  // [outputs]

    package init(_ matrix: Matrix, bias: [Float]?) {
        self.matrix = matrix
        self.bias = bias
    }

    /// - Throws: `WeightsError` where `weight` (or `bias`) is missing, misshapen or not a float.
    package init(
        _ weights: Weights, inputs: Int, outputs: Int, bias hasBias: Bool = true,
        precision: Precision
    ) throws(WeightsError) {
        matrix = try Matrix(
            weights.stored("weight", shape: [outputs, inputs]), precision: precision)
        bias = hasBias ? try weights.stored("bias", shape: [outputs]).floats() : nil
    }

    /// activation(x · transpose(weight) + bias) + residual, in one pass.
    ///
    /// - Parameters:
    ///   - x: `[n, inputs]`
    ///   - activation: applied to the sum
    ///   - residual: `[n, outputs]`, added last
    /// - Returns: `[n, outputs]`
    package func callAsFunction(
        _ x: Tensor, activation: Activation = .identity, adding residual: Tensor? = nil
    ) -> Tensor {
        matrix.product(x, bias: bias, activation: activation, adding: residual)
    }
}
