import Foundation
import Inference
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/text-and-pixels/normal-forms.json`, made by `make_text_and_pixels.py`.
@Suite struct NormalizerTests {
    @Test(arguments: ["bert", "lowercase", "nfc", "nfd"])
    func `characters of the basic plane become what the reference makes of it`(name: String) throws
    {
        let normalizers: [String: Normalizer] = [
            "bert": .bert(.uncased), "lowercase": .lowercase, "nfc": .composed,
            "nfd": .decomposed,
        ]
        let normalizer = try #require(normalizers[name])
        let path = Repository.fixtures + "/text-and-pixels/normal-forms.json"
        let sums = try JSONDecoder().decode(
            [String: [Int]].self, from: Data(try MappedFile.bytes(of: path)))
        let expected = try #require(sums[name])
        for (block, sum) in expected.enumerated() {
            #expect(
                checksum(normalizer, block: block) == sum, "from U+\(String(block, radix: 16))000")
        }
    }

    /// As in the script.
    private let reclassified: Set<Int> = [0x1734, 0x1885, 0x1886, 0xA9BD]

    @Test func `letters are taken apart`() {
        #expect(
            Normalizer.decomposed(["\u{E9}", "\u{D55C}"]) == [
                "e", "\u{301}", "\u{1112}", "\u{1161}", "\u{11AB}",
            ])
    }

    private func checksum(_ normalizer: Normalizer, block: Int) -> Int {
        var total = 0
        for code in (block * 0x1000)..<((block + 1) * 0x1000) {
            guard let scalar = Unicode.Scalar(UInt32(code)), !reclassified.contains(code) else {
                continue
            }
            for (position, letter) in normalizer(["a", scalar, "b"]).enumerated() {
                total = (total * 31 + Int(letter.value) + position) & 0xFFFF_FFFF_FFFF
            }
        }
        return total
    }
}
