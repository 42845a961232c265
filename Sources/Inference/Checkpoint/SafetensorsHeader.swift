/// The table of contents of a safetensors file.
///
///     8 bytes   n, little-endian
///     n bytes   {"__metadata__": {…}, "name": {"dtype": …, "shape": […], "data_offsets": […]}, …}
///     the rest  every tensor's bytes, without overlap and without holes
///
/// Source: `safetensors/src/tensor.rs`, `SafeTensors::read_metadata` and `Metadata::validate`.
package struct SafetensorsHeader: Sendable {
    package struct Entry: Sendable, Equatable {
        package let name: String
        package let type: ElementType
        package let shape: [Int]
        /// From the start of the tensors' bytes.
        package let range: Range<Int>
    }

    /// In the order of their bytes.
    package let entries: [Entry]
    /// Where the tensors' bytes start in the file.
    package let dataOffset: Int

    /// The cap of the reference implementation.
    private static let lengthLimit: UInt64 = 100_000_000

    package init(_ file: MappedFile) throws(HeaderFault) {
        let length = try SafetensorsHeader.length(file)
        dataOffset = 8 + length
        let text = file.bytes(in: 8..<dataOffset)
        guard text.first == UInt8(ascii: "{") else { throw .noObject }
        do {
            var reader = try JSONReader(text)
            entries = try SafetensorsHeader.entries(&reader)
                .sorted {
                    ($0.range.lowerBound, $0.range.upperBound) < (
                        $1.range.lowerBound, $1.range.upperBound
                    )
                }
            try reader.end()
        } catch let fault as JSONFault {
            throw .notJSON(fault)
        } catch let fault as HeaderFault {
            throw fault
        } catch {
            preconditionFailure("an untyped error: \(error)")
        }
        try checkCover(file.count - dataOffset)
    }

    private static func length(_ file: MappedFile) throws(HeaderFault) -> Int {
        let start = file.bytes(in: 0..<min(file.count, gitLFSMark.utf8.count))
        if start.elementsEqual(gitLFSMark.utf8) { throw .gitLFSPointer }
        guard file.count >= 8 else { throw .tooShort(byteCount: file.count) }
        let length = start.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= lengthLimit else { throw .tooLong(length: length) }
        guard length <= UInt64(file.count - 8) else {
            throw .cutShort(length: length, available: file.count - 8)
        }
        return Int(length)
    }

    /// Every byte belongs to exactly one tensor.
    private func checkCover(_ available: Int) throws(HeaderFault) {
        var end = 0
        for entry in entries {
            if entry.range.lowerBound < end { throw .overlap(tensor: entry.name) }
            if entry.range.lowerBound > end { throw .hole(tensor: entry.name) }
            end = entry.range.upperBound
            if end > available {
                throw .dataMissing(tensor: entry.name, end: end, available: available)
            }
        }
        if end < available { throw .trailingBytes(count: available - end) }
    }
}

/// The first line of a pointer file, from `docs/spec.md` of git-lfs.
private let gitLFSMark = "version https://git-lfs.github.com/spec/v1"

extension SafetensorsHeader {
    private static func entries(_ reader: inout JSONReader) throws -> [Entry] {
        var entries: [Entry] = []
        var names: Set<String> = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            guard names.insert(name).inserted else { throw HeaderFault.duplicate(tensor: name) }
            if name == "__metadata__" {
                try metadata(&reader)
            } else {
                entries.append(try entry(named: name, &reader))
            }
        }
        return entries
    }

    /// Strings that nothing here needs, read to know that they are strings.
    private static func metadata(_ reader: inout JSONReader) throws(JSONFault) {
        try reader.beginObject()
        while try reader.nextKey() != nil { _ = try reader.string() }
    }

    private static func entry(named name: String, _ reader: inout JSONReader) throws -> Entry {
        var type: ElementType?
        var shape: [Int]?
        var offsets: [Int]?
        try reader.beginObject()
        while let field = try reader.nextKey() {
            switch field {
            case "dtype" where type == nil:
                let spelling = try reader.string()
                guard let known = ElementType(rawValue: spelling), known.blockLength == 1 else {
                    throw HeaderFault.unknownType(tensor: name, type: spelling)
                }
                type = known
            case "shape" where shape == nil: shape = try integers(&reader)
            case "data_offsets" where offsets == nil: offsets = try integers(&reader)
            default: throw HeaderFault.field(tensor: name, field: field)
            }
        }
        guard let type else { throw HeaderFault.lacks(tensor: name, field: "dtype") }
        guard let shape else { throw HeaderFault.lacks(tensor: name, field: "shape") }
        guard let offsets else { throw HeaderFault.lacks(tensor: name, field: "data_offsets") }
        guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
            throw HeaderFault.range(tensor: name, offsets: offsets)
        }
        let range = offsets[0]..<offsets[1]
        guard let byteCount = byteCount(type, shape) else {
            throw HeaderFault.shape(tensor: name, shape: shape)
        }
        guard range.count == byteCount else {
            throw HeaderFault.size(tensor: name, found: range.count, expected: byteCount)
        }
        return Entry(name: name, type: type, shape: shape, range: range)
    }

    private static func integers(_ reader: inout JSONReader) throws(JSONFault) -> [Int] {
        var integers: [Int] = []
        try reader.beginArray()
        while try reader.nextElement() { integers.append(try reader.integer()) }
        return integers
    }

    /// What a tensor of that shape takes; nil for a shape that cannot be.
    private static func byteCount(_ type: ElementType, _ shape: [Int]) -> Int? {
        var bits = type.blockBits
        for side in shape {
            let (product, overflow) = bits.multipliedReportingOverflow(by: side)
            guard side >= 0, !overflow else { return nil }
            bits = product
        }
        return bits % 8 == 0 ? bits / 8 : nil
    }
}

/// Why a file is no safetensors file.
package enum HeaderFault: Error, Sendable, Equatable {
    case gitLFSPointer
    case tooShort(byteCount: Int)
    case tooLong(length: UInt64)
    case cutShort(length: UInt64, available: Int)
    case noObject
    case notJSON(JSONFault)
    case duplicate(tensor: String)
    case unknownType(tensor: String, type: String)
    case field(tensor: String, field: String)
    case lacks(tensor: String, field: String)
    case shape(tensor: String, shape: [Int])
    case range(tensor: String, offsets: [Int])
    case size(tensor: String, found: Int, expected: Int)
    case overlap(tensor: String)
    case hole(tensor: String)
    case dataMissing(tensor: String, end: Int, available: Int)
    case trailingBytes(count: Int)

    /// Continues "the file …".
    package var sentence: String {
        switch self {
        case .gitLFSPointer: "is a Git LFS pointer, not the weights"
        case .tooShort(0): "is empty"
        case .tooShort(let count): "is only \(count) bytes long"
        case .tooLong(let length): "claims a header of \(length) bytes, more than any model has"
        case .cutShort(let length, let available):
            "claims a header of \(length) bytes and holds \(available)"
        case .noObject: "has no safetensors header"
        case .notJSON(let fault): "has a header that \(fault.sentence)"
        case .duplicate(let tensor): "names '\(tensor)' twice"
        case .unknownType(let tensor, let type):
            "holds '\(tensor)' in the unknown element type '\(type)'"
        case .field(let tensor, let field): "says '\(field)' of '\(tensor)', which nobody knows"
        case .lacks(let tensor, let field): "does not say '\(field)' of '\(tensor)'"
        case .shape(let tensor, let shape): "gives '\(tensor)' the impossible shape \(shape)"
        case .range(let tensor, let offsets):
            "gives '\(tensor)' the impossible byte range \(offsets)"
        case .size(let tensor, let found, let expected):
            "gives '\(tensor)' \(found) bytes where its shape takes \(expected)"
        case .overlap(let tensor): "lets '\(tensor)' share bytes with another tensor"
        case .hole(let tensor): "has unexplained bytes before '\(tensor)'"
        case .dataMissing(let tensor, let end, let available):
            "is cut short: '\(tensor)' ends at byte \(end) of its data and \(available) are there"
        case .trailingBytes(let count): "has \(count) unexplained bytes at its end"
        }
    }
}
