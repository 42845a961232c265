import Kernels

/// Keys and values of the positions seen so far in one layer, and attention to them.
///
/// Owned by the loop that generates, and passed `inout`: layers keep no state.
package struct KeyValueCache: Sendable {
    /// Positions held.
    package private(set) var count = 0
    private var shape: cc_cache_shape
    private var keys: [UInt8]
    private var values: [UInt8]

    /// Whose keys and values they are.
    package enum Content: Sendable {
        /// Of what is being written: few, and more with each token.
        case text
        /// Of what the text is about, a picture or a sound: many, and read again for each token.
        case source
    }

    /// An empty cache; its memory doubles as it fills.
    package init(
        of content: Content, heads: Int, width: Int, precision: Precision, capacity: Int = 32
    ) {
        precondition(heads > 0 && width % heads == 0, "\(heads) heads in a width of \(width)")
        shape = cc_cache_shape(
            kept: precision.kept(of: content, headWidth: width / heads), heads: heads,
            head_width: width / heads,
            capacity: (max(1, capacity) + 15) / 16 * 16)
        keys = [UInt8](repeating: 0, count: cc_cache_bytes(shape))
        values = keys
    }

    private var width: Int { shape.heads * shape.head_width }

    /// Adds positions.
    ///
    /// - Parameters:
    ///   - k: `[.., width]`
    ///   - v: `[.., width]`
    ///   - rows: which of them
    package mutating func append(_ k: Tensor, _ v: Tensor, rows: Range<Int>) {
        precondition(
            k.width == width && v.shape == k.shape && rows.upperBound <= k.rows,
            "rows \(rows) of keys \(k.shape) and values \(v.shape) of width \(width)")
        if count + rows.count > shape.capacity { grow(to: count + rows.count) }
        // Safe: `grow` made room for these positions; the rows exist.
        unsafe cc_cache_store(
            shape, &keys, &values, count, k.values, v.values, rows.lowerBound, rows.count)
        count += rows.count
    }

    /// Larger arrays, head by head: both layouts keep a head's positions together.
    private mutating func grow(to needed: Int) {
        let old = shape
        shape.capacity = (max(needed, 2 * old.capacity) + 15) / 16 * 16
        let (oldHead, newHead) = (
            cc_cache_bytes(old) / old.heads, cc_cache_bytes(shape) / old.heads
        )
        let padding = [UInt8](repeating: 0, count: newHead - oldHead)
        func grown(_ bytes: [UInt8]) -> [UInt8] {
            var result: [UInt8] = []
            result.reserveCapacity(cc_cache_bytes(shape))
            for head in 0..<old.heads {
                result += bytes[(head * oldHead)..<((head + 1) * oldHead)]
                result += padding
            }
            return result
        }
        keys = grown(keys)
        values = grown(values)
    }

    /// What a head attends to.
    package enum Sight: Sendable {
        /// Every row sees all positions: attention to a picture or a question.
        case all
        /// The rows are the last positions, and each sees itself and those before: a text.
        case past
    }

    /// softmax(q · transpose(keys) / √headWidth) · values for some rows of `q`, into those of `out`.
    ///
    /// - Parameters:
    ///   - q: `[.., width]`
    ///   - rows: which rows
    ///   - sight: which positions a row sees
    ///   - out: as large as `q`
    package func attend(_ q: Tensor, rows: Range<Int>, seeing sight: Sight, into out: inout [Float])
    {
        precondition(
            q.width == width && out.count == q.values.count && rows.upperBound <= q.rows,
            "rows \(rows) of queries \(q.shape) of width \(width)")
        let length = sight == .all ? count : count - rows.count + 1
        precondition(length > 0 || rows.isEmpty, "attention to an empty cache")
        var space = scratch(cc_cached_attention_scratch(shape.heads, length + rows.count))
        // Safe: positions up to `count` are stored; the rows exist in `q` and in `out`.
        unsafe cc_cached_attention(
            shape, keys, values, q.values, rows.lowerBound, rows.count, length, sight == .past,
            1 / Float(shape.head_width).squareRoot(), &out, &space)
    }

    /// softmax(q · transpose(keys) / √headWidth) of one head: how much each row looks at each of the
    /// first positions.
    ///
    /// - Parameters:
    ///   - q: `[n, width]`
    ///   - head: which one
    ///   - columns: how many of the positions it may look at
    ///   - stride: a multiple of 16, at least `columns`
    /// - Returns: `[n, stride]`, of which the first `columns` of each row mean something
    func probabilities(of q: Tensor, head: Int, columns: Int, stride: Int) -> [Float] {
        precondition(
            q.width == width && head < shape.heads && columns <= count && columns <= stride
                && stride % 16 == 0,
            "\(columns) of \(count) positions, head \(head) of \(shape.heads), \(q.shape)")
        var out = [Float](repeating: 0, count: q.rows * stride)
        // Safe: the head and the positions are stored; rows of 16 or 32 numbers and more fit.
        unsafe cc_head_probabilities(
            shape, keys, head, q.values, q.rows, columns,
            1 / Float(shape.head_width).squareRoot(), stride, &out)
        return out
    }
}
