import Foundation
import Glibc
import Inference
import Kernels
import TestKit
import Testing

/// A model of two matrices and a tokenizer, whose packed weights are kept beside it.
struct PreparedSample {
    let folder: TemporaryFolder

    var modelPath: String { folder.path + "/model" }
    var stem: String { modelPath + "/weights" }
    var weightsPath: String { modelPath + "/model.safetensors" }
    var keptEnding: String { String(keptPath.dropFirst(stem.utf8.count)) }
    var keptName: String { "weights" + keptEnding }
    var keptPath: String { places([stem]).paths[0] }

    init() throws {
        folder = try TemporaryFolder()
        try writeWeights(seed: 1)
        try write(tokenizer: #"{"a":0,"b":1,"ab":2}"#)
    }

    /// Rows and columns, by name; the second reaches behind what a start compares.
    private static let shapes = ["first": (70, 36), "second": (300, 300)]

    private func writeWeights(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let data = numbers.floats(70 * 36 + 300 * 300).flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) }
        }
        let header = """
            {"first.weight":{"dtype":"F32","shape":[70,36],"data_offsets":[0,10080]},\
            "second.weight":{"dtype":"F32","shape":[300,300],"data_offsets":[10080,370080]}}
            """
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        try folder.write("model/model.safetensors", length + Array(header.utf8) + data)
    }

    func write(tokenizer vocabulary: String) throws {
        try folder.write(
            "model/tokenizer.json",
            #"{"added_tokens":[],"model":{"type":"BPE","vocab":\#(vocabulary),"merges":["a b"]}}"#)
    }

    func places(_ stems: [String]) -> PreparedPlaces {
        PreparedPlaces(stems, .int8, leastBytes: 0)
    }

    func checkpoint(keptAt stems: [String]? = nil) throws -> Checkpoint {
        try Checkpoint(folder: modelPath, keptAt: places(stems ?? [stem]))
    }

    /// Loads a part of the model and gives it a row of numbers.
    func products(
        _ names: [String] = ["first", "second"], of checkpoint: Checkpoint
    ) throws -> [Tensor] {
        _ = try Tokenizer(folder: modelPath, checkpoint.prepared)
        return try names.map { name in
            let (rows, columns) = try #require(PreparedSample.shapes[name])
            let linear = try Linear(
                checkpoint.weights.at(name), inputs: columns, outputs: rows, bias: false,
                precision: .int8)
            var numbers = SeededNumbers(seed: 9)
            return linear(Tensor(numbers.floats(2 * columns), shape: [2, columns]))
        }
    }

    /// Loads the model, keeping what it packs.
    func products(
        of names: [String] = ["first", "second"], keptAt stems: [String]? = nil
    ) throws -> [Tensor] {
        let checkpoint = try checkpoint(keptAt: stems)
        let products = try products(names, of: checkpoint)
        try checkpoint.finish(ignoring: ["weight"])
        return products
    }

    func encode(_ text: String) throws -> [Int] {
        let checkpoint = try checkpoint()
        let tokenizer = try Tokenizer(folder: modelPath, checkpoint.prepared)
        _ = try products(of: checkpoint)
        try checkpoint.finish()
        return tokenizer.encode(text)
    }
}

extension PreparedSample {
    enum Change: CaseIterable {
        /// Other weights, written over the file.
        case numbers
        /// Other weights in another file of the same length and time.
        case file
        /// The same weights, touched.
        case time
    }

    func apply(_ change: Change) throws {
        switch change {
        case .numbers: try writeWeights(seed: 2)
        case .file:
            let old = try times()
            let file = folder.path + "/other"
            try FileManager.default.copyItem(atPath: weightsPath, toPath: file)
            try flipBit(in: file)
            try setTimes(old, of: file)
            #expect(unsafe rename(file, weightsPath) == 0)
        case .time: try setTimes(timespec(tv_sec: 1_000_000_000, tv_nsec: 5), of: weightsPath)
        }
    }

    /// Other weights in the same file, of the same length and time, beyond its first 256 KiB.
    func changeBehindTheHead() throws {
        let old = try times()
        try flipBit(in: weightsPath)
        try setTimes(old, of: weightsPath)
    }

    /// Of a number near the end; in place.
    private func flipBit(in path: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let end = try handle.seekToEnd()
        try handle.seek(toOffset: end - 2)
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: end - 2)
        try handle.write(contentsOf: [byte ^ 0x40])
        try handle.close()
    }

    private func times() throws -> timespec {
        var facts = stat()
        try #require(unsafe stat(weightsPath, &facts) == 0)
        return facts.st_mtim
    }

    private func setTimes(_ time: timespec, of path: String) throws {
        try #require(unsafe utimensat(AT_FDCWD, path, [time, time], 0) == 0)
    }
}

extension PreparedSample {
    /// Names beside the model's own files.
    func keptFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: modelPath).sorted()
            .filter { $0.hasPrefix("weights") || $0.hasPrefix(".") }
    }

    func keptBytes() throws -> [UInt8] { try MappedFile.bytes(of: keptPath) }

    func overwriteKept(_ bytes: [UInt8]) throws {
        try folder.write("model/" + keptName, bytes)
    }

    func tableOffset(of file: [UInt8]) throws -> Int {
        Int(file[16..<24].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// The file with another number in its table, and digests that are right all the same.
    func patched(_ file: [UInt8], fromEnd distance: Int, to value: Int) throws -> [UInt8] {
        var file = file
        let at = file.count - distance
        file.replaceSubrange(at..<(at + 8), with: little(UInt64(bitPattern: Int64(value))))
        return try withRightDigests(file)
    }

    /// The file with its digests made right.
    func withRightDigests(_ file: [UInt8]) throws -> [UInt8] {
        var file = file
        let table = try tableOffset(of: file)
        file.replaceSubrange(32..<40, with: little(digest(file[table...])))
        file.replaceSubrange(40..<48, with: little(digest(file[..<40])))
        return file
    }

    private func little(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    private func digest(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe cc_digest($0.baseAddress, $0.count, 0) }
    }
}
