import Foundation

/// The files to start from, each with the parser that it is for.
struct Samples {
    struct Sample {
        let bytes: [UInt8]
        let parser: NamedParser
    }

    private(set) var all: [Sample] = []
    var count: Int { all.count }

    /// Damaging large files is mostly copying; the parsers see the same code in small ones.
    private static let largestBytes = 1 << 20

    /// `Tests/Fixtures` of the checkout that this was built from.
    static let committedFixtures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures").path

    init(_ paths: [String], for parsers: [NamedParser]) throws {
        for file in try paths.flatMap(filesBelow).sorted() {
            let ending = URL(fileURLWithPath: file).pathExtension.lowercased()
            let takers = parsers.filter { $0.endings.contains(ending) }
            guard !takers.isEmpty else { continue }
            let bytes = try readFile(file)
            guard bytes.count <= Self.largestBytes else { continue }
            all += takers.map { Sample(bytes: bytes, parser: $0) }
        }
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
