import Audio
import Glibc
import Signals
import ToolKit

/// Pictures of which a few are wanted in the end, on disk until then: a long film has thousands.
@safe
final class PictureShelf {
    private let descriptor: Int32
    /// Where each picture ends.
    private var ends = [0]

    /// - Throws: `SoundInputError.cannotSpool` where no temporary file can be made.
    init() throws(SoundInputError) { descriptor = try unnamedFile() }

    deinit { close(descriptor) }

    /// - Parameter picture: the next one.
    /// - Throws: `OutputError.full` where the disk is.
    func add(_ picture: [UInt8]) throws(OutputError) {
        let start = ends[ends.count - 1]
        var written = 0
        while written < picture.count {
            // Safe: what is written lies within the array.
            let count = unsafe picture.withUnsafeBytes { bytes in
                unsafe pwrite(
                    descriptor, bytes.baseAddress.map { unsafe $0 + written },
                    picture.count - written, off_t(start + written))
            }
            guard count > 0 else { throw .full(name: "a temporary file") }
            written += count
        }
        ends.append(start + picture.count)
    }

    /// - Parameter i: counted from 0, in the order in which they were added.
    /// - Returns: the picture.
    func picture(_ i: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: ends[i + 1] - ends[i])
        // Safe: C writes at most as many bytes as there are.
        let count = unsafe pread(descriptor, &bytes, bytes.count, off_t(ends[i]))
        return count == bytes.count ? bytes : []
    }
}
