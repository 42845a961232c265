import Glibc
import Inference
import Signals
import ToolKit

/// A file of the moments that are done, from which a run that was stopped goes on.
///
/// Its first line says which film and how; then comes a line for each moment. A last line that was
/// cut off is left out.
@safe
final class Journal {
    private let name: String
    private let descriptor: Int32
    /// Of an earlier run.
    let moments: [Moment]

    /// The largest that is read: moments have a few hundred bytes.
    private static let byteLimit = 256 << 20

    /// Opens a journal, or begins one.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - input: the film's name.
    ///   - settings: of the run; another run with others is another journal.
    /// - Throws: `JournalError`, `OutputError`.
    init(_ path: String, of input: String, settings: String) throws {
        name = path
        // Safe: the string lives through the call.
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw JournalError.cannotOpen(name: path) }
        let bytes = Self.contents(of: descriptor)
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // A line that was cut off would spoil the next one.
        guard ftruncate(descriptor, off_t(end)) == 0 else {
            throw JournalError.cannotOpen(name: path)
        }
        let head: JSON = .object([
            ("journal", .string("caption-video-frames")), ("input", .string(input)),
            ("settings", .string(settings)),
        ])
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"))
        guard let first = lines.first else {
            moments = []
            try add(head)
            return
        }
        guard first.elementsEqual(head.line.utf8) else { throw JournalError.other(name: path) }
        moments = try lines.dropFirst().map { line in
            guard let moment = Self.moment(Array(line)) else {
                throw JournalError.damaged(name: path)
            }
            return moment
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// - Throws: `JournalError`.
    func add(_ moment: Moment) throws { try add(moment.json) }

    private func add(_ json: JSON) throws {
        let line = Array((json.line + "\n").utf8)
        // Safe: the array lives through the call.
        guard unsafe write(descriptor, line, line.count) == line.count else {
            throw JournalError.cannotWrite(name: name)
        }
    }

    private static func contents(of descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < byteLimit {
            // Safe: the call writes at most as many bytes as the array has.
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func moment(_ line: [UInt8]) -> Moment? {
        guard let json = try? JSONValue(parsing: line), let start = json["start"]?.double,
            let end = json["end"]?.double, end >= start, let frame = json["frame"]?.double,
            let scene = json["scene"]?.integer
        else { return nil }
        var moment = Moment(
            range: TimeRange(startSeconds: start, endSeconds: end), frameSeconds: frame,
            scene: scene, caption: json["caption"]?.string,
            text: (json["text"]?.array ?? []).compactMap(\.string))
        moment.model = json["model"]?.string
        moment.confidence = json["confidence"]?.double
        moment.picture = json["picture"]?.string
        return moment
    }
}

/// What was done cannot be kept, or not gone on from.
package enum JournalError: Explained, Equatable {
    case cannotOpen(name: String)
    case cannotWrite(name: String)
    /// Of another film, or with other options.
    case other(name: String)
    case damaged(name: String)

    package var what: String {
        switch self {
        case .cannotOpen(let name): "\(name) cannot be opened to keep in it what is done"
        case .cannotWrite(let name): "\(name) cannot be written"
        case .other(let name): "\(name) is of another film, or of a run with other options"
        case .damaged(let name): "\(name) holds a line that is no moment of a film"
        }
    }

    package var remedy: String {
        switch self {
        case .cannotOpen: "check its folder with: ls -ld"
        case .cannotWrite: "see what is free with: df -h"
        case .other, .damaged: "name another file, or remove it to begin anew"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .cannotOpen, .cannotWrite: .inputOutput
        case .other, .damaged: .damagedInput
        }
    }
}
