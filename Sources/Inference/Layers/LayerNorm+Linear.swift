import Kernels

extension LayerNorm {
    /// What linear layers make of the same normed rows, which are rounded to 8 bits once where all
    /// weights are in 8 bits.
    ///
    /// - Parameters:
    ///   - x: `[n, width]`
    ///   - layers: of `width` inputs each
    /// - Returns: for each layer `[n, its outputs]`
    package func callAsFunction(_ x: Tensor, into layers: [Linear]) -> [Tensor] {
        let packed = layers.compactMap(\.matrix.int8)
        guard packed.count == layers.count else {
            let normed = self(x)
            return layers.map { $0(normed) }
        }
        let rows = ByteRows(self, x)
        return zip(layers, packed).map { rows.product($0, $1) }
    }
}
