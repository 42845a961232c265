import Kernels
import TestKit
import Testing

@Suite struct PerceptronTests {
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

    private func packed(_ numbers: inout SeededNumbers, outputs: Int, inputs: Int) -> [UInt8] {
        let weights = numbers.floats(outputs * inputs)
        var bytes = [UInt8](repeating: 0, count: cc_int8_bytes(outputs, inputs))
        unsafe cc_pack_int8(weights, CC_F32, 0, outputs, outputs, inputs, &bytes)
        return bytes
    }
}
