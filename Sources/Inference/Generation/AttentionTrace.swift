import Kernels

/// What the tokens of a text looked at, as the mean of some heads' attention, each made comparable.
///
/// Source: openai/whisper, `timing.py`, function `find_alignment`.
package struct AttentionTrace: Sendable {
    /// Of tokens.
    package let rows: Int
    /// Of positions in what is looked at.
    package let columns: Int
    private var sum: [Float]
    private var heads = 0

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        sum = [Float](repeating: 0, count: rows * columns)
    }

    /// Adds a head: its probabilities, standardised by position, smoothed along the positions.
    ///
    /// - Parameters:
    ///   - q: `[rows, width]`, what the tokens ask
    ///   - cache: keys of at least `columns` positions
    ///   - head: which of the cache's
    package mutating func add(_ q: Tensor, _ cache: KeyValueCache, head: Int) {
        precondition(q.rows == rows, "\(q.shape) for \(rows) tokens")
        let stride = (columns + 15) / 16 * 16
        var weights = cache.probabilities(of: q, head: head, columns: columns, stride: stride)
        // Safe: `weights` is `[rows, stride]`, `sum` is `[rows, columns]`.
        unsafe cc_standardize_columns(&weights, rows, columns, stride)
        unsafe cc_add_medians(weights, rows, columns, stride, &sum)
        heads += 1
    }

    /// The mean over the heads for some of the tokens.
    ///
    /// - Returns: `[tokens, columns]`
    package func mean(ofRows tokens: Range<Int>) -> Tensor {
        let part = sum[(tokens.lowerBound * columns)..<(tokens.upperBound * columns)]
        let count = Float(max(1, heads))
        return Tensor(part.map { $0 / count }, shape: [tokens.count, columns])
    }
}
