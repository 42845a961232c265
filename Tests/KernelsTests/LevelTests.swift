import Glibc
import Kernels
import TestKit
import Testing

/// Every instruction set of this machine beside plain C.
@Suite struct LevelTests {
    static let vectorLevels = [
        CC_LEVEL_AVX2, CC_LEVEL_AVXVNNI, CC_LEVEL_AVX512, CC_LEVEL_NEON,
    ].filter(cc_level_usable)

    /// What `work` returns at plain C, then at each other level.
    func atEachLevel<Result>(_ work: () -> Result) -> (plain: Result, others: [Result]) {
        let best = cc_current_level()
        defer { _ = cc_set_level(best) }
        _ = cc_set_level(CC_LEVEL_SCALAR)
        let plain = work()
        return (
            plain,
            LevelTests.vectorLevels.map { level in
                _ = cc_set_level(level)
                return work()
            }
        )
    }

    @Test func `a level that the machine lacks is refused`() {
        let missing = [CC_LEVEL_NEON, CC_LEVEL_AVX2].filter { !cc_level_usable($0) }
        for level in missing { #expect(!cc_set_level(level)) }
        #expect(!missing.isEmpty)
    }

    // Odd sizes on purpose: rows around a tile of 12, widths around a panel and a vector.
    static let shapes: [(rows: Int, inputs: Int, outputs: Int)] = [
        (1, 1, 1), (1, 64, 130), (2, 33, 70), (4, 5, 16), (5, 48, 31), (12, 16, 32), (13, 100, 65),
        (30, 96, 17), (120, 40, 96),
    ]

    @Test(arguments: shapes)
    func `linear layers in float agree`(shape: (rows: Int, inputs: Int, outputs: Int)) {
        var numbers = SeededNumbers(seed: 1)
        let x = numbers.floats(shape.rows * shape.inputs)
        let weights = numbers.floats(shape.inputs * shape.outputs)
        let bias = numbers.floats(shape.outputs)
        let residual = numbers.floats(shape.rows * shape.outputs)
        let (plain, others) = atEachLevel { () -> [Float] in
            var out = [Float](repeating: .nan, count: shape.rows * shape.outputs)
            var space = [UInt8](repeating: 0, count: cc_linear_scratch(shape.inputs))
            unsafe cc_linear(
                x, shape.rows, shape.inputs, weights, CC_F32, shape.outputs, bias, CC_GELU_EXACT,
                residual, &out, &space, space.count)
            return out
        }
        for other in others { expectClose(other, plain, within: 2e-5) }
        expectClose(plain, product(x, weights, bias, residual, shape), within: 2e-5)
    }

    /// What `linear layers in float agree` computes, in doubles.
    func product(
        _ x: [Float], _ weights: [Float], _ bias: [Float], _ residual: [Float],
        _ shape: (rows: Int, inputs: Int, outputs: Int)
    ) -> [Float] {
        (0..<(shape.rows * shape.outputs)).map { at in
            let (row, output) = (at / shape.outputs, at % shape.outputs)
            let sum = (0..<shape.inputs).reduce(Double(bias[output])) { sum, i in
                sum + Double(x[row * shape.inputs + i])
                    * Double(weights[output * shape.inputs + i])
            }
            return Float(0.5 * sum * (1 + erf(sum / 2.0.squareRoot()))) + residual[at]
        }
    }

    @Test(arguments: shapes)
    func `linear layers in 8 bits agree`(shape: (rows: Int, inputs: Int, outputs: Int)) {
        var numbers = SeededNumbers(seed: 2)
        let x = numbers.floats(shape.rows * shape.inputs, in: -3...5)
        let weights = numbers.floats(shape.inputs * shape.outputs)
        let common = packedForAll(weights, shape.inputs, shape.outputs)
        let (plain, others) = atEachLevel { product(x, common, shape) }
        // Integers add up alike everywhere; only the last multiplication may round differently.
        for other in others { expectClose(other, plain, within: 1e-5) }
        let (plainPacked, othersPacked) = atEachLevel {
            product(x, packed(weights, shape.inputs, shape.outputs), shape)
        }
        let exact = (0..<(shape.rows * shape.outputs)).map { at -> Float in
            let (row, output) = (at / shape.outputs, at % shape.outputs)
            return (0..<shape.inputs).reduce(0) { sum, i in
                sum + x[row * shape.inputs + i] * weights[output * shape.inputs + i]
            }
        }
        // Half a step of the row (8 / 255) and of the weight (1 / 31 at the coarsest level), with
        // the other factor at its largest, added up as random errors would be, three times over.
        let bound = 3 * Float(shape.inputs).squareRoot() * (4.0 / 255 + 5 * 0.5 / 31)
        for result in [plainPacked] + othersPacked { expectClose(result, exact, within: bound) }
    }

    // What a level does with a whole tile at once, and what it leaves to a second pass.
    @Test(arguments: [
        (CC_IDENTITY, false), (CC_IDENTITY, true), (CC_GELU_EXACT, false), (CC_GELU_EXACT, true),
        (CC_GELU_QUICK, true),
    ])
    func `what follows 8-bit products agrees`(activation: cc_activation, adds: Bool) {
        var numbers = SeededNumbers(seed: 13)
        // 96 rows and more are shared by rows; 17 rows leave every kind of smaller tile.
        for (rows, outputs) in [(3, 100), (17, 64), (209, 96)] {
            let inputs = 36
            let x = numbers.floats(rows * inputs, in: -2...3)
            let common = packedForAll(numbers.floats(inputs * outputs), inputs, outputs)
            let bias = numbers.floats(outputs, in: -2...2)
            let residual = numbers.floats(rows * outputs)
            let (plain, others) = atEachLevel { () -> [Float] in
                var out = [Float](repeating: .nan, count: rows * outputs)
                var space = [UInt8](repeating: 0, count: cc_linear_int8_scratch(rows, inputs))
                unsafe cc_linear_int8(
                    x, rows, inputs, common, outputs, bias, activation, adds ? residual : nil,
                    &out, &space)
                return out
            }
            // The near GELU stands in for the exact one.
            for other in others { expectClose(other, plain, within: 3e-5) }
        }
    }

    /// Packed at the level in use.
    func packed(_ weights: [Float], _ inputs: Int, _ outputs: Int) -> [UInt8] {
        var packed = [UInt8](repeating: 0xAA, count: cc_int8_bytes(outputs, inputs))
        unsafe cc_pack_int8(weights, CC_F32, 0, outputs, outputs, inputs, &packed)
        return packed
    }

    /// Packed so that every level of this machine may read it: AVX2 asks for the smallest weights.
    func packedForAll(_ weights: [Float], _ inputs: Int, _ outputs: Int) -> [UInt8] {
        let best = cc_current_level()
        defer { _ = cc_set_level(best) }
        _ = cc_set_level(CC_LEVEL_AVX2)
        return packed(weights, inputs, outputs)
    }

    func product(
        _ x: [Float], _ packed: [UInt8], _ shape: (rows: Int, inputs: Int, outputs: Int)
    ) -> [Float] {
        var out = [Float](repeating: .nan, count: shape.rows * shape.outputs)
        var space = [UInt8](repeating: 0, count: cc_linear_int8_scratch(shape.rows, shape.inputs))
        unsafe cc_linear_int8(
            x, shape.rows, shape.inputs, packed, shape.outputs, nil, CC_IDENTITY, nil, &out, &space)
        return out
    }

    @Test(arguments: shapes)
    func `linear layers in 4 bits agree`(shape: (rows: Int, inputs: Int, outputs: Int)) {
        var numbers = SeededNumbers(seed: 12)
        let x = numbers.floats(shape.rows * shape.inputs, in: -3...5)
        let weights = numbers.floats(shape.inputs * shape.outputs)
        let (plain, others) = atEachLevel { product4(x, weights, shape) }
        // Integers add up alike everywhere; sums of groups may round differently.
        for other in others { expectClose(other, plain, within: 2e-4) }
        let exact = (0..<(shape.rows * shape.outputs)).map { at -> Float in
            let (row, output) = (at / shape.outputs, at % shape.outputs)
            return (0..<shape.inputs).reduce(0) { sum, i in
                sum + x[row * shape.inputs + i] * weights[output * shape.inputs + i]
            }
        }
        // Half a step of x (5 / 127) and of the weight (1 / 7 at most), with the other factor at its
        // largest, added up as random errors would be, three times over.
        let bound = 3 * Float(shape.inputs).squareRoot() * (2.5 / 127 + 5 * 0.5 / 7)
        expectClose(plain, exact, within: bound)
    }

    /// Packed in 4 bits at the level in use.
    func product4(
        _ x: [Float], _ weights: [Float], _ shape: (rows: Int, inputs: Int, outputs: Int)
    ) -> [Float] {
        let (inputs, outputs) = (shape.inputs, shape.outputs)
        var packed = [UInt8](repeating: 0xAA, count: cc_int4_bytes(outputs, inputs))
        unsafe cc_pack_int4(weights, CC_F32, 0, outputs, outputs, inputs, &packed)
        var out = [Float](repeating: .nan, count: shape.rows * outputs)
        var space = [UInt8](repeating: 0, count: cc_linear_int4_scratch(shape.rows, inputs))
        unsafe cc_linear_int4(
            x, shape.rows, inputs, packed, outputs, nil, CC_IDENTITY, nil, &out, &space)
        return out
    }

    @Test func `weights that 4 bits can hold are kept exactly`() {
        let inputs = 64
        let weights = (0..<(inputs * 16)).map { Float($0 % 16 - 8) / 4 }
        let x = (0..<inputs).map { Float($0 % 3 - 1) }
        let (plain, others) = atEachLevel {
            product4(x, weights, (rows: 1, inputs: inputs, outputs: 16))
        }
        let expected = (0..<16).map { output in
            (0..<inputs).reduce(Float(0)) { $0 + x[$1] * weights[output * inputs + $1] }
        }
        for result in [plain] + others { expectClose(result, expected, within: 1e-4) }
    }

    @Test func `extreme bytes do not saturate`() {
        let inputs = 512
        let x = [Float](repeating: -1, count: inputs) + [Float](repeating: 1, count: inputs)
        let weights = [Float](repeating: 1, count: inputs * 64)
        let (plain, others) = atEachLevel {
            product(x, packed(weights, inputs, 64), (rows: 2, inputs: inputs, outputs: 64))
        }
        let expected = [Float](repeating: -512, count: 64) + [Float](repeating: 512, count: 64)
        // A step of the coarsest level's weights is 1 / 31; saturation would halve the sum.
        for result in [plain] + others { expectClose(result, expected, within: 512 / 31) }
    }

    @Test(arguments: [CC_GELU_EXACT, CC_GELU_TANH, CC_GELU_QUICK])
    func `activations agree from minus to plus twelve`(activation: cc_activation) {
        let x = (0...2_400).map { Float($0 - 1_200) / 100 }
        let (plain, others) = atEachLevel { () -> [Float] in
            var out = [Float](repeating: .nan, count: x.count)
            unsafe cc_activate(x, x.count, activation, &out)
            return out
        }
        // The largest gap measured was 6e-7 (exact GELU near 1).
        for other in others { expectClose(other, plain, within: 2e-6) }
    }

    @Test func `the near GELU is the exact one within 2e-5, and nothing far below zero`() {
        let x = (0...2_400).map { Float($0 - 1_200) / 100 } + [-1e30, 1e30]
        let (plain, others) = atEachLevel { () -> [Float] in
            var out = [Float](repeating: .nan, count: x.count)
            unsafe cc_activate(x, x.count, CC_GELU_NEAR, &out)
            return out
        }
        for other in others {
            expectClose(other, plain, within: 2e-5)
            #expect(abs(other[0]) < 1e-6 && abs(other[x.count - 2]) < 1e-6)
        }
    }

    @Test(arguments: [1, 7, 16, 31, 48, 768])
    func `layer norms agree`(width: Int) {
        var numbers = SeededNumbers(seed: 3)
        let x = numbers.floats(5 * width, in: 9...11)
        let (scale, shift) = (numbers.floats(width), numbers.floats(width))
        let (plain, others) = atEachLevel { () -> [Float] in
            var out = [Float](repeating: .nan, count: x.count)
            unsafe cc_layer_norm(x, 5, width, scale, shift, 1e-5, &out)
            return out
        }
        for other in others { expectClose(other, plain, within: 2e-5) }
    }

    @Test(
        arguments: [
            (1, 1, 1, 8), (3, 5, 2, 12), (13, 33, 3, 16), (40, 70, 2, 64), (25, 300, 3, 24),
        ], [true, false])
    func `attention agrees`(shape: (rows: Int, keys: Int, heads: Int, width: Int), rough: Bool) {
        var numbers = SeededNumbers(seed: 4)
        let width = shape.heads * shape.width
        let q = numbers.floats(shape.rows * width, in: -2...2)
        let k = numbers.floats(shape.keys * width, in: -2...2)
        let v = numbers.floats(shape.keys * width)
        let facts = cc_attention_shape(
            rows: shape.rows, keys: shape.keys, heads: shape.heads, head_width: shape.width,
            q_stride: width, k_stride: width, v_stride: width, q_first: 0, k_first: 0, v_first: 0,
            scale: 0.25)
        let (plain, others) = atEachLevel { () -> [Float] in
            var out = [Float](repeating: .nan, count: q.count)
            var space = [UInt8](
                repeating: 0xFF,
                count: cc_attention_scratch(shape.keys, shape.heads, shape.width))
            unsafe cc_attention(facts, q, k, v, rough, &out, &space, space.count)
            return out
        }
        // Integers: 2^-12 of scores up to 16, 2^-12 of weights and 2^-10 of values up to 1.
        for other in others { expectClose(other, plain, within: rough ? 0.006 : 1e-5) }
    }

    @Test(arguments: [CC_KEPT_F32, CC_KEPT_F16, CC_KEPT_INT8], [7, 20, 64, 130])
    func `attention to kept keys agrees with attention to all`(kept: cc_kept, headWidth: Int) {
        var numbers = SeededNumbers(seed: 5)
        let (heads, keys) = (3, 37)
        let width = heads * headWidth
        let q = numbers.floats(width, in: -2...2)
        let (k, v) = (numbers.floats(keys * width), numbers.floats(keys * width))
        let cache = cc_cache_shape(kept: kept, heads: heads, head_width: headWidth, capacity: 48)
        let (plain, others) = atEachLevel { () -> [Float] in
            var keptKeys = [UInt8](repeating: 0, count: cc_cache_bytes(cache))
            var keptValues = keptKeys
            unsafe cc_cache_store(cache, &keptKeys, &keptValues, 0, k, v, 0, 30)
            unsafe cc_cache_store(cache, &keptKeys, &keptValues, 30, k, v, 30, 7)
            var out = [Float](repeating: .nan, count: width)
            var space = [UInt8](repeating: 0, count: cc_cached_attention_scratch(heads, keys + 1))
            unsafe cc_cached_attention(
                cache, keptKeys, keptValues, q, 0, 1, keys, false, 0.3, &out, &space)
            return out
        }
        // In 8 bits weights are fractions of 2^15: one that lies between two may become either.
        let gap: Float = kept == CC_KEPT_INT8 ? 1e-4 : 1e-5
        for other in others { expectClose(other, plain, within: gap) }
        let facts = cc_attention_shape(
            rows: 1, keys: keys, heads: heads, head_width: headWidth, q_stride: width,
            k_stride: width, v_stride: width, q_first: 0, k_first: 0, v_first: 0, scale: 0.3)
        var all = [Float](repeating: .nan, count: width)
        var space = [UInt8](repeating: 0, count: cc_attention_scratch(keys, heads, headWidth))
        unsafe cc_attention(facts, q, k, v, false, &all, &space, space.count)
        // In 8 bits a number is at most 1/254 of the largest off.
        let limits: [UInt32: Float] = [
            CC_KEPT_F32.rawValue: 1e-5, CC_KEPT_F16.rawValue: 2e-3, CC_KEPT_INT8.rawValue: 0.02,
        ]
        expectClose(plain, all, within: limits[kept.rawValue] ?? 0)
    }

    @Test(arguments: [CC_F16, CC_BF16])
    func `16-bit weights give what their floats give`(type: cc_type) {
        var numbers = SeededNumbers(seed: 6)
        let stored = (0..<(70 * 33)).map { _ in
            UInt16(truncatingIfNeeded: numbers.next()) & 0xBFFF  // no infinities, no NaN
        }
        let bits = stored.map { type == CC_F16 ? $0 & 0xBBFF : $0 & 0xBFFF }
        let (plain, others) = atEachLevel { () -> [Float] in
            var floats = [Float](repeating: .nan, count: bits.count)
            unsafe cc_to_float(bits, type, bits.count, &floats)
            return floats
        }
        for other in others { #expect(other == plain) }
        for (i, b) in bits.enumerated() {
            let expected =
                type == CC_F16
                ? Float(Float16(bitPattern: b)) : Float(bitPattern: UInt32(b) << 16)
            #expect(plain[i] == expected)
        }
    }
}
