import CZLib

/// Bytes of a text over its bytes compressed: about 1 for speech, high for repetition.
///
/// Source: `openai/whisper`, `utils.py`, `compression_ratio`: zlib at its default level.
package func compressionRatio(of text: String) -> Float {
    let bytes = Array(text.utf8)
    var length = compressBound(uLong(bytes.count))
    var compressed = [UInt8](repeating: 0, count: Int(length))
    // Safe: both arrays live through the call, which writes at most `length` bytes.
    let status = unsafe compress(&compressed, &length, bytes, uLong(bytes.count))
    precondition(status == Z_OK, "zlib's \(status) for \(bytes.count) bytes")
    return Float(bytes.count) / Float(length)
}
