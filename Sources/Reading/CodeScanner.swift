import CZBar

/// zbar's image scanner.
///
/// The one place where Reading touches zbar's memory.
@safe
struct CodeScanner: ~Copyable {
    private let handle: OpaquePointer

    /// - Throws: `ReadingError.codeScannerMissing`.
    init() throws(ReadingError) {
        // Safe: the library is open; the handle is destroyed once, in deinit.
        guard cc_zbar_open() == 1, let created = unsafe cc_scanner_create() else {
            throw .codeScannerMissing
        }
        unsafe handle = created
    }

    deinit {
        // Safe: nobody else holds the handle.
        unsafe cc_scanner_destroy(handle)
    }

    /// Every code in a picture that agrees with itself often enough to be believed.
    func search(_ picture: GreyPicture) throws(ReadingError) -> [Code] {
        guard picture.width > 1, picture.height > 1 else { return [] }
        // Safe: the scan reads `pixels` only during the call that made it; the codes are read
        // before the scan that owns them is destroyed.
        guard
            let scan = unsafe cc_scanner_search(
                handle, picture.pixels, picture.width, picture.height)
        else { throw .codeScannerFailed(width: picture.width, height: picture.height) }
        defer { unsafe cc_scan_destroy(scan) }
        var codes: [Code] = []
        var next = unsafe cc_scan_first(scan)
        while let found = unsafe next {
            if let code = unsafe Self.code(found) { codes.append(code) }
            unsafe next = cc_code_next(found)
        }
        return codes
    }

    /// Bar codes are read along many lines.
    ///
    /// One line alone may cross stripes that only look like a
    /// code: stripes and fences give "codes" of this kind, which carry no checksum or a weak one.
    private static let leastAgreement = 2

    /// Nil for a kind without a name, an empty text, and for stripes that one line took for bars.
    private static func code(_ found: OpaquePointer) -> Code? {
        // Safe: the caller's scan owns `found`; its text of `length` bytes is copied.
        guard let kind = Code.Kind(zbar: unsafe cc_code_type(found)) else { return nil }
        var length = 0
        guard let bytes = unsafe cc_code_text(found, &length), length > 0 else { return nil }
        if kind.needsAgreement, unsafe cc_code_quality(found) < Int32(leastAgreement) { return nil }
        let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: length)
        var text = unsafe String(decoding: raw, as: UTF8.self)
        while text.utf8.last == 0 { text.removeLast() }
        return text.isEmpty ? nil : Code(kind: kind, text: text, box: unsafe box(of: found))
    }

    private static func box(of found: OpaquePointer) -> Box {
        var left = Int.max
        var top = Int.max
        var right = 0
        var bottom = 0
        // Safe: indices stay below the count that zbar gives.
        for i in 0..<(unsafe cc_code_corner_count(found)) {
            var x: Int32 = 0
            var y: Int32 = 0
            unsafe cc_code_corner(found, i, &x, &y)
            left = min(left, Int(x))
            top = min(top, Int(y))
            right = max(right, Int(x))
            bottom = max(bottom, Int(y))
        }
        guard left <= right, top <= bottom else { return Box(x: 0, y: 0, width: 1, height: 1) }
        return Box(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }
}

extension Code.Kind {
    /// Source: `zbar.h`, `zbar_symbol_type_t`.
    fileprivate init?(zbar type: Int32) {
        switch type {
        case 2: self = .ean2
        case 5: self = .ean5
        case 8: self = .ean8
        case 9: self = .upcE
        case 10: self = .isbn10
        case 12: self = .upcA
        case 13: self = .ean13
        case 14: self = .isbn13
        case 15: self = .composite
        case 25: self = .interleaved
        case 34: self = .dataBar
        case 35: self = .dataBarExpanded
        case 38: self = .codabar
        case 39: self = .code39
        case 57: self = .pdf417
        case 64: self = .qr
        case 80: self = .sq
        case 93: self = .code93
        case 128: self = .code128
        default: return nil
        }
    }

    /// Whether it is read along lines, and so can be found in stripes by mistake.
    fileprivate var needsAgreement: Bool {
        switch self {
        case .qr, .sq, .pdf417: false
        default: true
        }
    }
}
