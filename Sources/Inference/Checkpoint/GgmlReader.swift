/// Reads a `GgmlFile` from front to back; no count is believed further than the file reaches.
struct GgmlReader {
    private let file: MappedFile
    private var position = 0

    init(_ file: MappedFile) { self.file = file }

    /// 0x67676d6c, "ggml" as a number.
    static let mark = Array("lmgg".utf8)
    static let otherMark = Array("GGUF".utf8)

    mutating func magic() throws(GgmlFault) {
        let start = file.bytes(in: 0..<min(4, file.count))
        if start == GgmlReader.otherMark { throw .gguf }
        if start == Array("vers".utf8) { throw .gitLFSPointer }
        if file.count >= 4, start != GgmlReader.mark { throw .otherMagic }
        _ = try number("its magic number")
    }

    /// - Returns: the header, and the version of the blocks.
    mutating func header() throws(GgmlFault) -> (GgmlFile.Header, version: Int) {
        func count(
            _ reader: inout GgmlReader, _ field: String, most: Int = 65_536
        ) throws(GgmlFault) -> Int {
            let value = try reader.number("its header")
            guard (1...most).contains(value) else { throw .header(field: field, value: value) }
            return value
        }
        let header = GgmlFile.Header(
            vocabularySize: try count(&self, "tokens", most: 1_000_000),
            soundPositions: try count(&self, "positions of sound"),
            soundWidth: try count(&self, "width of the encoder"),
            soundHeads: try count(&self, "heads of the encoder"),
            soundLayers: try count(&self, "layers of the encoder", most: 1_024),
            textPositions: try count(&self, "positions of text"),
            textWidth: try count(&self, "width of the decoder"),
            textHeads: try count(&self, "heads of the decoder"),
            textLayers: try count(&self, "layers of the decoder", most: 1_024),
            melCount: try count(&self, "mel bands", most: 1_024))
        let type = try number("its header")
        // ggml.h, GGML_QNT_VERSION_FACTOR
        guard (0..<10_000).contains(type) else { throw .header(field: "type", value: type) }
        return (header, type / 1_000)
    }

    mutating func filters(rows wanted: Int) throws(GgmlFault) -> Tensor {
        let part = "its mel filters"
        let (rows, columns) = (try number(part), try number(part))
        guard rows == wanted else { throw .header(field: "rows of mel filters", value: rows) }
        guard (1...65_536).contains(columns) else {
            throw .header(field: "columns of mel filters", value: columns)
        }
        let bytes = try take(4 * rows * columns, part)
        let stored = StoredTensor(
            name: part, type: .f32, shape: [rows, columns], file: file, offset: bytes.lowerBound,
            byteCount: bytes.count)
        do { return Tensor(try stored.floats(), shape: stored.shape) } catch { throw .notFinite }
    }

    /// - Returns: where the bytes of each token lie.
    mutating func vocabulary(most: Int) throws(GgmlFault) -> [Range<Int>] {
        let part = "its vocabulary"
        let count = try number(part)
        guard (1...most).contains(count) else { throw .tooManyTokens(found: count, most: most) }
        var tokens: [Range<Int>] = []
        for _ in 0..<count { tokens.append(try take(try number(part), part)) }
        return tokens
    }

    mutating func tensors(version: Int) throws(GgmlFault) -> [StoredTensor] {
        var tensors: [StoredTensor] = []
        var names: Set<String> = []
        while position < file.count {
            let tensor = try tensor()
            guard names.insert(tensor.name).inserted else { throw .duplicate(tensor: tensor.name) }
            // ggml.h, GGML_QNT_VERSION
            guard tensor.type.blockLength == 1 || version == 2 else { throw .version(version) }
            tensors.append(tensor)
        }
        return tensors
    }

    private mutating func tensor() throws(GgmlFault) -> StoredTensor {
        let part = "the head of a tensor"
        let (axisCount, nameLength) = (try number(part), try number(part))
        let typeNumber = try number(part)
        // Not yet named: an impossible count is told by the place.
        guard (1...4).contains(axisCount) else {
            throw .axes(tensor: "at byte \(position - 12)", count: axisCount)
        }
        var axes: [Int] = []
        for _ in 0..<axisCount { axes.append(try number(part)) }
        let spelling = try take(nameLength, part)
        let name = String(decoding: file.bytes(in: spelling), as: UTF8.self)
        guard let type = GgmlReader.types[typeNumber] else {
            throw .type(
                tensor: name, type: GgmlReader.otherTypes[typeNumber] ?? "type \(typeNumber)")
        }
        let shape = Array(axes.reversed())
        guard let byteCount = byteCount(type, axes) else {
            throw .shape(tensor: name, shape: shape)
        }
        let range = try take(byteCount, "'\(name)'")
        return StoredTensor(
            name: name, type: type, shape: shape, file: file, offset: range.lowerBound,
            byteCount: byteCount)
    }

    /// What a tensor takes, whose blocks lie along its innermost axis; nil for impossible ones.
    private func byteCount(_ type: ElementType, _ axes: [Int]) -> Int? {
        guard axes.allSatisfy({ $0 > 0 }), axes[0].isMultiple(of: type.blockLength) else {
            return nil
        }
        var bytes = type.blockBits / 8
        for (i, axis) in axes.enumerated() {
            let (product, overflow) = bytes.multipliedReportingOverflow(
                by: i == 0 ? axis / type.blockLength : axis)
            guard !overflow else { return nil }
            bytes = product
        }
        return bytes
    }

    // ggml.h, enum ggml_type
    private static let types: [Int: ElementType] = [
        0: .f32, 1: .f16, 2: .q4x0, 3: .q4x1, 6: .q5x0, 7: .q5x1, 8: .q8x0, 30: .bf16,
    ]
    private static let otherTypes = [
        9: "Q8_1", 10: "Q2_K", 11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 15: "Q8_K",
        16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S",
        22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64",
    ]

    /// The next 32 bits, with a sign.
    private mutating func number(_ part: String) throws(GgmlFault) -> Int {
        let bits = file.bytes(in: try take(4, part)).reversed().reduce(UInt32(0)) {
            $0 << 8 | UInt32($1)
        }
        return Int(Int32(bitPattern: bits))
    }

    /// Passes over some bytes that must be there.
    private mutating func take(_ count: Int, _ part: String) throws(GgmlFault) -> Range<Int> {
        guard count >= 0, count <= file.count - position else { throw .cutShort(part: part) }
        defer { position += count }
        return position..<(position + count)
    }
}
