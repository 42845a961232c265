import Audio
import Foundation
import TestKit
import Testing

/// Durations beside those of ffprobe; `Tests/Fixtures/sound/README.md` tells how they were made.
@Suite struct SoundDurationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let path: String
        /// By the container.
        let told: Double
        /// Of the sound that comes out.
        let heard: Double

        var testDescription: String { path }
    }

    static let rows: [Row] = {
        let path = Repository.fixtures + "/sound/durations.tsv"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t")
            guard fields.count == 3, let told = Double(fields[1]), let heard = Double(fields[2])
            else { return nil }
            return Row(path: String(fields[0]), told: told, heard: heard)
        }
    }()

    @Test func `every recording of speech is in the table`() throws {
        #expect(Self.rows.count == 82)
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: rows)
    func `the duration equals ffprobe's within 20 ms`(row: Row) throws {
        let heard = try hear(file: SharedTestData.folder + "/" + row.path)
        let told = try #require(heard.durationSeconds)
        #expect(abs(told - row.told) < 0.02)
        #expect(abs(Double(heard.samples.count) / 16_000 - row.heard) < 0.02)
        #expect(heard.damage == nil)
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: rows)
    func `through a pipe as much sound comes out`(row: Row) throws {
        let heard = try hear(piped: SharedTestData.bytes(row.path))
        // FFmpeg leaves the silence that an MP3 encoder put at the end where it cannot look ahead.
        #expect(abs(Double(heard.samples.count) / 16_000 - row.heard) < 0.03)
        #expect(heard.damage == nil)
    }
}
