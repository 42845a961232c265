import Kernels
import Synchronization

/// The weights of a model folder: every tensor by name, mapped and not yet read.
package struct Checkpoint: Sendable {
    /// The file that a message names: the weights, or the index of several.
    package let path: String
    private let tensors: [String: StoredTensor]
    private let asked = AskedNames()
    /// What an earlier start packed; nil where nothing is kept.
    package private(set) var prepared: PreparedWeights?

    /// Opens `model.safetensors`, else what `model.safetensors.index.json` names.
    ///
    /// - Parameters:
    ///   - folder: of the model
    ///   - places: where packed weights are kept; nil keeps nothing
    /// - Throws: `.noWeights`, `.unreadable`, `.malformed` or `.index`.
    package init(folder: String, keptAt places: PreparedPlaces?) throws(WeightsError) {
        try self.init(folder: folder)
        let tokenizer = folder + "/tokenizer.json"
        var extra: [MappedFile] = []
        if places != nil, MappedFile.exists(tokenizer) {
            do { extra = [try MappedFile(path: tokenizer)] } catch { throw .unreadable(error) }
        }
        prepared = places.flatMap { PreparedWeights($0, from: files + extra) }
    }

    /// Opens `model.safetensors`, else what `model.safetensors.index.json` names.
    ///
    /// - Throws: `.noWeights`, `.unreadable`, `.malformed` or `.index`.
    package init(folder: String) throws(WeightsError) {
        cc_keep_freed_memory()
        let single = folder + "/model.safetensors"
        let index = single + ".index.json"
        if MappedFile.exists(single) {
            try self.init(file: single)
        } else if MappedFile.exists(index) {
            try self.init(index: index, folder: folder)
        } else {
            let others = ["pytorch_model.bin", "pytorch_model.bin.index.json", "model.onnx"]
            throw .noWeights(
                folder: folder, found: others.first { MappedFile.exists(folder + "/" + $0) })
        }
    }

    /// Opens one safetensors file of any name.
    package init(file path: String) throws(WeightsError) {
        self.path = path
        var tensors: [String: StoredTensor] = [:]
        for tensor in try Checkpoint.tensors(in: path) { tensors[tensor.name] = tensor }
        self.tensors = tensors
    }

    /// The tensors of a ggml file, by the names that a model asks for.
    ///
    /// - Parameters:
    ///   - file: the file
    ///   - tensors: its tensors, renamed; each name once
    ///   - places: where packed weights are kept; nil keeps nothing
    package init(
        _ file: GgmlFile, tensors: [StoredTensor], keptAt places: PreparedPlaces? = nil
    ) {
        cc_keep_freed_memory()
        path = file.path
        self.tensors = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        prepared = places.flatMap { PreparedWeights($0, from: files) }
    }

    private init(index path: String, folder: String) throws(WeightsError) {
        self.path = path
        let shardOfTensor = try weightMap(path)
        var tensors: [String: StoredTensor] = [:]
        for shard in Set(shardOfTensor.values).sorted() {
            guard MappedFile.exists(folder + "/" + shard) else {
                throw .index(file: path, .missingShard(shard))
            }
            for tensor in try Checkpoint.tensors(in: folder + "/" + shard)
            where tensors.updateValue(tensor, forKey: tensor.name) != nil {
                throw .index(file: path, .inTwoShards(tensor: tensor.name))
            }
        }
        for (name, shard) in shardOfTensor
        where tensors[name]?.file.path != folder + "/" + shard {
            throw .index(file: path, .notInShard(tensor: name, shard: shard))
        }
        self.tensors = tensors
    }

    /// In the order of their bytes.
    private static func tensors(in path: String) throws(WeightsError) -> [StoredTensor] {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw .unreadable(error) }
        do {
            let header = try SafetensorsHeader(file)
            return header.entries.map { entry in
                StoredTensor(
                    name: entry.name, type: entry.type, shape: entry.shape, file: file,
                    offset: header.dataOffset + entry.range.lowerBound,
                    byteCount: entry.range.count)
            }
        } catch {
            throw .malformed(file: path, error)
        }
    }

    /// The files that hold the tensors, sorted by path.
    private var files: [MappedFile] {
        Dictionary(tensors.values.map { ($0.file.path, $0.file) }, uniquingKeysWith: { $1 })
            .sorted { $0.key < $1.key }.map(\.value)
    }

    /// Every tensor's name, sorted.
    package var names: [String] { tensors.keys.sorted() }

    /// The view that a model's parts take their tensors from.
    package var weights: Weights { Weights(self, prefix: "") }

    /// Asks for a tensor, which counts as having a place for it.
    package func tensor(named name: String) -> StoredTensor? {
        asked.insert(name)
        var tensor = tensors[name]
        tensor?.prepared = prepared
        return tensor
    }

    /// True where the file holds it; does not count as asking for it.
    package func has(_ name: String) -> Bool { tensors[name] != nil }

    /// Checks, when a model is built, that no tensor of the file was left over; what was packed is
    /// then kept.
    ///
    /// - Parameter ignored: names that may be left over, whole or the first or last components of a
    ///   path: `text` lets `text.layers.0.weight` be, `position_ids` lets `text.position_ids` be.
    /// - Throws: `WeightsError.extra` with the sorted names of the others.
    package func finish(ignoring ignored: [String] = []) throws(WeightsError) {
        let taken = asked.all
        let extra = tensors.keys.filter { name in
            !taken.contains(name)
                && !ignored.contains {
                    name == $0 || name.hasPrefix($0 + ".") || name.hasSuffix("." + $0)
                }
        }
        guard extra.isEmpty else { throw .extra(tensors: extra.sorted(), file: path) }
        prepared?.finish()
    }
}

/// The names asked for while a model is built, shared by all views of a checkpoint.
private final class AskedNames: Sendable {
    private let names = Mutex<Set<String>>([])

    func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }

    var all: Set<String> { names.withLock { $0 } }
}

/// Which shard holds which tensor.
private func weightMap(_ path: String) throws(WeightsError) -> [String: String] {
    let text: [UInt8]
    do { text = try MappedFile.bytes(of: path) } catch { throw .unreadable(error) }
    let index: JSONValue
    do {
        index = try JSONValue(parsing: text)
    } catch {
        throw .index(file: path, .notJSON(error))
    }
    guard let map = index["weight_map"]?.object else { throw .index(file: path, .noMap) }
    var shards: [String: String] = [:]
    for (tensor, shard) in map {
        guard let shard = shard.string, isPlainName(shard) else {
            throw .index(file: path, .shardName(shard.string ?? "\(shard)"))
        }
        shards[tensor] = shard
    }
    return shards
}

/// True for `model-00001-of-00002.safetensors`, false for anything that leads elsewhere.
private func isPlainName(_ name: String) -> Bool {
    name.hasSuffix(".safetensors") && !name.hasPrefix(".")
        && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
}
