import Foundation

/// A parser and the files to start from that are for it.
struct Samples {
    let parser: NamedParser
    let files: [[UInt8]]

    /// Damaging large files is mostly copying; the parsers see the same code in small ones.
    private static let largestBytes = 1 << 20

    /// Below `Tests/Fixtures` and `voices` of the checkout that this was built from.
    static let committedFolders: [String] = {
        let tests = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
        return [
            tests.appendingPathComponent("Fixtures").path,
            tests.deletingLastPathComponent().appendingPathComponent("voices").path,
        ]
    }()

    /// Reads what a parser takes.
    ///
    /// - Parameters:
    ///   - paths: files, and folders that are searched.
    ///   - parser: the one that decides.
    /// - Throws: where there is nothing at a path.
    init(of paths: [String], for parser: NamedParser) throws {
        self.parser = parser
        files = try paths.flatMap(filesBelow).sorted().filter(parser.takes).map(readFile)
            .filter { $0.count <= Self.largestBytes }
    }
}

private func filesBelow(_ path: String) throws -> [String] {
    guard try !isPlainFile(path) else { return [path] }
    return try FileManager.default.subpathsOfDirectory(atPath: path)
        .map { path + "/" + $0 }.filter(isPlainFile)
}

/// - Throws: where there is nothing at the path.
private func isPlainFile(_ path: String) throws -> Bool {
    try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        == .typeRegular
}

/// Not `Data(contentsOf:)`: of an empty file it leaks 4 kB (Foundation of Swift 6.3.1), and a leak
/// is what the sanitizer is to find in the parsers.
private func readFile(_ path: String) throws -> [UInt8] {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    return [UInt8](try file.readToEnd() ?? Data())
}

func writeFile(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}
