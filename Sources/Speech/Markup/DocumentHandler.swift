import CXml2

/// What happens in an HTML or XML document, in its order.
protocol DocumentHandler: AnyObject {
    /// - Parameters:
    ///   - name: of the element.
    ///   - attributes: names and values.
    ///   - offset: in bytes, behind the tag or nearby.
    func start(_ name: String, attributes: [String: String], offset: Int)
    func end(_ name: String, offset: Int)
    /// - Parameters:
    ///   - text: a piece of it, in UTF-8.
    ///   - offset: in bytes, behind the text or nearby.
    func add(_ text: [UInt8], offset: Int)
}

/// A document that libxml2 reads and a handler hears about.
@safe
final class LibraryDocument {
    private var document: OpaquePointer?
    private let handler: any DocumentHandler

    /// - Throws: `MarkupError.libraryMissing`.
    init(_ kind: cc_document_kind, handler: any DocumentHandler) throws(MarkupError) {
        self.handler = handler
        guard cc_xml2_open() == 1 else { throw .libraryMissing }
        var functions = unsafe cc_document_handler(
            start: { unsafe documentOf($0).start($1, $2, $3) },
            end: { user, name, offset in
                unsafe documentOf(user).handler.end(String(cString: name), offset: Int(offset))
            },
            text: { user, text, length, offset in
                // Safe: so many bytes are there, and are copied.
                let bytes = unsafe UnsafeRawBufferPointer(start: text, count: length)
                unsafe documentOf(user).handler.add(Array(bytes), offset: Int(offset))
            })
        // Safe: this object outlives the document, which `deinit` ends.
        unsafe document = cc_document_begin(
            kind, &functions, Unmanaged.passUnretained(self).toOpaque())
        guard unsafe document != nil else { throw .libraryMissing }
    }

    deinit { unsafe cc_document_end(document) }

    /// - Throws: `MarkupError.malformed` with line and column.
    func add(_ bytes: [UInt8]) throws(MarkupError) {
        guard let document = unsafe document else { return }
        let isGood = unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return true }
            // Safe: so many bytes are there during the call.
            return unsafe cc_document_add(
                document, start.assumingMemoryBound(to: CChar.self), buffer.count) == 1
        }
        if !isGood { throw fault }
    }

    /// - Throws: `MarkupError.malformed`.
    func finish() throws(MarkupError) {
        guard let document = unsafe document else { return }
        if unsafe cc_document_finish(document) != 1 { throw fault }
    }

    private var fault: MarkupError {
        guard let document = unsafe document else { return .libraryMissing }
        var line: Int32 = 0
        var column: Int32 = 0
        // Safe: the sentence belongs to the document and is copied.
        let reason = unsafe String(cString: cc_document_error(document, &line, &column))
        return .malformed(line: Int(line), column: Int(column), reason: reason)
    }

    private func start(
        _ name: UnsafePointer<CChar>, _ list: UnsafePointer<UnsafePointer<CChar>?>?, _ offset: Int
    ) {
        var attributes: [String: String] = [:]
        // Safe: names and values alternate until a name is nil; all is copied.
        if var position = unsafe list {
            while let key = unsafe position.pointee {
                let value = unsafe position[1]
                attributes[unsafe String(cString: key).lowercased()] =
                    unsafe value.map { unsafe String(cString: $0) } ?? ""
                unsafe position += 2
            }
        }
        handler.start(unsafe String(cString: name), attributes: attributes, offset: offset)
    }
}

private func documentOf(_ user: UnsafeMutableRawPointer?) -> LibraryDocument {
    // Safe: `user` is the object that called the library.
    guard let user = unsafe user else { preconditionFailure("libxml2 lost its document") }
    return unsafe Unmanaged<LibraryDocument>.fromOpaque(user).takeUnretainedValue()
}
