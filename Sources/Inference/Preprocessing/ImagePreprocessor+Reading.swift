import Signals

extension ImagePreprocessor {
    /// Reads `preprocessor_config.json` of a model folder.
    ///
    /// What the file leaves out has the default of the class that it names.
    ///
    /// - Throws: `PreprocessorError`.
    package init(folder: String) throws(PreprocessorError) {
        let path = folder + "/preprocessor_config.json"
        guard MappedFile.exists(path) else { throw .noConfiguration(folder: folder) }
        let text: [UInt8]
        do { text = try MappedFile.bytes(of: path) } catch { throw .unreadable(error) }
        let values: JSONValue
        do { values = try JSONValue(parsing: text) } catch { throw .notJSON(file: path, error) }
        try self.init(Settings(file: path, values: values))
    }

    private init(_ settings: Settings) throws(PreprocessorError) {
        let standard = try Standard(settings)
        if try settings.flag("do_pad", default: false) {
            throw .unknownStep(file: settings.file, name: "do_pad")
        }
        size =
            try settings.flag("do_resize", default: true)
            ? settings.size("size", default: standard.size, isSquare: standard.sizeIsSquare) : nil
        let number = try settings.integer("resample", default: standard.resampling.rawValue)
        guard let resampling = Resampling(rawValue: number) else {
            throw .field(file: settings.file, name: "resample")
        }
        self.resampling = resampling
        crop =
            try settings.flag("do_center_crop", default: standard.crop != nil)
            ? settings.crop(default: standard.crop) : nil
        rescaleFactor =
            try settings.flag("do_rescale", default: true)
            ? settings.number("rescale_factor", default: 1.0 / 255) : nil
        normalization =
            try settings.flag("do_normalize", default: true)
            ? Normalization(
                mean: settings.channels("image_mean", default: standard.mean),
                deviation: settings.channels("image_std", default: standard.deviation)) : nil
        if let normalization, normalization.deviation.contains(0) {
            throw .field(file: settings.file, name: "image_std")
        }
    }
}

/// The defaults of a class of the reference.
///
/// Source: `models/*/image_processing_pil_*.py` and `image_utils.py` of transformers.
private struct Standard {
    let size: ImagePreprocessor.Size
    /// Whether a bare number gives both sides or the shorter one.
    let sizeIsSquare: Bool
    let resampling: Resampling
    let crop: ImagePreprocessor.Crop?
    let mean: [Double]
    let deviation: [Double]

    init(_ settings: Settings) throws(PreprocessorError) {
        let keys = ["image_processor_type", "feature_extractor_type"]
        guard let type = keys.compactMap({ settings.values[$0]?.string }).first else {
            throw .field(file: settings.file, name: keys[0])
        }
        // One class has several names: by backend, and from before it was renamed.
        let endings = [
            "ImageProcessor", "ImageProcessorFast", "ImageProcessorPil", "FeatureExtractor",
        ]
        let model = endings.filter { type.hasSuffix($0) }.map { type.dropLast($0.count) }.first
        switch model {
        case "Blip":
            self.init(.exact(width: 384, height: 384), isSquare: true, .bicubic, clip: true)
        case "CLIP":
            self.init(
                .shortestEdge(224), isSquare: false, .bicubic,
                crop: .init(width: 224, height: 224), clip: true)
        case "ViT":
            self.init(.exact(width: 224, height: 224), isSquare: true, .bilinear, clip: false)
        case "Siglip":
            self.init(.exact(width: 224, height: 224), isSquare: true, .bicubic, clip: false)
        default: throw .unknownType(file: settings.file, type: type)
        }
    }

    /// With `clip`, mean and deviation of CLIP's training pictures (`OPENAI_CLIP_MEAN`), else 0.5
    /// (`IMAGENET_STANDARD_MEAN`).
    private init(
        _ size: ImagePreprocessor.Size, isSquare: Bool, _ resampling: Resampling,
        crop: ImagePreprocessor.Crop? = nil, clip: Bool
    ) {
        self.size = size
        sizeIsSquare = isSquare
        self.resampling = resampling
        self.crop = crop
        mean = clip ? [0.48145466, 0.4578275, 0.40821073] : [0.5, 0.5, 0.5]
        deviation = clip ? [0.26862954, 0.26130258, 0.27577711] : [0.5, 0.5, 0.5]
    }
}

/// The fields of a file, each of its kind or refused.
private struct Settings {
    let file: String
    let values: JSONValue

    /// No picture model takes larger sides.
    private static let sideLimit = 8192

    func flag(_ name: String, default standard: Bool) throws(PreprocessorError) -> Bool {
        guard let value = values[name] else { return standard }
        guard let flag = value.boolean else { throw .field(file: file, name: name) }
        return flag
    }

    func integer(_ name: String, default standard: Int) throws(PreprocessorError) -> Int {
        guard let value = values[name] else { return standard }
        guard let integer = value.integer else { throw .field(file: file, name: name) }
        return integer
    }

    func number(_ name: String, default standard: Double) throws(PreprocessorError) -> Double {
        guard let value = values[name] else { return standard }
        guard let number = value.double else { throw .field(file: file, name: name) }
        return number
    }

    func channels(_ name: String, default standard: [Double]) throws(PreprocessorError) -> [Double]
    {
        guard let value = values[name] else { return standard }
        let numbers = value.array?.compactMap(\.double) ?? []
        guard numbers.count == 3 else { throw .field(file: file, name: name) }
        return numbers
    }

    func size(
        _ name: String, default standard: ImagePreprocessor.Size, isSquare: Bool
    ) throws(PreprocessorError) -> ImagePreprocessor.Size {
        guard let value = values[name] else { return standard }
        if let edge = side(value) {
            return isSquare ? .exact(width: edge, height: edge) : .shortestEdge(edge)
        }
        let fields = value.object ?? [:]
        if fields.count == 1, let edge = side(fields["shortest_edge"]) {
            return .shortestEdge(edge)
        }
        if fields.count == 2, let width = side(fields["width"]), let height = side(fields["height"])
        {
            return .exact(width: width, height: height)
        }
        throw .field(file: file, name: name)
    }

    func crop(default standard: ImagePreprocessor.Crop?) throws(PreprocessorError)
        -> ImagePreprocessor.Crop
    {
        guard let value = values["crop_size"] else {
            guard let standard else { throw .field(file: file, name: "crop_size") }
            return standard
        }
        if let edge = side(value) { return .init(width: edge, height: edge) }
        guard let width = side(value["width"]), let height = side(value["height"]) else {
            throw .field(file: file, name: "crop_size")
        }
        return .init(width: width, height: height)
    }

    private func side(_ value: JSONValue?) -> Int? {
        guard let side = value?.integer, (1...Settings.sideLimit).contains(side) else { return nil }
        return side
    }
}

/// Why a model's preprocessing is not known.
package enum PreprocessorError: Explained, Equatable {
    case noConfiguration(folder: String)
    case unreadable(FileFault)
    case notJSON(file: String, JSONFault)
    /// A field that is missing or not of the kind that it must be.
    case field(file: String, name: String)
    /// A class of image processor that is not known here.
    case unknownType(file: String, type: String)
    /// A step that is asked for and not known here.
    case unknownStep(file: String, name: String)

    package var what: String {
        switch self {
        case .noConfiguration(let folder): "\(folder) holds no preprocessor_config.json"
        case .unreadable(let fault): "cannot read \(fault.path): \(fault.reason)"
        case .notJSON(let file, let fault): "\(file) \(fault.sentence)"
        case .field(let file, let name): "\(file) has no proper '\(name)'"
        case .unknownType(let file, let type):
            "\(file) asks for the image processor '\(type)', which is not known here"
        case .unknownStep(let file, let name):
            "\(file) asks for '\(name)', which is not known here"
        }
    }

    package var remedy: String {
        switch self {
        case .noConfiguration, .notJSON, .field: "fetch the model again, with all its files"
        case .unreadable: "check the path and its permissions"
        case .unknownType, .unknownStep: "use another model"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
