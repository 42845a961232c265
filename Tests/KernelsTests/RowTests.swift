import Glibc
import Kernels
import TestKit
import Testing

@Suite struct RowTests {
    @Test func `the largest element is found, the first of equals, never NaN`() {
        let numbers: [Float] = [.nan, 1, 5, .nan, 5, -3]
        #expect(unsafe cc_argmax(numbers, numbers.count) == 2)
        #expect(unsafe cc_argmax([Float](), 0) == 0)
    }

    @Test func `log sum exp of equal numbers is their value and the logarithm of their count`() {
        let x = [Float](repeating: 1_000, count: 37)
        #expect(abs(unsafe cc_log_sum_exp(x, 37) - (1_000 + logf(37))) < 1e-3)
        #expect(unsafe cc_log_sum_exp(x, 0) == -.infinity)
    }

    @Test func `quantised rows fill their bytes and keep zero exact`() {
        let x: [Float] = [0.5, -1, 1.55, 0, 0, 0]
        var bytes = [UInt8](repeating: 7, count: 8)
        var steps = [cc_row_step(scale: 0, zero: 0)]
        unsafe cc_quantize_rows(x, 1, 6, &bytes, &steps)
        #expect(abs(steps[0].scale - 0.01) < 1e-8)
        #expect(steps[0].zero == 100)
        #expect(bytes == [150, 0, 255, 100, 100, 100, 100, 100])
    }

    @Test(arguments: [
        [Float.nan, 1], [Float.infinity, 1], [-Float.infinity, Float.infinity], [0, 0],
        [Float.leastNonzeroMagnitude, 0],
    ])
    func `quantising NaN, infinities or next to nothing is defined`(x: [Float]) {
        var bytes = [UInt8](repeating: 7, count: 4)
        var steps = [cc_row_step(scale: .nan, zero: -1)]
        unsafe cc_quantize_rows(x, 1, 2, &bytes, &steps)
        #expect((0...255).contains(steps[0].zero))
        #expect(steps[0].scale.isFinite)
    }

    @Test func `patches go row by row and channel by channel`() {
        // Two channels of 2 x 4 pixels, squares of side 2.
        let picture: [Float] = [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17]
        var out = [Float](repeating: .nan, count: 16)
        unsafe cc_patches(picture, 2, 2, 4, 2, &out)
        #expect(out == [0, 1, 4, 5, 10, 11, 14, 15, 2, 3, 6, 7, 12, 13, 16, 17])
    }

    @Test func `the number of threads does not change a result`() {
        var numbers = SeededNumbers(seed: 7)
        let (rows, width) = (64, 96)
        let x = numbers.floats(rows * width)
        let weights = numbers.floats(width * width)
        let before = cc_threads()
        defer { cc_set_threads(before) }
        let results = [1, 2, 3, 7].map { threads -> [Float] in
            cc_set_threads(threads)
            var packed = [UInt8](repeating: 0, count: cc_int8_bytes(width, width))
            unsafe cc_pack_int8(weights, CC_F32, 0, width, width, width, &packed)
            var out = [Float](repeating: .nan, count: rows * width)
            var space = [UInt8](repeating: 0, count: cc_linear_int8_scratch(rows, width))
            unsafe cc_linear_int8(
                x, rows, width, packed, width, nil, CC_GELU_EXACT, nil, &out, &space)
            return out
        }
        for result in results { #expect(result == results[0]) }
    }

    // Rows of one piece and less, of a piece and a bit, and wider than a piece; outputs around four.
    @Test(arguments: [(1, 5), (19, 33), (70, 1_030), (7, 40_001), (33, 2_048)])
    func `weights are packed from a file as from memory`(outputs: Int, inputs: Int) throws {
        var numbers = SeededNumbers(seed: 8)
        let weights = numbers.floats(outputs * inputs)
        let folder = try TemporaryFolder()
        for lead in [0, 3] {  // a tensor may begin at any byte
            let bytes = unsafe weights.withUnsafeBytes { unsafe [UInt8]($0) }
            let path = try folder.write("w\(lead)", [UInt8](repeating: 9, count: lead) + bytes)
            let file = unsafe open(path, O_RDONLY)
            defer { close(file) }
            var whole = [UInt8](repeating: 0, count: cc_int8_bytes(outputs, inputs))
            var read = whole
            unsafe #expect(
                cc_pack_int8(weights, CC_F32, 0, outputs, outputs, inputs, &whole))
            unsafe #expect(
                cc_pack_int8_file(file, UInt64(lead), CC_F32, outputs, inputs, &read) == 0)
            let x = numbers.floats(inputs)
            #expect(product(x, read, outputs) == product(x, whole, outputs))
            unsafe #expect(
                cc_pack_int8_file(file, UInt64(lead + 1), CC_F32, outputs, inputs, &read)
                    == CC_CUT_SHORT)
        }
        var packed = [UInt8](repeating: 0, count: cc_int8_bytes(1, 1))
        unsafe #expect(cc_pack_int8_file(-1, 0, CC_F32, 1, 1, &packed) == EBADF)
    }

    private func product(_ x: [Float], _ packed: [UInt8], _ outputs: Int) -> [Float] {
        var out = [Float](repeating: .nan, count: outputs)
        var space = [UInt8](repeating: 0, count: cc_linear_int8_scratch(1, x.count))
        unsafe cc_linear_int8(
            x, 1, x.count, packed, outputs, nil, CC_IDENTITY, nil, &out, &space)
        return out
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `weights that are not numbers are not packed`(odd: Float) {
        for (at, inputs) in [(0, 16), (15, 16), (1_100, 1_200)] {
            var weights = [Float](repeating: 1, count: 3 * inputs)
            weights[inputs + at] = odd
            var packed = [UInt8](repeating: 0, count: cc_int8_bytes(3, inputs))
            unsafe #expect(!cc_pack_int8(weights, CC_F32, 0, 3, 3, inputs, &packed))
        }
    }

    @Test func `weights too small to be scaled count as zero`() {
        let weights = [Float](repeating: .leastNonzeroMagnitude, count: 8)
        var packed = [UInt8](repeating: 0, count: cc_int8_bytes(1, 8))
        unsafe #expect(cc_pack_int8(weights, CC_F32, 0, 1, 1, 8, &packed))
        #expect(product([Float](repeating: 1, count: 8), packed, 1) == [0])
    }

    @Test func `an absurd number of threads is cut to what the pool has`() {
        let before = cc_threads()
        defer { cc_set_threads(before) }
        cc_set_threads(0)
        #expect(cc_threads() == 1)
        cc_set_threads(100_000)
        #expect(cc_threads() == 64)
    }

    @Test func `jobs from several threads at once do not disturb each other`() async {
        let x = [Float](repeating: 2, count: 200_000)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<20).allSatisfy { _ in
                        var out = [Float](repeating: 0, count: x.count)
                        unsafe cc_add(x, x, x.count, &out)
                        return out.allSatisfy { $0 == 4 }
                    }
                }
            }
            for await right in group { #expect(right) }
        }
    }

    @Test func `a convolution multiplies three frames of each channel, zeros at the ends`() {
        let frames: [Float] = [1, 10, 2, 20, 3, 30]  // [3, 2]
        var out = [Float](repeating: .nan, count: 12)
        unsafe cc_three_frames(frames, 3, 2, 2, &out)
        #expect(out == [0, 1, 2, 0, 10, 20, 2, 3, 0, 20, 30, 0])
    }

    @Test func `attention in 16 bits keeps small numbers beside an outlier of another row`() {
        // Key 0 is a thousand times the others in one column, and seen by no query.
        let (keys, width) = (40, 32)
        var numbers = SeededNumbers(seed: 9)
        var k = numbers.floats(keys * width)
        let (q, v) = (numbers.floats(width), numbers.floats(keys * width))
        k[0] = q[0] < 0 ? 1_000 : -1_000
        let facts = cc_attention_shape(
            rows: 1, keys: keys, heads: 1, head_width: width, q_stride: width, k_stride: width,
            v_stride: width, q_first: 0, k_first: 0, v_first: 0, scale: 1)
        let results = [false, true].map { rough in
            var out = [Float](repeating: .nan, count: width)
            var space = [UInt8](repeating: 0, count: cc_attention_scratch(keys, 1, width))
            unsafe cc_attention(facts, q, k, v, rough, &out, &space, space.count)
            return out
        }
        // 8 significant bits in every factor at the coarsest level.
        expectClose(results[1], results[0], within: 0.02)
    }
}
