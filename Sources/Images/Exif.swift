/// What a camera wrote about a picture.
///
/// A reader of the few fields that are used, of the main picture only: the directory of the embedded
/// thumbnail is not followed. Every offset in the block may be hostile; what does not fit is taken
/// as not there.
///
/// Source: Exif 2.32 (CIPA DC-008-2019), sections 4.5.2 and 4.6.
struct Exif: Equatable {
    /// 1 to 8; 1 where the file does not say, or says something else.
    private(set) var orientation = 1
    private(set) var captureDate: String?
    private(set) var camera: String?

    init() {}

    /// - Parameter block: the EXIF block from its byte-order mark on.
    init(_ block: [UInt8]) {
        guard let directory = Directory(firstOf: block) else { return }
        if let value = directory.number(.orientation), (1...8).contains(value) {
            orientation = value
        }
        let details = directory.number(.detailsDirectory).flatMap {
            Directory(block, bigEndian: directory.bigEndian, at: $0)
        }
        captureDate = [details?.text(.dateTimeOriginal), directory.text(.dateTime)]
            .compactMap { $0 }.first(where: isDate)
        camera = joined(maker: directory.text(.maker), model: directory.text(.model))
    }
}

/// "2024:05:01 12:30:00"; cameras whose clock was never set write zeros or spaces.
private func isDate(_ text: String) -> Bool {
    let pattern = Array("0000:00:00 00:00:00".utf8)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let bytes = Array(text.utf8)
    return bytes.count == pattern.count
        && zip(bytes, pattern).allSatisfy {
            $1 == digits.lowerBound ? digits.contains($0) : $0 == $1
        }
        && bytes != pattern
}

/// Many models begin with their maker's name: "NIKON CORPORATION" makes the "NIKON D70".
private func joined(maker: String?, model: String?) -> String? {
    guard let maker else { return model }
    guard let model else { return maker }
    let name = maker.lowercased().split(separator: " ").first ?? ""
    return model.lowercased().hasPrefix(name) ? model : maker + " " + model
}

private enum Tag: Int {
    case maker = 0x010F
    case model = 0x0110
    case orientation = 0x0112
    case dateTime = 0x0132
    case detailsDirectory = 0x8769
    case dateTimeOriginal = 0x9003
}

/// One table of fields, twelve bytes each: tag, type, count, and the value or where it lies.
private struct Directory {
    private let block: [UInt8]
    let bigEndian: Bool
    private let firstField: Int
    private let fieldCount: Int

    init?(firstOf block: [UInt8]) {
        let bigEndian = block.has([0x4D, 0x4D, 0, 42])
        guard bigEndian || block.has([0x49, 0x49, 42, 0]),
            let offset = block.number(4, at: 4, bigEndian: bigEndian)
        else { return nil }
        self.init(block, bigEndian: bigEndian, at: offset)
    }

    init?(_ block: [UInt8], bigEndian: Bool, at offset: Int) {
        guard let fieldCount = block.number(2, at: offset, bigEndian: bigEndian) else { return nil }
        self.block = block
        self.bigEndian = bigEndian
        self.fieldCount = fieldCount
        firstField = offset + 2
    }

    /// A field of one number, short or long.
    func number(_ tag: Tag) -> Int? {
        guard let field = offset(of: tag) else { return nil }
        switch read(2, field + 2) {
        case FieldType.short: return read(2, field + 8)
        case FieldType.long: return read(4, field + 8)
        default: return nil
        }
    }

    /// A field of text, without what could steer a terminal; nil where nothing is left.
    func text(_ tag: Tag) -> String? {
        guard let field = offset(of: tag), read(2, field + 2) == FieldType.text,
            let count = read(4, field + 4)
        else { return nil }
        let start = count <= 4 ? field + 8 : read(4, field + 8)
        guard let start, start <= block.count, count <= block.count - start else { return nil }
        let bytes = block[start..<start + count].prefix { $0 != 0 }
        let shown = bytes.filter { $0 >= 0x20 && $0 != 0x7F }
        let words = String(decoding: shown, as: UTF8.self).split(separator: " ")
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private func offset(of tag: Tag) -> Int? {
        (0..<fieldCount).lazy.map { firstField + 12 * $0 }
            .first { read(2, $0) == tag.rawValue && $0 + 12 <= block.count }
    }

    private func read(_ byteCount: Int, _ offset: Int) -> Int? {
        block.number(byteCount, at: offset, bigEndian: bigEndian)
    }

    private enum FieldType {
        static let text = 2
        static let short = 3
        static let long = 4
    }
}
