import Synchronization

/// What an earlier start packed of a model, or what this one packs, to be kept for the next.
///
/// Whatever is wrong with a prepared file, the model loads as it does without one.
package final class PreparedWeights: Sendable {
    private let file: PreparedFile?
    private let sources: [(file: MappedFile, source: PreparedTable.Source)]
    private let work: Mutex<Work>

    private struct Work: ~Copyable, Sendable {
        /// Nil where a file is there, or none can be made.
        var writer: PreparedWriter?
        /// True once the file did not have what was asked for.
        var hasLacked = false
    }

    /// Opens the prepared file of a model, or begins one; nil where nothing is to be kept.
    ///
    /// - Parameters:
    ///   - places: where it may be
    ///   - sources: the files that it is made from; none twice
    init?(_ places: PreparedPlaces, from sources: [MappedFile]) {
        let paths = places.paths
        guard !paths.isEmpty, sources.reduce(0, { $0 + $1.count }) >= places.leastBytes else {
            return nil
        }
        self.sources = sources.map { ($0, PreparedTable.Source($0)) }
        let expected = self.sources.map(\.source)
        file =
            paths.lazy.compactMap { path in
                usable(path, expected, places.precision.layouts)
            }.first
        work = Mutex(Work(writer: file == nil ? PreparedWriter.first(of: paths) : nil))
    }

    /// The matrix packed earlier under that name; nil where none of that kind and size was.
    func matrix(named name: String, _ kind: PreparedTable.Kind, count: Int) -> PackedBytes? {
        file?.matrix(named: name, kind, count: count)
    }

    /// A copy of what was kept under that name.
    func contents(named name: String, _ kind: PreparedTable.Kind) -> [UInt8]? {
        file?.contents(named: name, kind)
    }

    /// Keeps a matrix that was not there.
    func keep(_ matrix: PackedBytes, named name: String, _ kind: PreparedTable.Kind) {
        // Safe: `count` bytes follow the pointer, as its type says.
        unsafe matrix.withPointer { pointer in
            unsafe keep(
                UnsafeRawBufferPointer(start: pointer, count: matrix.count), named: name, kind)
        }
    }

    /// Keeps bytes of any kind that were not there.
    func keep(_ contents: [UInt8], named name: String, _ kind: PreparedTable.Kind) {
        // Safe: the buffer is lent for the call.
        unsafe contents.withUnsafeBytes { unsafe keep($0, named: name, kind) }
    }

    @unsafe private func keep(
        _ bytes: UnsafeRawBufferPointer, named name: String, _ kind: PreparedTable.Kind
    ) {
        work.withLock { work in
            // Safe: the caller's buffer, lent on for the call.
            unsafe work.writer?.append(bytes, named: name, kind)
            work.hasLacked = true
        }
    }

    /// Gives the file its name once the model is whole; one that lacked something is removed, so
    /// that the next start makes it anew.
    func finish() {
        work.withLock { work in
            if let file, work.hasLacked { removeFile(file.path) }
            if sources.allSatisfy({ isSame($0.file) }) {
                work.writer?.finish(sources.map(\.source))
            }
            work.writer = nil
        }
    }
}

/// The file at that path where it is whole, made from these sources, and laid out for this machine.
private func usable(
    _ path: String, _ sources: [PreparedTable.Source], _ layouts: [String]
) -> PreparedFile? {
    let file: PreparedFile
    do { file = try PreparedFile(path: path) } catch { return nil }
    return file.table.sources == sources && file.isLaidOut(in: layouts) ? file : nil
}

private func isSame(_ file: MappedFile) -> Bool {
    do { return try file.currentIdentity() == file.identity } catch { return false }
}

extension PreparedTable.Source {
    /// What is compared at every start.
    init(_ file: MappedFile) {
        self.init(
            name: file.path.split(separator: "/").last.map(String.init) ?? file.path,
            identity: file.identity,
            headDigest: PreparedFile.digest(of: file, in: 0..<min(file.count, 256 << 10)))
    }
}
