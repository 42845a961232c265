import Foundation
import Images
import Signals
import TestKit
import Testing

/// One line of `Tests/Fixtures/images/truth.tsv`.
struct PictureTruth: CustomTestStringConvertible, Sendable {
    let file: String
    let width: Int
    let height: Int
    let tolerance: Int
    let hasTransparency: Bool
    let pixels: [UInt8]

    var testDescription: String { file }

    static let all: [PictureTruth] = {
        guard let text = try? String(contentsOfFile: folder + "/truth.tsv", encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n").compactMap(PictureTruth.init)
    }()

    private static let folder = Repository.fixtures + "/images"

    static func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))
    }

    static func text(_ file: String) throws -> String {
        try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
    }

    private init?(_ line: Substring) {
        let fields = line.split(separator: "\t").map(String.init)
        guard fields.count == 6, let width = Int(fields[1]), let height = Int(fields[2]),
            let tolerance = Int(fields[3])
        else { return nil }
        file = fields[0]
        self.width = width
        self.height = height
        self.tolerance = tolerance
        hasTransparency = fields[4] == "1"
        let digits = Array(fields[5].utf8)
        pixels = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
        }
    }
}

/// The mean colour of each cell of a 3 x 3 grid, as `cells` in `make_image_fixtures.py`.
func cells(_ image: Image) -> [Double] {
    (0..<9).flatMap { cell in
        let rows = third(cell / 3, of: image.height)
        let columns = third(cell % 3, of: image.width)
        return (0..<3).map { channel in
            var sum = 0
            for y in rows {
                for x in columns { sum += Int(image.pixels[3 * (y * image.width + x) + channel]) }
            }
            return Double(sum) / Double(rows.count * columns.count)
        }
    }
}

private func third(_ i: Int, of side: Int) -> Range<Int> {
    let start = i * side / 3
    return start..<max(start + 1, (i + 1) * side / 3)
}

/// - Returns: the largest difference of two lists of numbers; infinite when they differ in length.
func largestGap(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
}
