import Inference
import Kernels
import TestKit
import Testing

@Suite struct AttentionTraceTests {
    @Test func `medians of seven are the reference's`() throws {
        // Made by `make_whisper_alignment.py` from `median_filter` of openai/whisper.
        let fixture = try Fixture.named("whisper-alignment")
        for index in 0..<9 {
            for kind in ["smooth", "tied"] {
                let x = try fixture.tensor("matrix.\(kind).\(index)")
                var sum = [Float](repeating: 0, count: x.values.count)
                unsafe cc_add_medians(x.values, x.rows, x.width, x.width, &sum)
                let expected = try fixture.tensor("medians.\(kind).\(index)")
                #expect(sum == expected.values)
            }
        }
    }

    @Test func `the median of seven zeros and ones is the majority, for all of them`() {
        for bits in 0..<128 {
            // Seven of thirteen, so that the middle one is not mirrored.
            let x = (0..<13).map { Float(bits >> max(0, min(6, $0 - 3)) & 1) }
            var sum = [Float](repeating: 0, count: 13)
            unsafe cc_add_medians(x, 1, 13, 13, &sum)
            #expect(sum[6] == (bits.nonzeroBitCount > 3 ? 1 : 0))
        }
    }

    @Test func `columns get mean 0 and variance 1, equal and endless ones 0`() {
        var x: [Float] = [
            1, 5, .infinity, 100, 3, 5, 0, 100, 8, 5, 0, 100, 4, 5, 0, 100,
        ]
        unsafe cc_standardize_columns(&x, 4, 3, 4)
        let column = stride(from: 0, to: 16, by: 4).map { x[$0] }
        #expect(abs(column.reduce(0, +)) < 1e-6)
        #expect(abs(column.map { $0 * $0 }.reduce(0, +) / 4 - 1) < 1e-6)
        for row in 0..<4 {
            #expect(x[4 * row + 1] == 0)
            #expect(x[4 * row + 2] == 0)
            #expect(x[4 * row + 3] == 100)  // beyond the columns
        }
    }
}
