import Glibc

/// A file without its final name yet: it takes the place of the old one whole, or goes away.
package struct TemporaryFile: ~Copyable {
    package let descriptor: Int32
    private let path: String
    /// Where the bytes are until then; nil for a device or a named pipe, which has no other name.
    private let temporaryPath: String?
    /// How a signal's handler knows the file.
    private let interruption: UInt

    /// - Parameter path: the final name; a symbolic link is followed.
    /// - Throws: `OutputError` where no file can be made beside it.
    package init(replacing path: String) throws(OutputError) {
        let old = System.status(of: path)
        let kind = old.map { $0.st_mode & S_IFMT } ?? S_IFREG
        guard kind != S_IFDIR else { throw .isFolder(name: path) }
        let temporary = kind == S_IFREG ? Self.neighbour(of: path) : nil
        // Before the file is there, so that no signal comes between.
        let interruption = temporary.map { Interruption.remove($0) } ?? 0
        let opened =
            if let temporary {
                System.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
            } else {
                System.open(path, O_WRONLY)
            }
        guard opened >= 0 else {
            let reason = SystemReason.last
            Interruption.forget(interruption)
            switch reason.number {
            case ENOENT, ENOTDIR: throw .noFolder(name: path)
            case _ where reason.meansFull: throw .full(name: path)
            default: throw .cannotCreate(name: path, reason: reason.words)
            }
        }
        if temporary != nil {
            if let old { fchmod(opened, old.st_mode & 0o7777) }
        }
        self.path = path
        self.interruption = interruption
        temporaryPath = temporary
        descriptor = opened
    }

    /// A name that nobody has, in the folder where the file will be.
    private static func neighbour(of path: String) -> String {
        let place = System.linksResolved(path)
        let folder = place.lastIndex(of: "/").map { place[...$0] } ?? ""
        return "\(folder).curbcut-\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
    }

    deinit {
        close(descriptor)
        if let temporaryPath {
            // Does nothing after the file has taken its place.
            System.remove(temporaryPath)
            Interruption.forget(interruption)
        }
    }

    /// Gives the file its final name.
    ///
    /// - Throws: `OutputError` where the last bytes cannot be stored; the file is gone then.
    package consuming func takePlace() throws(OutputError) {
        guard let temporaryPath else { return }
        // A full disk on a network shows only here.
        guard fsync(descriptor) == 0 else {
            let reason = SystemReason.last
            throw reason.meansFull
                ? .full(name: path) : .broken(name: path, reason: reason.words)
        }
        guard System.rename(temporaryPath, to: System.linksResolved(path)) else {
            throw .broken(name: path, reason: SystemReason.last.words)
        }
    }
}
