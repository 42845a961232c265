import Foundation
import Inference
import Signals
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/text-and-pixels/resampled.json`, made by `make_text_and_pixels.py`.
@Suite struct ResamplingTests {
    struct Row: Decodable {
        let filter: Int
        let source: [Int]
        let target: [Int]
        let pixels: Data
    }

    @Test(arguments: Resampling.allCases)
    func `every byte equals Pillow's`(filter: Resampling) throws {
        let path = Repository.fixtures + "/text-and-pixels/resampled.json"
        let rows = try JSONDecoder().decode(
            [Row].self, from: Data(try MappedFile.bytes(of: path)))
        let own = rows.filter { $0.filter == filter.rawValue }
        #expect(own.count == 9)
        for row in own {
            let source = noise(width: row.source[0], height: row.source[1])
            let result = filter.resized(source, width: row.target[0], height: row.target[1])
            #expect(result.width == row.target[0])
            #expect(result.height == row.target[1])
            #expect(result.pixels == [UInt8](row.pixels), "\(row.source) to \(row.target)")
        }
    }

    @Test(arguments: Resampling.allCases)
    func `one colour stays that colour`(filter: Resampling) {
        let gray = Image(width: 3, height: 5, pixels: Array(repeating: 201, count: 45))
        let result = filter.resized(gray, width: 7, height: 2)
        #expect(result.pixels == Array(repeating: 201, count: 42))
    }
}
