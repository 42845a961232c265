/// A Whisper model as whisper.cpp writes it: `ggml-base.en.bin`, mapped and not yet read.
///
///     4 bytes   "lmgg"; every number is little-endian
///     44        eleven 32-bit numbers, see `Header`
///     8 + 4mn   mel filters: m, n, and m rows of n floats
///     4 + …     vocabulary: how many tokens, then each one's length and its bytes
///     the rest  tensors: how many axes, the name's length, the type, the axes from the innermost
///               out, the name, the numbers; nothing is padded
///
/// Source: whisper.cpp, `src/whisper.cpp`, `whisper_model_load`, and
/// `models/convert-pt-to-ggml.py`.
package struct GgmlFile: Sendable {
    /// The numbers after the magic, in this order; `type` is dealt with.
    package struct Header: Sendable, Equatable {
        package let vocabularySize: Int
        package let soundPositions: Int
        package let soundWidth: Int
        package let soundHeads: Int
        package let soundLayers: Int
        package let textPositions: Int
        package let textWidth: Int
        package let textHeads: Int
        package let textLayers: Int
        package let melCount: Int
    }

    package let path: String
    package let header: Header
    /// The mel filters, `[melCount, bins]`.
    package let filters: Tensor
    /// By the file's own names; shapes go from the outermost axis in.
    package let tensors: [StoredTensor]
    private let file: MappedFile
    private let tokens: [Range<Int>]

    /// - Throws: `WeightsError.unreadable` or `.ggml`.
    package init(path: String) throws(WeightsError) {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw .unreadable(error) }
        do {
            var reader = GgmlReader(file)
            try reader.magic()
            let (header, version) = try reader.header()
            self.header = header
            filters = try reader.filters(rows: header.melCount)
            tokens = try reader.vocabulary(most: header.vocabularySize)
            tensors = try reader.tensors(version: version)
        } catch {
            throw .ggml(file: path, error)
        }
        self.path = path
        self.file = file
    }

    /// Tokens of text, by their ids; those with a purpose follow and are not written down.
    package var tokenCount: Int { tokens.count }

    /// The bytes that a token spells.
    package func token(_ id: Int) -> [UInt8] { file.bytes(in: tokens[id]) }
}

/// Why a file is no Whisper model of whisper.cpp.
package enum GgmlFault: Error, Sendable, Equatable {
    /// Another format of the same library, which Whisper is not published in.
    case gguf
    case gitLFSPointer
    case otherMagic
    /// It ends inside of that part.
    case cutShort(part: String)
    /// A count of the header that no model has.
    case header(field: String, value: Int)
    case tooManyTokens(found: Int, most: Int)
    case axes(tensor: String, count: Int)
    case shape(tensor: String, shape: [Int])
    /// By ggml's name, else its number.
    case type(tensor: String, type: String)
    case duplicate(tensor: String)
    /// Blocks were laid out otherwise in earlier versions.
    case version(Int)
    case notFinite

    /// Continues "the file …".
    package var sentence: String {
        switch self {
        case .gguf: "is a GGUF file, a format that Whisper's models do not come in"
        case .gitLFSPointer: "is a Git LFS pointer, not the model"
        case .otherMagic: "is no ggml file: it does not begin with the letters 'lmgg'"
        case .cutShort(let part): "is cut short: it ends inside of \(part)"
        case .header(let field, let value): "claims \(value) as \(field), which no model has"
        case .tooManyTokens(let found, let most):
            "claims to spell \(found) tokens where its vocabulary has \(most)"
        case .axes(let tensor, let count): "gives '\(tensor)' \(count) axes, where 1 to 4 can be"
        case .shape(let tensor, let shape): "gives '\(tensor)' the impossible shape \(shape)"
        case .type(let tensor, let type):
            "holds '\(tensor)' as \(type) where F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1 or Q8_0 is "
                + "needed"
        case .duplicate(let tensor): "names '\(tensor)' twice"
        case .version(let version):
            "is quantised in version \(version) of ggml's blocks, where version 2 is needed"
        case .notFinite: "has mel filters that are not numbers"
        }
    }

    package var remedy: String {
        switch self {
        case .gguf, .type, .version:
            "fetch a Whisper model in another form: ggml-base.bin, its q8_0, q5_1 or q5_0, or the "
                + "folder from Hugging Face"
        case .otherMagic:
            "give a file of whisper.cpp's such as ggml-base.bin, or the folder of another model"
        default: "fetch the model again"
        }
    }
}
