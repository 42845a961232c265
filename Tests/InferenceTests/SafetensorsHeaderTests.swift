import Inference
import Signals
import TestKit
import Testing

private let present = ConditionTrait.enabled(
    if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence))

@Suite struct SafetensorsHeaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(present) func `every malformed file is refused for what is wrong with it`() throws {
        let expected: [String: HeaderFault] = [
            "bad_dtype": .unknownType(tensor: "a", type: "F33"),
            "begin_after_end": .range(tensor: "a", offsets: [16, 0]),
            "duplicate_keys": .duplicate(tensor: "a"),
            "header_len_100MB_plus": .tooLong(length: 100_000_001),
            "header_len_huge": .tooLong(length: 1 << 63),
            "header_not_json": .notJSON(JSONFault(problem: .expected(.object), offset: 5)),
            "header_not_utf8": .notJSON(JSONFault(problem: .notUTF8, offset: 2)),
            "hole": .hole(tensor: "b"),
            "metadata_not_strings": .notJSON(JSONFault(problem: .expected(.string), offset: 21)),
            "offset_past_end": .dataMissing(tensor: "a", end: 16, available: 8),
            "overlap": .overlap(tensor: "b"),
            "shape_mismatch": .size(tensor: "a", found: 16, expected: 36),
            "shape_overflow": .notJSON(JSONFault(problem: .expected(.integer), offset: 51)),
            "too_short": .tooShort(byteCount: 3),
            "trailing_bytes": .trailingBytes(count: 4),
        ]
        let files = try SharedTestData.files(in: "safetensors/malformed")
        #expect(files.count == expected.count)
        for path in files {
            let name = path.split(separator: "/").last?.split(separator: ".").first ?? ""
            let fault = try #require(expected[String(name)], "\(name)")
            #expect(throws: WeightsError.malformed(file: path, fault)) {
                try Checkpoint(file: path)
            }
        }
    }

    @Test(present) func `every valid file is read`() throws {
        func floats(_ file: String, _ name: String) throws -> (shape: [Int], values: [Float]) {
            let path = SharedTestData.folder + "/safetensors/valid/\(file).safetensors"
            let tensor = try #require(try Checkpoint(file: path).tensor(named: name))
            return (tensor.shape, try tensor.floats())
        }
        let double = try floats("tensor-2d-float64", "embedding")
        #expect(double.shape == [2, 3])
        #expect(
            double.values == [1, 2, 3, 24, 25, 26])
        let single = try floats("tensor-3d-float32", "embedding")
        #expect(single.shape == [2, 2, 3])
        #expect(single.values == [22, 23, 24, 11, 12, 13, 2, 3, 4, 1, 2, 3])
        #expect(try floats("padded_header", "a").values == [1, 2])
        #expect(try floats("scalar_and_zero_size", "s").values == [1.5])
        let empty = try floats("scalar_and_zero_size", "z")
        #expect(empty.shape == [0, 3])
        #expect(empty.values == [])
        for path in try SharedTestData.files(in: "safetensors/valid") {
            _ = try Checkpoint(file: path)
        }
    }

    @Test(present) func `a Git LFS pointer is named as what it is`() throws {
        let path = SharedTestData.folder + "/hostile/other/lfs-pointer.safetensors"
        let error = try #require(throws: WeightsError.self) { try Checkpoint(file: path) }
        #expect(error == .malformed(file: path, .gitLFSPointer))
        #expect(error.what.hasSuffix("is a Git LFS pointer, not the weights"))
        #expect(error.remedy.hasPrefix("fetch the real file"))
        #expect(error.exitStatus == .unavailable)
    }

    @Test(present) func `a file of zero bytes is empty`() throws {
        let path = SharedTestData.folder + "/hostile/other/zero-bytes.safetensors"
        let error = try #require(throws: WeightsError.self) { try Checkpoint(file: path) }
        #expect(error.what.hasSuffix("is empty"))
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#,
        #"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1]}}"#,
        #"{"a":{"shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"z":1}}"#,
        #"{"a":{"dtype":"F4","shape":[7],"data_offsets":[0,4]}}"#,
        #"{"a":[]}"#, #"[]"#, #" {}"#, #"{} x"#, "",
    ])
    func `headers that lie or say too much are refused`(header: String) throws {
        let path = try folder.write("x.safetensors", header: header, data: [0, 0, 0, 0])
        let error = try #require(throws: WeightsError.self) { try Checkpoint(file: path) }
        guard case .malformed = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.what.hasPrefix(path))
    }

    @Test func `no cut of a good file is taken for a whole one`() throws {
        let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        let path = try folder.write("x.safetensors", header: header, data: [UInt8](0..<8))
        let whole = try MappedFile.bytes(of: path)
        _ = try Checkpoint(file: path)
        for length in 0..<whole.count {
            let cut = try folder.write("cut.safetensors", Array(whole.prefix(length)))
            #expect(throws: WeightsError.self) { try Checkpoint(file: cut) }
        }
    }
}
