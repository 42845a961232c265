import Inference

/// A picture's patches as rows behind a class token, each with its learned position.
///
/// Source: `modeling_blip.py`, class `BlipVisionEmbeddings`; `modeling_clip.py`, class
/// `CLIPVisionEmbeddings`.
struct PatchRows: Sendable {
    private let patches: PatchEmbedding
    private let classToken: [Float]  // [width]
    private let positions: Tensor  // [patches + 1, width]

    /// - Parameters:
    ///   - patches: the embedding of each
    ///   - classToken: as many numbers as a row has, in any shape
    ///   - positions: as many as patches and one, in any shape
    ///   - sizes: the encoder's
    /// - Throws: `WeightsError` where a tensor holds no numbers.
    init(
        _ patches: PatchEmbedding, classToken: StoredTensor, positions: StoredTensor,
        _ sizes: VisionSizes
    ) throws(WeightsError) {
        self.patches = patches
        self.classToken = try classToken.floats()
        self.positions = Tensor(
            try positions.floats(), shape: [sizes.positionCount, sizes.width])
    }

    /// - Parameter pixels: `[3, imageSide, imageSide]`, normalised
    /// - Returns: `[patches + 1, width]`
    func callAsFunction(_ pixels: Tensor) -> Tensor {
        Tensor(classToken + patches(pixels).values, shape: positions.shape) + positions
    }
}
