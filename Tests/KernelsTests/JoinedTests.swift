import Kernels
import TestKit
import Testing

/// What is done in one pass is to the last bit what its steps make.
@Suite struct JoinedTests {
    /// Sizes that fill no vector, no tile and no turn, and some that do.
    @Test(arguments: [(1, 4, 8), (25, 30, 70), (100, 64, 256), (49, 66, 33)])
    func `a joined perceptron is to the last bit its norm and two products`(
        rows: Int, width: Int, inner: Int
    ) {
        var numbers = SeededNumbers(seed: 21)
        let x = numbers.floats(rows * width)
        let (scale, shift) = (numbers.floats(width), numbers.floats(width))
        let widen = packed(&numbers, outputs: inner, inputs: width)
        let narrow = packed(&numbers, outputs: width, inputs: inner)
        let (bias, lastBias) = (numbers.floats(inner), numbers.floats(width))

        var normed = x, hidden = [Float](repeating: .nan, count: rows * inner)
        var expected = x, found = x
        var space = [UInt8](
            repeating: 0, count: cc_linear_int8_scratch(rows, max(width, inner)))
        unsafe cc_layer_norm(x, rows, width, scale, shift, 1e-5, &normed)
        unsafe cc_linear_int8(
            normed, rows, width, widen, inner, bias, CC_GELU_EXACT, nil, &hidden, &space)
        unsafe cc_linear_int8(
            hidden, rows, inner, narrow, width, lastBias, CC_IDENTITY, x, &expected, &space)

        var joint = [Float](repeating: 0, count: cc_perceptron_scratch(width, inner) / 4 + 1)
        unsafe cc_perceptron_int8(
            x, rows, width, inner, scale, shift, 1e-5, widen, bias, CC_GELU_EXACT, narrow,
            lastBias, &found, &joint)
        #expect(found == expected)
    }

    @Test(arguments: [(1, 4), (25, 30), (100, 64)])
    func `rows that are normed on their way to 8 bits are those of the norm`(
        rows: Int, width: Int
    ) {
        var numbers = SeededNumbers(seed: 22)
        let x = numbers.floats(rows * width)
        let (scale, shift) = (numbers.floats(width), numbers.floats(width))
        let padded = rows * ((width + 3) / 4 * 4)
        var normed = x
        var (expected, found) = (
            [UInt8](repeating: 1, count: padded), [UInt8](repeating: 2, count: padded)
        )
        let none = [cc_row_step](repeating: cc_row_step(scale: .nan, zero: -1), count: rows)
        var (expectedSteps, steps) = (none, none)
        unsafe cc_layer_norm(x, rows, width, scale, shift, 1e-5, &normed)
        unsafe cc_quantize_rows(normed, rows, width, &expected, &expectedSteps)
        var space = [Float](repeating: 0, count: cc_norm_quantize_scratch(width) / 4)
        unsafe cc_norm_quantize_rows(
            x, rows, width, scale, shift, 1e-5, &found, &steps, &space)
        #expect(found == expected)
        #expect(steps.map(\.scale) == expectedSteps.map(\.scale))
        #expect(steps.map(\.zero) == expectedSteps.map(\.zero))
    }

    private func packed(_ numbers: inout SeededNumbers, outputs: Int, inputs: Int) -> [UInt8] {
        let weights = numbers.floats(outputs * inputs)
        var bytes = [UInt8](repeating: 0, count: cc_int8_bytes(outputs, inputs))
        unsafe cc_pack_int8(weights, CC_F32, 0, outputs, outputs, inputs, &bytes)
        return bytes
    }
}
