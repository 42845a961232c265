import Kernels

/// x + narrow(activation(widen(norm(x)))): the two-layer perceptron of a transformer's layer, normalised before and
/// added after.
package struct Perceptron: Sendable {
    private let norm: LayerNorm
    private let widen: Linear
    private let narrow: Linear
    private let activation: Activation

    /// - Parameters:
    ///   - norm: of rows of the layer's width
    ///   - widen: from that width to the perceptron's own
    ///   - activation: between the two
    ///   - narrow: back again
    package init(norm: LayerNorm, widen: Linear, activation: Activation, narrow: Linear) {
        self.norm = norm
        self.widen = widen
        self.activation = activation
        self.narrow = narrow
    }

    /// - Parameter x: `[n, width]`
    /// - Returns: `[n, width]`
    package func callAsFunction(_ x: Tensor) -> Tensor {
        joined(x) ?? narrow(widen(norm(x), activation: activation), adding: x)
    }

    /// All in one kernel: the same numbers in less time and memory, where there are rows enough for
    /// every thread and both matrices are in 8 bits.
    private func joined(_ x: Tensor) -> Tensor? {
        guard x.rows >= 48 * cc_threads(), let wide = widen.matrix.int8,
            let thin = narrow.matrix.int8
        else { return nil }
        precondition(
            x.width == norm.scale.count, "\(x.shape) through a norm of \(norm.scale.count)")
        let inner = widen.matrix.rows
        return Tensor(shape: x.shape) { out in
            var space = scratch(cc_perceptron_scratch(x.width, inner))
            // Safe: matrices, biases and norm have these sizes, as their types checked; the matrices
            // outlive the call.
            unsafe wide.withPointer { wide in
                unsafe thin.withPointer { thin in
                    unsafe cc_perceptron_int8(
                        x.values, x.rows, x.width, inner, norm.scale, norm.shift, norm.epsilon,
                        wide, widen.bias, activation.kernel, thin, narrow.bias, &out, &space)
                }
            }
        }
    }
}
