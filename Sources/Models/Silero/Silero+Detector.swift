import Inference
import ModelStore

extension Silero {
    /// The whole detector; a copy hears another recording.
    package struct Detector: VoiceDetector {
        private let spectrum: Spectrum
        private let network: Network
        private var memory: Network.Memory
        private var context: [Float]

        package let chunkSamples: Int

        /// Opens `model.safetensors`, else `silero_vad_16k.safetensors`, the name that the
        /// detector's authors publish it under.
        ///
        /// - Throws: `WeightsError` that names the file and the tensor at fault.
        package init(folder: ModelFolder) throws(WeightsError) {
            if let published = folder.path(of: "silero_vad_16k.safetensors"),
                folder.path(of: "model.safetensors") == nil
            {
                try self.init(Checkpoint(file: published))
            } else {
                try self.init(Checkpoint(folder: folder.path))
            }
        }

        /// - Throws: `WeightsError` where a tensor is missing, misshapen or left over.
        package init(_ checkpoint: Checkpoint) throws(WeightsError) {
            spectrum = try Spectrum(checkpoint.weights)
            network = try Network(checkpoint.weights, bins: spectrum.bins)
            try checkpoint.finish()
            memory = network.emptyMemory
            context = [Float](repeating: 0, count: spectrum.window / 4)
            chunkSamples = spectrum.window * 2
        }

        package mutating func speechProbability(of chunk: [Float]) -> Float {
            precondition(chunk.count == chunkSamples, "a chunk of \(chunk.count) samples")
            let chunk = chunk.map { $0.isFinite ? min(max($0, -1), 1) : 0 }
            let samples = context + chunk
            context = Array(chunk.suffix(context.count))
            return network(spectrum(samples), &memory)
        }
    }
}
