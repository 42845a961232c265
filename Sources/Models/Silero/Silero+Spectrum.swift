import Inference

extension Silero {
    /// The magnitudes of a chunk's frames.
    struct Spectrum: Sendable {
        /// Samples of a frame.
        let window: Int
        /// Magnitudes of a frame.
        let bins: Int
        private let basis: Linear  // [2 * bins, window], cosines before sines

        /// - Throws: `WeightsError` where `stft_conv.weight` is missing or is no Fourier basis.
        init(_ weights: Weights) throws(WeightsError) {
            let stored = try weights.stored("stft_conv.weight")
            let shape = stored.shape
            guard shape.count == 3, shape[1] == 1, shape[0] >= 2, shape[0].isMultiple(of: 2),
                shape[2] >= 4, shape[2].isMultiple(of: 4)
            else {
                throw .shape(
                    tensor: stored.name, found: shape, expected: [258, 1, 256],
                    file: stored.file.path)
            }
            window = shape[2]
            bins = shape[0] / 2
            basis = Linear(try Matrix(stored, precision: .f32), bias: nil)
        }

        /// - Parameter samples: two and a quarter windows: the chunk, and before it its context
        /// - Returns: `[4, bins]`, half a window apart
        func callAsFunction(_ samples: [Float]) -> Tensor {
            let margin = window / 4
            // Mirrored at the end, without the last sample, as `torch.nn.functional.pad` does.
            let padded = samples + samples.dropLast().suffix(margin).reversed()
            let frames = (0..<4).flatMap { padded[($0 * window / 2)..<($0 * window / 2 + window)] }
            let parts = basis(Tensor(frames, shape: [4, window])).values
            var magnitudes: [Float] = []
            magnitudes.reserveCapacity(4 * bins)
            for frame in 0..<4 {
                let first = frame * 2 * bins
                for bin in first..<(first + bins) {
                    let (real, imaginary) = (parts[bin], parts[bin + bins])
                    magnitudes.append((real * real + imaginary * imaginary).squareRoot())
                }
            }
            return Tensor(magnitudes, shape: [4, bins])
        }
    }
}
