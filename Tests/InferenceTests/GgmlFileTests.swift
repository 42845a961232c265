import Foundation
import Inference
import Signals
import TestKit
import Testing

@Suite struct GgmlFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func fault(_ bytes: [UInt8]) throws -> GgmlFault? {
        let path = try folder.write("model.bin", bytes)
        do {
            _ = try GgmlFile(path: path)
            return nil
        } catch {
            guard case .ggml(let file, let fault) = error, file == path else { throw error }
            #expect(!fault.sentence.isEmpty && !fault.remedy.isEmpty)
            return fault
        }
    }

    /// The committed file up to its tensors, with one of its 32-bit numbers replaced.
    func head(_ offset: Int = 4, _ number: UInt32? = nil) throws -> [UInt8] {
        var bytes = try GgmlSample.head()
        if let number {
            bytes.replaceSubrange(offset..<offset + 4, with: GgmlSample.little(number))
        }
        return bytes
    }

    @Test func `a file is read with its header, filters, vocabulary and tensors`() throws {
        let file = try GgmlFile(path: GgmlSample.path)
        #expect(file.header.vocabularySize == 2008)
        #expect(file.header.soundPositions == 1500)
        #expect(file.header.textWidth == 32)
        #expect(file.header.melCount == 80)
        #expect(file.filters.shape == [80, 201])
        #expect(file.tokenCount == 400)
        #expect(file.token(0) == Array("!".utf8))
        let first = try #require(file.tensors.first { $0.name == "encoder.conv1.weight" })
        #expect(first.shape == [32, 80, 3] && first.type == .f16)
        let bias = try #require(file.tensors.first { $0.name == "encoder.conv1.bias" })
        #expect(bias.shape == [32, 1] && bias.type == .f32)
        let source = try Checkpoint(folder: Repository.fixtures + "/whisper-tiny")
        let twin = try source.weights.stored("model.encoder.conv1.weight")
        #expect(try first.floats() == twin.floats())
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `a file of whisper.cpp's own without tensors is read`() throws {
        let file = try GgmlFile(
            path: SharedTestData.folder
                + "/weights/whisper-ggml-empty/for-tests-ggml-tiny.bin")
        #expect(file.header.vocabularySize == 51_865)
        #expect(file.tokenCount == 50_257)
        #expect(file.token(264) == Array(" the".utf8))
        #expect(file.token(50_256).isEmpty)
        #expect(file.tensors.isEmpty)
    }

    @Test func `a file cut anywhere is refused or ends between two tensors`() throws {
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: GgmlSample.path)))
        let headCount = try GgmlSample.head().count
        let tensors = try GgmlFile(path: GgmlSample.path).tensors
        let ends = Set(tensors.map { $0.offset + $0.byteCount } + [headCount])
        var cuts = Array(0..<120) + Array((headCount - 40)..<(headCount + 200))
        cuts += stride(from: 120, to: whole.count, by: 9_973)
        for cut in cuts where !ends.contains(cut) {
            let fault = try fault(Array(whole[..<cut]))
            guard case .cutShort = fault else {
                Issue.record("cut at \(cut): \(String(describing: fault))")
                continue
            }
        }
    }

    @Test func `other formats are told apart`() throws {
        #expect(try fault(Array("GGUF".utf8) + [3, 0, 0, 0]) == .gguf)
        #expect(GgmlFault.gguf.sentence.contains("GGUF"))
        #expect(try fault(Array("version https://git-lfs".utf8)) == .gitLFSPointer)
        #expect(try fault(Array("PK\u{3}\u{4} and more".utf8)) == .otherMagic)
        #expect(try fault([]) == .cutShort(part: "its magic number"))
    }

    @Test(arguments: [4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44])
    func `impossible counts in the header are refused`(offset: Int) throws {
        for number: UInt32 in [0, 0x7FFF_FFFF, 0x8000_0000, .max] where offset < 44 || number > 0 {
            guard case .header = try fault(head(offset, number)) else {
                Issue.record("\(number) at \(offset) was accepted")
                continue
            }
        }
    }

    @Test func `lengths that lie are refused without memory for them`() throws {
        let vocabulary = 48 + 8 + 4 * 80 * 201
        #expect(
            try fault(head(48, 81)) == .header(field: "rows of mel filters", value: 81))
        guard case .header = try fault(head(52, 0x7FFF_FFFF)) else {
            Issue.record("filters of 2 billion columns were accepted")
            return
        }
        #expect(try fault(head(52, 65_536)) == .cutShort(part: "its mel filters"))
        #expect(
            try fault(head(vocabulary, 3_000)) == .tooManyTokens(found: 3_000, most: 2_008))
        #expect(try fault(head(vocabulary, 2_000)) == .cutShort(part: "its vocabulary"))
        #expect(
            try fault(head(vocabulary + 4, 0x7FFF_FFFF)) == .cutShort(part: "its vocabulary"))
        #expect(try fault(head(vocabulary + 4, .max)) == .cutShort(part: "its vocabulary"))
        #expect(try fault(head(56, 0x7FC0_0000)) == .notFinite)
    }

    @Test func `tensors that cannot be are refused by name`() throws {
        func fault(
            _ shape: [Int], type: UInt32, _ count: Int, twice: Bool = false
        ) throws -> GgmlFault? {
            var bytes = try head(44, 2_007)
            for _ in 0..<(twice ? 2 : 1) {
                GgmlSample.append(
                    "x", shape, type: type, [UInt8](repeating: 0, count: count), to: &bytes)
            }
            return try self.fault(bytes)
        }
        #expect(try fault([2, 32], type: 8, 68) == nil)
        #expect(try fault([2, 32], type: 8, 68, twice: true) == .duplicate(tensor: "x"))
        #expect(try fault([2, 32], type: 8, 67) == .cutShort(part: "'x'"))
        #expect(try fault([2, 33], type: 8, 68) == .shape(tensor: "x", shape: [2, 33]))
        #expect(try fault([0, 32], type: 8, 0) == .shape(tensor: "x", shape: [0, 32]))
        let big = 0x7FFF_FFFF
        #expect(
            try fault([big, big, big], type: 0, 8)
                == .shape(tensor: "x", shape: [big, big, big]))
        #expect(try fault([2, big], type: 0, 8) == .cutShort(part: "'x'"))
        #expect(try fault([2, 256], type: 12, 288) == .type(tensor: "x", type: "Q4_K"))
        #expect(try fault([2, 32], type: 99, 8) == .type(tensor: "x", type: "type 99"))
        guard case .axes = try fault([1, 1, 1, 1, 1], type: 0, 4) else {
            Issue.record("five axes were accepted")
            return
        }
        var old = try head(44, 1_007)
        GgmlSample.append("x", [32], type: 8, [UInt8](repeating: 0, count: 34), to: &old)
        #expect(try self.fault(old) == .version(1))
    }
}
