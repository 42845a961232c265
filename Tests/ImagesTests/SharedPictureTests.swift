import Foundation
import Images
import Signals
import TestKit
import Testing

@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct SharedPictureTests {
    /// Passes are missing from these two JPEG files; Pillow shows what there is.
    private static let incomplete = ["partial_progressive.jpg", "progressive-missing-dc.jpg"]

    /// Truth: `Tests/Fixtures/images/truth-shared.tsv`, what Pillow reads.
    @Test func `other people's pictures look as Pillow reads them`() throws {
        let lines = try PictureTruth.text("truth-shared.tsv").split(separator: "\n")
        #expect(lines.count > 160)
        for line in lines {
            let fields = line.split(separator: "\t").map(String.init)
            try #require(fields.count == 4)
            let decoded = Result { try decodeImage(SharedTestData.bytes(fields[0])) }
            let isWhole = !Self.incomplete.contains { fields[0].hasSuffix($0) }
            guard case .success(let image) = decoded, isWhole else {
                if case .failure = decoded, !isWhole { continue }
                Issue.record("\(fields[0]): \(decoded)")
                continue
            }
            #expect("\(image.width) \(image.height)" == "\(fields[1]) \(fields[2])", "\(fields[0])")
            let truth = fields[3].split(separator: " ").compactMap { Double($0) }
            // Rounded to whole numbers there, and colours of a lossy file may differ by 1 or 2.
            #expect(largestGap(cells(image), truth) <= 1.5, "\(fields[0])")
        }
    }

    /// The first was exposed longer than the other seven.
    @Test func `a scene stored in seven orientations looks the same`() throws {
        let images = try (2...8).map {
            try decodeImage(SharedTestData.bytes("images/exif-orientation/Landscape_\($0).jpg"))
        }
        for image in images {
            #expect(image.width == images[0].width && image.height == images[0].height)
            // Turned before they were compressed, so the compression differs a little.
            #expect(largestGap(cells(image), cells(images[0])) < 3)
        }
    }
}

extension SharedTestData {
    static func bytes(inFile path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
