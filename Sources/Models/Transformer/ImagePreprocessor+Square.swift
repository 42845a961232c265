import Inference
import Signals

extension ImagePreprocessor {
    /// A picture as a vision encoder takes it.
    ///
    /// - Parameter image: of any size
    /// - Returns: `[3, height, width]`
    package func pixels(_ image: Image) -> Tensor {
        let output = self(image)
        return Tensor(output.values, shape: [3, output.height, output.width])
    }

    /// Checks that it makes what the encoder was made for, whatever the picture.
    ///
    /// - Parameters:
    ///   - side: of the squares, in pixels
    ///   - folder: whose files disagree otherwise
    /// - Throws: `ModelError.mismatch`.
    func check(makesSquaresOf side: Int, folder: String) throws(ModelError) {
        guard squareSide == side else {
            throw .mismatch(
                folder: folder,
                "preprocessor_config.json makes no squares of \(side) pixels, the image_size "
                    + "of config.json")
        }
    }

    /// The side of the squares that it makes; nil where it makes others, or pictures of any size.
    private var squareSide: Int? {
        if let crop { return crop.width == crop.height ? crop.width : nil }
        guard case .exact(let width, let height) = size, width == height else { return nil }
        return width
    }
}
