import Images
import Signals
import Testing

/// A progressive JPEG may walk over its picture again and again, for a few bytes each time.
@Suite struct ProgressivePassTests {
    @Test func `as many passes as encoders write are read`() throws {
        let image = try decodeImage(grayBlock(refinements: 0))
        #expect(image.pixels == [UInt8](repeating: 128, count: 3 * 8 * 8))
    }

    @Test func `hundreds of passes are refused`() {
        let error = ImageError.damaged(format: .jpeg, reason: "more than 64 passes")
        #expect(throws: error) { try decodeImage(grayBlock(refinements: 3)) }
        #expect(error.what == "the JPEG data is damaged: more than 64 passes")
    }

    @Test func `passes over what no pass began are refused`() throws {
        let whole = grayBlock(refinements: 0)
        let start = try #require(whole.firstRange(of: scan(coefficient: 0, high: 0, low: 0)))
        #expect(throws: ImageError.self) {
            try decodeImage(Array(whole[..<start.lowerBound] + whole[start.upperBound...]))
        }
    }
}

/// One 8 x 8 block, all zeros: a pass for the mean, then one per coefficient and refinement.
///
/// Source: ITU-T T.81, annexes B and G.
private func grayBlock(refinements: Int) -> [UInt8] {
    let quantisation = [0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
    let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
    // One code of one bit, which means "nothing more": for the mean (0x00), for the rest (0x10).
    let codes: [UInt8] = [1] + [UInt8](repeating: 0, count: 15) + [0]
    let tables = [0xFF, 0xC4, 0, 38, 0x00] + codes + [0x10] + codes
    let passes = (1...63).map { scan(coefficient: $0, high: 0, low: refinements) }
    let finer = (0..<refinements).reversed().flatMap { low in
        (1...63).map { scan(coefficient: $0, high: low + 1, low: low) }
    }
    return [0xFF, 0xD8] + quantisation + frame + tables + scan(coefficient: 0, high: 0, low: 0)
        + (passes + finer).flatMap { $0 }
        + [0xFF, 0xD9]
}

private func scan(coefficient: Int, high: Int, low: Int) -> [UInt8] {
    let place = UInt8(coefficient)
    return [0xFF, 0xDA, 0, 8, 1, 1, 0x00, place, place, UInt8(high << 4 | low), 0x7F]
}
