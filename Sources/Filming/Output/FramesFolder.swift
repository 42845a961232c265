import Glibc
import Images
import Signals
import ToolKit

/// A folder that described frames are saved in, as JPEG files named after their times.
struct FramesFolder {
    private let folder: String
    /// Before the time where several films share the folder.
    private let prefix: String

    /// Makes the folder where it is missing; not those on its way.
    ///
    /// - Parameters:
    ///   - folder: its path.
    ///   - film: the name of the film where several share the folder.
    init(_ folder: String, film: String?) {
        self.folder = folder
        let name = film?.split(separator: "/").last ?? ""
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        prefix = stem.isEmpty ? "" : stem + "-"
        // Safe: the string lives through the call. Where it fails, the first frame says why.
        _ = unsafe mkdir(folder, 0o777)
    }

    /// Saves a frame.
    ///
    /// - Parameters:
    ///   - picture: as JPEG.
    ///   - seconds: when it is shown.
    /// - Returns: the path of the file.
    /// - Throws: `OutputError`.
    func save(_ picture: [UInt8], atSeconds seconds: Double) throws -> String {
        let path = "\(folder)/\(prefix)\(Self.name(seconds)).jpg"
        try withOutputFile(path) { try $0.write(picture) }
        return path
    }

    /// "00-01-05.250": colons are not allowed everywhere.
    private static func name(_ seconds: Double) -> String {
        let thousandths = Int((max(0, min(seconds, 1e12)) * 1000).rounded())
        let whole = thousandths / 1000
        let parts = [whole / 3600, whole / 60 % 60, whole % 60].map { padded($0, 2) }
        return parts.joined(separator: "-") + "." + padded(thousandths % 1000, 3)
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
