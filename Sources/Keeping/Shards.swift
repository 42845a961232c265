import Inference

/// The files that weights were split into.
package enum Shards {
    /// - Parameters:
    ///   - bytes: of `model.safetensors.index.json`
    ///   - place: whose it is, for the message
    /// - Returns: names, each once, sorted
    /// - Throws: `NeededFilesError` where it names none, or one that is not a plain safetensors file.
    package static func names(
        inIndex bytes: [UInt8], of place: String
    ) throws(NeededFilesError) -> [String] {
        let index = try? JSONValue(parsing: bytes)
        let names = Set((index?["weight_map"]?.object ?? [:]).values.compactMap(\.string)).sorted()
        let isPlain = names.allSatisfy {
            $0.hasSuffix(".safetensors") && !$0.contains("/") && !$0.hasPrefix(".")
        }
        guard !names.isEmpty, isPlain else {
            throw .missing("usable model.safetensors.index.json", place: place)
        }
        return names
    }
}
