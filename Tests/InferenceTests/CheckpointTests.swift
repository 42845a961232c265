import Glibc
import Inference
import TestKit
import Testing

@Suite struct CheckpointTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `every stored kind of float becomes f32`() throws {
        // 1.5, -2 and 0.1 in each format; 0.1 as its nearest neighbour there.
        let f32 = bytes([0x3FC0_0000, 0xC000_0000, 0x3DCC_CCCD] as [UInt32])
        let f16 = bytes([0x3E00, 0xC000, 0x2E66] as [UInt16])
        let bf16 = bytes([0x3FC0, 0xC000, 0x3DCD] as [UInt16])
        let f64 = bytes(
            [0x3FF8_0000_0000_0000, 0xC000_0000_0000_0000, 0x3FB9_9999_9999_999A] as [UInt64])
        let header = """
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},\
            "b":{"dtype":"F16","shape":[3],"data_offsets":[12,18]},\
            "c":{"dtype":"BF16","shape":[3],"data_offsets":[18,24]},\
            "d":{"dtype":"F64","shape":[3],"data_offsets":[24,48]}}
            """
        try folder.write("model.safetensors", header: header, data: f32 + f16 + bf16 + f64)
        let weights = try Checkpoint(folder: folder.path).weights
        #expect(try weights.stored("a", shape: [3]).floats() == [1.5, -2, 0.1])
        #expect(try weights.stored("b", shape: [3]).floats() == [1.5, -2, 0.0999755859375])
        #expect(try weights.stored("c", shape: [3]).floats() == [1.5, -2, 0.10009765625])
        #expect(try weights.stored("d", shape: [3]).floats() == [1.5, -2, 0.1])
    }

    @Test func `a file that is cut short after it was opened is reported`() throws {
        let file = try folder.write(
            "model.safetensors",
            header: #"{"n":{"dtype":"F32","shape":[40,30],"data_offsets":[0,4800]}}"#,
            data: [UInt8](repeating: 0, count: 4_800))
        let stored = try Checkpoint(folder: folder.path).weights.stored("n")
        #expect(unsafe truncate(file, off_t(stored.offset + 4_000)) == 0)
        #expect(throws: WeightsError.cutShort(tensor: "n", file: file)) { try stored.floats() }
        #expect(throws: WeightsError.cutShort(tensor: "n", file: file)) {
            try Matrix(stored, precision: .int8)
        }
        #expect(throws: WeightsError.cutShort(tensor: "n", file: file)) {
            try Matrix(stored, precision: .int4)
        }
    }

    @Test func `whole numbers are not taken for floats`() throws {
        let file = try folder.write(
            "model.safetensors", header: #"{"n":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}"#,
            data: [1, 0, 0, 0])
        let stored = try Checkpoint(folder: folder.path).weights.stored("n")
        #expect(throws: WeightsError.type(tensor: "n", found: .i32, file: file)) {
            try stored.floats()
        }
    }

    @Test func `names grow along the path and must have the shape asked for`() throws {
        let file = try folder.write(
            "model.safetensors",
            header:
                #"{"encoder.layers.0.norm.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#,
            data: [UInt8](repeating: 0, count: 8))
        let weights = try Checkpoint(folder: folder.path).weights
        let norm = weights.at("encoder.layers").at(0).at("norm")
        #expect(norm.has("weight"))
        #expect(!norm.has("bias"))
        #expect(try norm.stored("weight", shape: [1, 2]).byteCount == 8)
        let name = "encoder.layers.0.norm.weight"
        let misshapen = WeightsError.shape(tensor: name, found: [1, 2], expected: [2], file: file)
        #expect(throws: misshapen) { try norm.stored("weight", shape: [2]) }
        #expect(
            misshapen.what == "\(file) holds '\(name)' as [1, 2] where config.json asks for [2]")
        let missing = WeightsError.missing(tensor: "encoder.layers.0.norm.bias", file: file)
        #expect(throws: missing) { try norm.stored("bias", shape: [2]) }
    }

    @Test func `a tensor nobody asked for is an error unless it may be left over`() throws {
        let file = try folder.write(
            "model.safetensors",
            header: """
                {"x":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},\
                "y.position_ids":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},\
                "z":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}
                """,
            data: [])
        let checkpoint = try Checkpoint(folder: folder.path)
        _ = try checkpoint.weights.stored("x")
        #expect(checkpoint.has("z"))
        #expect(throws: WeightsError.extra(tensors: ["y.position_ids", "z"], file: file)) {
            try checkpoint.finish()
        }
        #expect(throws: WeightsError.extra(tensors: ["z"], file: file)) {
            try checkpoint.finish(ignoring: ["position_ids", "ids"])
        }
        _ = checkpoint.weights.has("z")
        try checkpoint.finish(ignoring: ["position_ids", "z"])
        try checkpoint.finish(ignoring: ["y", "z"])
    }

    @Test func `shards are joined through the index`() throws {
        try writeShards(map: #"{"a":"model-1.safetensors","b":"model-2.safetensors"}"#)
        let weights = try Checkpoint(folder: folder.path).weights
        #expect(try weights.stored("a", shape: [1]).floats() == [1.5])
        #expect(try weights.stored("b", shape: [1]).floats() == [-2])
        try weights.checkpoint.finish()
    }

    @Test(arguments: [
        (
            #"{"a":"model-1.safetensors","b":"model-3.safetensors"}"#,
            IndexFault.missingShard("model-3.safetensors")
        ),
        (#"{"a":"../model-1.safetensors"}"#, .shardName("../model-1.safetensors")),
        (#"{"a":"/etc/passwd"}"#, .shardName("/etc/passwd")),
        (
            #"{"a":"model-2.safetensors","b":"model-2.safetensors"}"#,
            .notInShard(tensor: "a", shard: "model-2.safetensors")
        ),
        (#"{"a":"model-1.safetensors","b":"model-1b.safetensors"}"#, .inTwoShards(tensor: "a")),
        ("3", .noMap),
    ])
    func `an index that lies is refused`(map: String, fault: IndexFault) throws {
        try writeShards(map: map)
        let index = folder.path + "/model.safetensors.index.json"
        #expect(throws: WeightsError.index(file: index, fault)) {
            try Checkpoint(folder: folder.path)
        }
    }

    @Test func `a folder of another format is told how to convert`() throws {
        try folder.write("pytorch_model.bin", [0])
        let error = try #require(throws: WeightsError.self) { try Checkpoint(folder: folder.path) }
        #expect(error == .noWeights(folder: folder.path, found: "pytorch_model.bin"))
        #expect(error.remedy.contains("torch.load('pytorch_model.bin'"))
    }

    @Test func `folders and missing files are unreadable, with the system's reason`() throws {
        #expect(throws: WeightsError.noWeights(folder: folder.path, found: nil)) {
            try Checkpoint(folder: folder.path)
        }
        let error = try #require(throws: WeightsError.self) { try Checkpoint(file: folder.path) }
        #expect(error.what == "cannot read \(folder.path): Is a directory")
        #expect(throws: WeightsError.self) { try Checkpoint(file: "/dev/null") }
    }

    @Test func `pages given back come again from the file`() throws {
        let data = (0..<20_000).map { UInt8(truncatingIfNeeded: $0) }
        let path = try folder.write("data", data)
        let file = try MappedFile(path: path)
        #expect(file.count == data.count)
        file.prefetch()
        #expect(file.bytes(in: 0..<file.count) == data)
        file.release(1..<file.count)
        #expect(file.bytes(in: 4_000..<9_000) == Array(data[4_000..<9_000]))
    }

    private func writeShards(map: String) throws {
        func header(_ name: String) -> String {
            #"{"\#(name)":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
        }
        let one = bytes([0x3FC0_0000] as [UInt32])
        try folder.write("model-1.safetensors", header: header("a"), data: one)
        try folder.write("model-1b.safetensors", header: header("a"), data: one)
        try folder.write(
            "model-2.safetensors", header: header("b"), data: bytes([0xC000_0000] as [UInt32]))
        try folder.write(
            "model.safetensors.index.json", #"{"metadata":{},"weight_map":\#(map)}"#)
    }

    private func bytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
        words.flatMap { word in
            (0..<(Word.bitWidth / 8)).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }
}
