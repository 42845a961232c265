import Kernels

/// Where what is packed may be kept from one start to the next, and for which way of computing.
package struct PreparedPlaces: Sendable {
    /// Paths without an ending, best first.
    private let stems: [String]
    let precision: Precision
    /// Weights of fewer bytes are packed at each start.
    let leastBytes: Int

    /// - Parameters:
    ///   - stems: paths without an ending, best first: "/models/whisper-base/model"; none where
    ///     nothing is to be kept
    ///   - precision: what products are computed in
    ///   - leastBytes: of weights that are worth keeping
    package init(_ stems: [String], _ precision: Precision, leastBytes: Int = 32 << 20) {
        self.stems = stems
        self.precision = precision
        self.leastBytes = leastBytes
    }

    /// Names differ where a processor packs otherwise, so that machines which share a folder do not
    /// replace each other's files: `model.int8.avx2.curbcut`.
    package var paths: [String] {
        guard !precision.layouts.isEmpty else { return [] }
        let processor = cc_current_level() == CC_LEVEL_AVX2 ? ".avx2" : ""
        return stems.map { "\($0).\(precision.rawValue)\(processor).curbcut" }
    }
}
