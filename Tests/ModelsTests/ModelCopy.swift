import ModelStore
import TestKit

/// A model's files, some of them with other contents.
///
/// - Parameters:
///   - source: a fixture
///   - changes: contents by name
/// - Returns: a folder with all that `source` has of them
/// - Throws: where a file cannot be read or written.
func copy(of source: ModelFolder, changing changes: [String: [UInt8]]) throws -> TemporaryFolder {
    let copy = try TemporaryFolder()
    let names = [
        "config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json",
        "tokenizer_config.json", "generation_config.json",
    ]
    for name in names where changes[name] != nil || source.path(of: name) != nil {
        try copy.write(name, changes[name] ?? source.bytes(of: name, limit: 1 << 22))
    }
    return copy
}
