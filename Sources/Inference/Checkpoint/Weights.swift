/// A checkpoint seen from one place of its tree of names; what a layer takes its tensors from.
///
///     let layer = checkpoint.weights.at("encoder.layers").at(0)
///     let query = try layer.stored("self_attn.query.weight", shape: [768, 768])
package struct Weights: Sendable {
    package let checkpoint: Checkpoint
    private let prefix: String

    init(_ checkpoint: Checkpoint, prefix: String) {
        self.checkpoint = checkpoint
        self.prefix = prefix
    }

    package func at(_ component: String) -> Weights {
        Weights(checkpoint, prefix: path(component))
    }

    package func at(_ index: Int) -> Weights { at(String(index)) }

    /// The name in the checkpoint of something named from here.
    package func path(_ name: String) -> String { prefix.isEmpty ? name : prefix + "." + name }

    /// True where the checkpoint holds it: a tied matrix may be stored or left out.
    package func has(_ name: String) -> Bool { checkpoint.has(path(name)) }

    /// The tensor of that name, whatever its shape.
    ///
    /// - Throws: `WeightsError.missing`.
    package func stored(_ name: String) throws(WeightsError) -> StoredTensor {
        guard let tensor = checkpoint.tensor(named: path(name)) else {
            throw .missing(tensor: path(name), file: checkpoint.path)
        }
        return tensor
    }

    /// The tensor of that name, which must have that shape.
    ///
    /// - Throws: `WeightsError.missing` or `.shape`.
    package func stored(_ name: String, shape: [Int]) throws(WeightsError) -> StoredTensor {
        let tensor = try stored(name)
        guard tensor.shape == shape else {
            throw .shape(
                tensor: tensor.name, found: tensor.shape, expected: shape, file: tensor.file.path)
        }
        return tensor
    }
}
