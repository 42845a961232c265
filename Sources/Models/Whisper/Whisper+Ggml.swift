import Inference

extension Whisper.Parts {
    /// Loads a model of whisper.cpp, `ggml-base.en.bin`.
    ///
    /// - Parameters:
    ///   - file: the model, opened
    ///   - precision: what products are computed in
    ///   - places: where packed weights are kept; nil keeps nothing
    /// - Throws: `WeightsError`, `TokenizerError` or `ModelError`.
    package init(
        _ file: GgmlFile, _ precision: Precision, keptAt places: PreparedPlaces? = nil
    ) throws {
        let config = try Whisper.Config(file)
        guard !file.tensors.isEmpty else {
            throw ModelError.mismatch(
                folder: file.path, "there is a vocabulary and there are no weights")
        }
        let tokenizer = try Tokenizer(whisper: file)
        let settings = try Whisper.Settings(file, config, tokenizer)
        let logMel = LogMel(channels: config.melCount)
        guard logMel.frames == 2 * config.soundPositions else {
            throw ModelError.mismatch(
                folder: file.path,
                "a window has \(logMel.frames) frames and the header asks for "
                    + "\(2 * config.soundPositions)")
        }
        guard logMel.hasFilters(file.filters) else {
            throw ModelError.mismatch(
                folder: file.path, "its mel filters are not those of any Whisper")
        }
        let checkpoint = Checkpoint(file, tensors: file.tensors.map(renamed), keptAt: places)
        let encoder = try Whisper.Encoder(
            checkpoint.weights.at("model.encoder"), config, precision)
        let decoder = try Whisper.Decoder(checkpoint.weights, config, precision)
        try checkpoint.finish()
        self.init(
            name: file.path, path: file.path, config: config, settings: settings,
            tokenizer: tokenizer, logMel: logMel, encoder: encoder, decoder: decoder)
    }
}

extension Whisper.Config {
    /// What the header says.
    ///
    /// - Throws: `ModelError.mismatch` where its numbers do not fit each other.
    package init(_ file: GgmlFile) throws(ModelError) {
        let header = file.header
        guard header.soundWidth == header.textWidth,
            header.soundWidth % header.soundHeads == 0, header.textWidth % header.textHeads == 0
        else {
            throw .mismatch(
                folder: file.path,
                "widths of \(header.soundWidth) and \(header.textWidth) with "
                    + "\(header.soundHeads) and \(header.textHeads) heads")
        }
        vocabularySize = header.vocabularySize
        melCount = header.melCount
        soundPositions = header.soundPositions
        textPositions = header.textPositions
        width = header.soundWidth
        // model.py, ResidualAttentionBlock: four times as wide, between them GELU.
        encoder = Stack(
            layerCount: header.soundLayers, headCount: header.soundHeads,
            mlpWidth: 4 * header.soundWidth)
        decoder = Stack(
            layerCount: header.textLayers, headCount: header.textHeads,
            mlpWidth: 4 * header.textWidth)
        activation = .gelu
    }
}

extension Whisper.Settings {
    /// What follows from the vocabulary and the shape: the file itself says nothing.
    ///
    /// - Throws: `ConfigurationError` or `ModelError.mismatch`.
    package init(_ file: GgmlFile, _ config: Whisper.Config, _ tokenizer: Tokenizer) throws {
        try self.init(generation: nil, file: nil, config, tokenizer, source: file.path)
        // decoding.py, DecodingOptions.max_initial_timestamp: 1 s.
        latestFirstTimestamp = 50
        alignmentHeads = Whisper.Settings.publishedHeads(config) ?? alignmentHeads
    }
}

extension Tokenizer {
    /// The tokens of text that the file spells, and after them those with a purpose, which it
    /// leaves out; how many of these are languages follows from the size of the vocabulary.
    ///
    /// Source: openai/whisper, `tokenizer.py`, function `get_encoding`; whisper.cpp does the same
    /// in `whisper_model_load`.
    package init(whisper file: GgmlFile) throws {
        // Files from another converter spell some of those with a purpose, too.
        let end = Array("<|endoftext|>".utf8)
        let texts = (0..<file.tokenCount).first { file.token($0) == end } ?? file.tokenCount
        let times = file.header.soundPositions + 1
        let purposes = ["<|endoftext|>", "<|startoftranscript|>"]
        let tasks = [
            "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
            "<|nospeech|>", "<|notimestamps|>",
        ]
        let languages =
            file.header.vocabularySize - texts - purposes.count - tasks.count - times
        guard (0...languageCodes.count).contains(languages) else {
            throw ModelError.mismatch(
                folder: file.path,
                "\(texts) tokens of text leave room for \(languages) languages among "
                    + "\(file.header.vocabularySize)")
        }
        try self.init(
            ranked: (0..<texts).lazy.map { file.token($0) },
            special: purposes + languageCodes.prefix(languages).map { "<|\($0)|>" } + tasks,
            path: file.path)
    }
}

/// Source: openai/whisper, `tokenizer.py`, `LANGUAGES`, in the order of their tokens.
private let languageCodes =
    """
    en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th \
    ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr \
    pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt \
    haw ln ha ba jw su yue
    """
    .split(separator: " ")

/// A tensor by the name and in the shape that the layers ask for, which are Hugging Face's.
///
/// Source: transformers, `models/whisper/convert_openai_to_hf.py`, `WHISPER_MAPPING`. A name that is
/// not known stays, for the check of what is left over.
private func renamed(_ tensor: StoredTensor) -> StoredTensor {
    var name = tensor.name.split(separator: ".").map(String.init)
    guard let side = name.first, ["encoder", "decoder"].contains(side) else { return tensor }
    var shape = tensor.shape
    if name.count == 5 || name.count == 6, name[1] == "blocks" {
        name[1] = "layers"
        let part = name[3..<(name.count - 1)].joined(separator: ".")
        guard let known = partsOfLayers[part] else { return tensor }
        name.replaceSubrange(3..<(name.count - 1), with: [known])
    } else if name.count >= 2, let known = partsOfSides[name[1]] {
        name.replaceSubrange(1...1, with: known)
        // A convolution's bias is written as [outputs, 1].
        if name.last == "bias", shape.count == 2, shape[1] == 1 { shape.removeLast() }
    } else {
        return tensor
    }
    return tensor.renamed("model." + name.joined(separator: "."), shape: shape)
}

private let partsOfSides = [
    "conv1": ["conv1"], "conv2": ["conv2"], "ln_post": ["layer_norm"], "ln": ["layer_norm"],
    "positional_embedding": ["embed_positions", "weight"], "token_embedding": ["embed_tokens"],
]

private let partsOfLayers = [
    "attn_ln": "self_attn_layer_norm", "attn.query": "self_attn.q_proj",
    "attn.key": "self_attn.k_proj", "attn.value": "self_attn.v_proj",
    "attn.out": "self_attn.out_proj", "cross_attn_ln": "encoder_attn_layer_norm",
    "cross_attn.query": "encoder_attn.q_proj", "cross_attn.key": "encoder_attn.k_proj",
    "cross_attn.value": "encoder_attn.v_proj", "cross_attn.out": "encoder_attn.out_proj",
    "mlp_ln": "final_layer_norm", "mlp.0": "fc1", "mlp.2": "fc2",
]
