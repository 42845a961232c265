import Kernels

/// A picture cut into squares, each made a row: a convolution whose stride is its size.
///
/// Computes what `torch.nn.Conv2d(channels, width, kernel_size: side, stride: side)` does, as one
/// product: a square's pixels in the order channel, row, column, times a matrix.
package struct PatchEmbedding: Sendable {
    private let projection: Linear
    private let side: Int

    /// - Throws: `WeightsError` where `weight` (or `bias`) is missing, misshapen or not a float.
    package init(
        _ weights: Weights, channels: Int = 3, side: Int, width: Int, bias hasBias: Bool = true,
        precision: Precision
    ) throws(WeightsError) {
        let kernel = try weights.stored("weight", shape: [width, channels, side, side])
        let bias = hasBias ? try weights.stored("bias", shape: [width]).floats() : nil
        projection = Linear(try Matrix(kernel, precision: precision), bias: bias)
        self.side = side
    }

    /// - Parameter picture: `[channels, height, width]`, sides multiples of the patch's
    /// - Returns: `[patches, width]`, row by row from the top left
    package func callAsFunction(_ picture: Tensor) -> Tensor {
        precondition(picture.shape.count == 3, "a picture of shape \(picture.shape)")
        let (channels, height, width) = (picture.shape[0], picture.shape[1], picture.shape[2])
        precondition(
            height % side == 0 && width % side == 0, "patches of \(side) in \(picture.shape)")
        let patches = Tensor(shape: [height / side * (width / side), channels * side * side]) {
            // Safe: the shape above is what the kernel writes.
            unsafe cc_patches(picture.values, channels, height, width, side, &$0)
        }
        return projection(patches)
    }
}
