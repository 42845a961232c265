import Inference
import TestKit
import Testing

@Suite struct KeyValueCacheTests {
    let heads = 3
    let width = 30

    /// Keys and values of some positions, the same on every call.
    func rows(_ count: Int, seed: UInt64) -> Tensor {
        var numbers = SeededNumbers(seed: seed)
        return Tensor(numbers.floats(count * width), shape: [count, width])
    }

    @Test(arguments: Precision.allCases, [KeyValueCache.Content.text, .source])
    func `a cache that grows holds what one of the right size holds`(
        precision: Precision, content: KeyValueCache.Content
    ) {
        let (k, v) = (rows(100, seed: 1), rows(100, seed: 2))
        func cache(_ capacity: Int) -> KeyValueCache {
            KeyValueCache(
                of: content, heads: heads, width: width, precision: precision, capacity: capacity)
        }
        var (small, large) = (cache(1), cache(100))
        for position in 0..<100 { small.append(k, v, rows: position..<(position + 1)) }
        large.append(k, v, rows: 0..<100)
        #expect(small.count == 100)
        #expect(attended(small) == attended(large))
    }

    @Test func `attention to a cache equals attention to all at once`() {
        let (k, v) = (rows(50, seed: 3), rows(50, seed: 4))
        var cache = KeyValueCache(of: .text, heads: heads, width: width, precision: .f32)
        cache.append(k, v, rows: 0..<50)
        let attention = Attention(heads: heads, width: width, precision: .f32)
        expectClose(attended(cache), attention(rows(4, seed: 9), k, v).values, within: 1e-5)
    }

    @Test func `keys and values of a source are a little rounded in 8 bits`() {
        let (k, v) = (rows(50, seed: 3), rows(50, seed: 4))
        var cache = KeyValueCache(of: .source, heads: heads, width: width, precision: .int8)
        cache.append(k, v, rows: 0..<50)
        let exact = Attention(heads: heads, width: width, precision: .f32)(rows(4, seed: 9), k, v)
        expectClose(attended(cache), exact.values, within: 0.01)
        #expect(attended(cache) != exact.values)
    }

    @Test func `what many positions of a source have in common is not too much to sum`() {
        let count = 3_000
        let k = Tensor([Float](repeating: 1, count: count * width), shape: [count, width])
        let v = Tensor([Float](repeating: -5, count: count * width), shape: [count, width])
        var cache = KeyValueCache(of: .source, heads: heads, width: width, precision: .int8)
        cache.append(k, v, rows: 0..<count)
        expectClose(attended(cache), [Float](repeating: -5, count: 4 * width), within: 1e-3)
    }

    @Test func `heads that are too wide for 8 bits are kept in 16`() {
        let width = 513
        var numbers = SeededNumbers(seed: 7)
        func rows(_ count: Int) -> Tensor {
            Tensor(numbers.floats(count * width), shape: [count, width])
        }
        let (q, k, v) = (rows(1), rows(20), rows(20))
        var cache = KeyValueCache(of: .source, heads: 1, width: width, precision: .int8)
        cache.append(k, v, rows: 0..<20)
        var out = [Float](repeating: .nan, count: width)
        cache.attend(q, rows: 0..<1, seeing: .all, into: &out)
        let exact = Attention(heads: 1, width: width, precision: .f32)(q, k, v)
        expectClose(out, exact.values, within: 2e-3)
    }

    @Test func `a row of a growing text sees nothing after itself`() {
        let (k, v) = (rows(6, seed: 5), rows(6, seed: 6))
        var whole = KeyValueCache(of: .text, heads: heads, width: width, precision: .f32)
        whole.append(k, v, rows: 0..<6)
        var past = KeyValueCache(of: .text, heads: heads, width: width, precision: .f32)
        past.append(k, v, rows: 0..<5)
        let q = rows(4, seed: 9)
        var out = [Float](repeating: .nan, count: 4 * width)
        whole.attend(q, rows: 0..<4, seeing: .past, into: &out)
        var expected = out
        past.attend(q, rows: 2..<3, seeing: .all, into: &expected)
        // Four rows are the positions 2 to 5: the third sees five positions.
        expectClose(out, expected, within: 1e-6)
    }

    /// Four queries to all positions.
    func attended(_ cache: KeyValueCache) -> [Float] {
        var out = [Float](repeating: .nan, count: 4 * width)
        cache.attend(rows(4, seed: 9), rows: 0..<4, seeing: .all, into: &out)
        return out
    }
}
