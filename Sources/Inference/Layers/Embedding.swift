/// A table of one row per token or position, read from the file row by row.
package struct Embedding: Sendable {
    package let count: Int
    private let width: Int
    private let table: StoredTensor
    private let format: NumberFormat

    /// - Throws: `WeightsError` where `weight` is missing, misshapen or not a float.
    package init(_ weights: Weights, count: Int, width: Int) throws(WeightsError) {
        table = try weights.stored("weight", shape: [count, width])
        format = try table.numberFormat()
        self.count = count
        self.width = width
    }

    /// - Parameter indices: row numbers, each in `0..<count`
    /// - Returns: `[indices, width]`
    package func callAsFunction(_ indices: [Int]) -> Tensor {
        let values = indices.flatMap { index in
            precondition((0..<count).contains(index), "row \(index) of \(count)")
            return format.numbers(of: table, (index * width)..<((index + 1) * width))
        }
        return Tensor(values, shape: [indices.count, width])
    }
}
