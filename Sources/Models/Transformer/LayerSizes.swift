import Inference

/// The sizes of a transformer's layers, by the names that `transformers` gives them.
package struct LayerSizes: Sendable, Equatable {
    package let count: Int
    package let width: Int
    package let mlpWidth: Int
    package let headCount: Int
    package let activation: Activation
    package let epsilon: Float

    /// Bounds that no published model comes near, so that no product of two sizes overflows.
    static let widths = 1...65_536
    static let counts = 1...1_024

    /// - Parameters:
    ///   - file: a section of `config.json`
    ///   - width: where the section has no `hidden_size`
    ///   - mlpWidth: where it has no `intermediate_size`
    ///   - headCount: where it has no `num_attention_heads`
    ///   - activation: where it has no `hidden_act`
    /// - Throws: `ConfigurationError` for a field of another type, out of range, or that does not fit.
    init(
        _ file: Configuration, width: Int, mlpWidth: Int, headCount: Int, activation: Activation
    ) throws(ConfigurationError) {
        count = try file.integer("num_hidden_layers", in: LayerSizes.counts, default: 12)
        self.width = try file.integer("hidden_size", in: LayerSizes.widths, default: width)
        self.mlpWidth = try file.integer(
            "intermediate_size", in: LayerSizes.widths, default: mlpWidth)
        self.headCount = try file.integer(
            "num_attention_heads", in: LayerSizes.counts, default: headCount)
        self.activation = try file.activation("hidden_act", default: activation)
        epsilon = Float(try file.number("layer_norm_eps", default: 1e-5))
        guard self.width % self.headCount == 0 else {
            throw file.unfit("num_attention_heads", expected: "a divisor of hidden_size")
        }
    }
}

/// The sizes of a vision transformer, as the `vision_config` of `config.json` gives them.
///
/// Source: `configuration_blip.py`, class `BlipVisionConfig`; `configuration_clip.py`, class
/// `CLIPVisionConfig`; they differ in the defaults that are given here.
package struct VisionSizes: Sendable, Equatable {
    package let layers: LayerSizes
    /// Side of the square picture, in pixels.
    package let imageSide: Int
    package let patchSide: Int

    package var width: Int { layers.width }
    /// Patches and the class token before them.
    package var positionCount: Int { (imageSide / patchSide) * (imageSide / patchSide) + 1 }

    /// - Parameters:
    ///   - file: `vision_config`
    ///   - imageSide: where it has no `image_size`
    ///   - patchSide: where it has no `patch_size`
    ///   - activation: where it has no `hidden_act`
    /// - Throws: `ConfigurationError` for a field of another type, out of range, or that does not fit.
    init(
        _ file: Configuration, imageSide: Int, patchSide: Int, activation: Activation
    ) throws(ConfigurationError) {
        layers = try LayerSizes(
            file, width: 768, mlpWidth: 3072, headCount: 12, activation: activation)
        self.imageSide = try file.integer("image_size", in: 1...8_192, default: imageSide)
        self.patchSide = try file.integer("patch_size", in: 1...1_024, default: patchSide)
        guard self.imageSide % self.patchSide == 0 else {
            throw file.unfit("patch_size", expected: "a divisor of image_size")
        }
    }
}
