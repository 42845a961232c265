import Kernels

/// A table of one row per token or position, read from the file row by row.
package struct Embedding: Sendable {
    package let count: Int
    private let width: Int
    private let table: StoredTensor
    private let type: cc_type

    /// - Throws: `WeightsError` where `weight` is missing, misshapen or not a float.
    package init(_ weights: Weights, count: Int, width: Int) throws(WeightsError) {
        table = try weights.stored("weight", shape: [count, width])
        type = try table.kernelType()
        self.count = count
        self.width = width
    }

    /// - Parameter indices: row numbers, each in `0..<count`
    /// - Returns: `[indices, width]`
    package func callAsFunction(_ indices: [Int]) -> Tensor {
        let rowBytes = width * table.type.bitCount / 8
        var values: [Float] = []
        values.reserveCapacity(indices.count * width)
        var row = [Float](repeating: 0, count: width)
        for index in indices {
            precondition((0..<count).contains(index), "row \(index) of \(count)")
            // Safe: the row lies in the mapped file, which `table` keeps.
            unsafe cc_to_float(
                table.file.pointer(at: table.offset + index * rowBytes), type, width, &row)
            values += row
        }
        return Tensor(values, shape: [indices.count, width])
    }
}
