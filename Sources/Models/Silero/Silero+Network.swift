import Glibc
import Inference

extension Silero {
    /// Four convolutions, a memory cell, and one output.
    struct Network: Sendable {
        /// What the cell keeps from one chunk to the next.
        struct Memory: Sendable {
            var cell: [Float]
            var output: [Float]
        }

        private let convolutions: [Convolution1D]
        private let input: Linear  // [4 * width, channels]
        private let recurrence: Linear  // [4 * width, width]
        private let verdict: Linear  // [1, width]
        private let width: Int

        /// - Parameters:
        ///   - weights: where `conv1` to `conv4`, `lstm_cell` and `final_conv` are
        ///   - bins: magnitudes of a frame
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        init(_ weights: Weights, bins: Int) throws(WeightsError) {
            var channels = bins
            var convolutions: [Convolution1D] = []
            for (name, step) in [("conv1", 1), ("conv2", 2), ("conv3", 2), ("conv4", 1)] {
                let outputs = try Network.count(weights.at(name).stored("bias"))
                convolutions.append(
                    try Convolution1D(
                        weights.at(name), inputs: channels, outputs: outputs, step: step,
                        precision: .f32))
                channels = outputs
            }
            let cell = weights.at("lstm_cell")
            let width = max(1, try Network.count(cell.stored("bias_ih")) / 4)
            self.convolutions = convolutions
            self.width = width
            input = try Network.gates(cell, "ih", inputs: channels, width: width)
            recurrence = try Network.gates(cell, "hh", inputs: width, width: width)
            let last = weights.at("final_conv")
            verdict = Linear(
                try Matrix(last.stored("weight", shape: [1, width, 1]), precision: .f32),
                bias: try last.stored("bias", shape: [1]).floats())
        }

        /// - Throws: `WeightsError.shape` for none: a layer has at least one output.
        private static func count(_ bias: StoredTensor) throws(WeightsError) -> Int {
            guard bias.shape.count == 1, bias.elementCount > 0 else {
                throw .shape(
                    tensor: bias.name, found: bias.shape, expected: [128], file: bias.file.path)
            }
            return bias.elementCount
        }

        private static func gates(
            _ cell: Weights, _ name: String, inputs: Int, width: Int
        ) throws(WeightsError) -> Linear {
            let weight = try cell.stored("weight_" + name, shape: [4 * width, inputs])
            let bias = try cell.stored("bias_" + name, shape: [4 * width])
            return Linear(try Matrix(weight, precision: .f32), bias: try bias.floats())
        }

        /// What is kept before the first chunk.
        var emptyMemory: Memory {
            let zeros = [Float](repeating: 0, count: width)
            return Memory(cell: zeros, output: zeros)
        }

        /// - Parameters:
        ///   - spectrum: `[4, bins]`
        ///   - memory: of the chunks before; of this one afterwards
        /// - Returns: that somebody speaks, 0 to 1
        func callAsFunction(_ spectrum: Tensor, _ memory: inout Memory) -> Float {
            let features = convolutions.reduce(spectrum) { x, convolution in
                rectified(convolution(x, activation: .identity))
            }
            remember(features, &memory)
            let heard = rectified(Tensor(memory.output, shape: [1, width]))
            return logistic(verdict(heard).values[0])
        }

        /// A step of `torch.nn.LSTMCell`: gates in the order input, forget, candidate, output.
        private func remember(_ features: Tensor, _ memory: inout Memory) {
            let before = Tensor(memory.output, shape: [1, width])
            let gates = input(features, adding: recurrence(before)).values
            for i in 0..<width {
                let kept = logistic(gates[width + i]) * memory.cell[i]
                let cell = kept + logistic(gates[i]) * tanhf(gates[2 * width + i])
                memory.cell[i] = cell
                memory.output[i] = logistic(gates[3 * width + i]) * tanhf(cell)
            }
        }
    }
}

private func rectified(_ x: Tensor) -> Tensor {
    Tensor(x.values.map { max(0, $0) }, shape: x.shape)
}

private func logistic(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
