import Inference
import Kernels
import TestKit
import Testing

/// Numbers in blocks of 32.
///
/// Fixture: `Tests/Fixtures/whisper-tiny-ggml/expected.safetensors`, made by `make_whisper_ggml.py`
/// with the package `gguf`.
@Suite struct BlockTests {
    static let types: [(name: String, kernel: cc_block_type, type: ElementType)] = [
        ("Q4_0", CC_Q4_0, .q4x0), ("Q4_1", CC_Q4_1, .q4x1), ("Q5_0", CC_Q5_0, .q5x0),
        ("Q5_1", CC_Q5_1, .q5x1), ("Q8_0", CC_Q8_0, .q8x0),
    ]

    func numbers(_ bytes: [UInt8], _ type: cc_block_type) -> [Float] {
        let count = bytes.count / cc_block_bytes(type)
        var out = [Float](repeating: .nan, count: 32 * count)
        unsafe cc_blocks_to_float(bytes, type, count, &out)
        return out
    }

    @Test(arguments: 0..<5) func `blocks are read as ggml's own package reads them`(
        index: Int
    ) throws {
        let (name, kernel, _) = BlockTests.types[index]
        let fixture = try Fixture.named("whisper-tiny-ggml")
        let bytes = try fixture.tensor("\(name).blocks").values.map { UInt8($0) }
        let expected = try fixture.tensor("\(name).numbers")
        #expect(numbers(bytes, kernel) == expected.values)
    }

    @Test(arguments: 0..<5) func `the tests write blocks as ggml's own package does`(
        index: Int
    ) throws {
        let (name, _, type) = BlockTests.types[index]
        let fixture = try Fixture.named("whisper-tiny-ggml")
        let x = try fixture.tensor("numbers").values
        let bytes = stride(from: 0, to: x.count, by: 32).flatMap {
            GgmlSample.block(Array(x[$0..<($0 + 32)]), type)
        }
        #expect(bytes == (try fixture.tensor("\(name).blocks")).values.map { UInt8($0) })
    }

    @Test func `a block's bytes mean what its layout says`() {
        // 0x3800 is 0.5 and 0xC000 is -2 in half precision; the first nibbles are 1 and 15.
        let nibbles: [UInt8] = [0xF1] + [UInt8](repeating: 0x88, count: 15)
        let fourths = numbers([0x00, 0x38] + nibbles, CC_Q4_0)
        #expect(fourths[0] == -3.5 && fourths[16] == 3.5 && fourths[1] == 0)
        let shifted = numbers([0x00, 0x38, 0x00, 0xC0] + nibbles, CC_Q4_1)
        #expect(shifted[0] == -1.5 && shifted[16] == 5.5 && shifted[1] == 2)
        // The fifth bits of the numbers 0 and 17.
        let high: [UInt8] = [0x01, 0x00, 0x02, 0x00]
        let fifths = numbers([0x00, 0x38] + high + nibbles, CC_Q5_0)
        #expect(fifths[0] == 0.5 && fifths[16] == -0.5 && fifths[1] == -4 && fifths[17] == 4)
        let bytes = numbers([0x00, 0x38, 0x81, 0x7F] + [UInt8](repeating: 2, count: 30), CC_Q8_0)
        #expect(bytes[0] == -63.5 && bytes[1] == 63.5 && bytes[2] == 1)
    }

    @Test func `no block makes no number`() {
        #expect(numbers([], CC_Q5_1).isEmpty)
    }
}
