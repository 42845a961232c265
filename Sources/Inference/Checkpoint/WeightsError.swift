import Signals

/// Why a model's weights cannot be used.
package enum WeightsError: Explained, Equatable {
    /// The folder holds no weights that can be read; `found` is a file of another format, if any.
    case noWeights(folder: String, found: String?)
    case unreadable(FileFault)
    case malformed(file: String, HeaderFault)
    case index(file: String, IndexFault)
    case ggml(file: String, GgmlFault)
    case missing(tensor: String, file: String)
    case shape(tensor: String, found: [Int], expected: [Int], file: String)
    case type(tensor: String, found: ElementType, file: String)
    /// An infinity, or no number at all, among a tensor's elements.
    case notFinite(tensor: String, file: String)
    /// The file was made shorter while it was read.
    case cutShort(tensor: String, file: String)
    /// Tensors that the model has no place for.
    case extra(tensors: [String], file: String)

    package var what: String {
        switch self {
        case .noWeights(let folder, nil): "\(folder) holds no model.safetensors"
        case .noWeights(let folder, let found?):
            "\(folder) holds \(found) and no model.safetensors"
        case .unreadable(let fault): "cannot read \(fault.path): \(fault.reason)"
        case .malformed(let file, let fault): "\(file) \(fault.sentence)"
        case .index(let file, let fault): "\(file) \(fault.sentence)"
        case .ggml(let file, let fault): "\(file) \(fault.sentence)"
        case .missing(let tensor, let file): "\(file) lacks '\(tensor)'"
        case .shape(let tensor, let found, let expected, let file):
            "\(file) holds '\(tensor)' as \(found) where "
                + (file.hasSuffix(".safetensors") ? "config.json asks for" : "its header asks for")
                + " \(expected)"
        case .type(let tensor, let found, let file):
            "\(file) holds '\(tensor)' as \(found.rawValue) where F32, F16 or BF16 is needed"
        case .notFinite(let tensor, let file):
            "\(file) holds '\(tensor)' with elements that are not numbers"
        case .cutShort(let tensor, let file):
            "\(file) ended before '\(tensor)' did, though it was longer when it was opened"
        case .extra(let tensors, let file):
            "\(file) holds \(tensors.count) tensor\(tensors.count == 1 ? "" : "s") that the model has no place for, "
                + "the first '\(tensors.first ?? "")'"
        }
    }

    package var remedy: String {
        switch self {
        case .noWeights(_, nil): "give the folder that holds the model's files"
        case .noWeights(let folder, let found?):
            "fetch the safetensors files, or convert in that folder: " + conversion(of: found)
                + " (\(folder))"
        case .unreadable: "check the path and its permissions"
        case .malformed(let file, .gitLFSPointer):
            "fetch the real file: git lfs pull, or download \(file) from the model's page"
        case .ggml(_, let fault): fault.remedy
        case .malformed, .index, .notFinite, .cutShort: "fetch the model again"
        case .missing, .shape, .type, .extra:
            "check that config.json and the weights are of the same model, or fetch the model again"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}

private func conversion(of file: String) -> String {
    "python3 -c \"import torch, safetensors.torch as s; s.save_file({k: v.clone().contiguous() "
        + "for k, v in torch.load('\(file)', weights_only=True).items()}, 'model.safetensors')\""
}

/// Why `model.safetensors.index.json` cannot be used.
package enum IndexFault: Error, Sendable, Equatable {
    case notJSON(JSONFault)
    case noMap
    /// A shard's name that is no plain name of a safetensors file beside the index.
    case shardName(String)
    case missingShard(String)
    case notInShard(tensor: String, shard: String)
    case inTwoShards(tensor: String)

    package var sentence: String {
        switch self {
        case .notJSON(let fault): fault.sentence
        case .noMap: "has no 'weight_map'"
        case .shardName(let name): "names '\(name)', which is no safetensors file beside it"
        case .missingShard(let name): "names \(name), which is not there"
        case .notInShard(let tensor, let shard):
            "says that \(shard) holds '\(tensor)', which it does not"
        case .inTwoShards(let tensor): "joins files that both hold '\(tensor)'"
        }
    }
}
