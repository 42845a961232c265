import Crypto

/// What a file's bytes must be, as its publisher gives it.
package enum FileDigest: Sendable, Equatable {
    /// Of large files, which the hub keeps by it.
    case sha256(String)
    /// git's name for the contents of a small file: SHA-1 over a header and the bytes.
    case gitBlob(String)

    /// - Parameter text: an ETag or another word, of 64 or 40 hexadecimal digits, quoted or not.
    package init?(_ text: String) {
        let digits = text.drop { $0 == "\"" }.prefix { $0 != "\"" }.lowercased()
        guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        switch digits.count {
        case 64: self = .sha256(digits)
        case 40: self = .gitBlob(digits)
        default: return nil
        }
    }

    package var hexDigits: String {
        switch self {
        case .sha256(let digits), .gitBlob(let digits): digits
        }
    }

    /// As messages name it.
    package var name: String {
        switch self {
        case .sha256: "SHA-256"
        case .gitBlob: "git digest"
        }
    }
}

/// A digest that grows with the bytes.
package struct RunningDigest: Sendable {
    private var sha256: SHA256?
    private var sha1: Insecure.SHA1?
    package private(set) var byteCount = 0

    /// - Parameters:
    ///   - expected: of whose kind the digest is to be; nil for SHA-256
    ///   - size: of the whole file, which git's digest begins with
    package init(like expected: FileDigest?, size: Int?) {
        if case .gitBlob = expected, let size {
            var digest = Insecure.SHA1()
            digest.update(data: Array("blob \(size)\0".utf8))
            sha1 = digest
        } else {
            sha256 = SHA256()
        }
    }

    @unsafe package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        byteCount += bytes.count
        // Safe: the caller's buffer, lent on for the calls.
        unsafe sha256?.update(bufferPointer: bytes)
        unsafe sha1?.update(bufferPointer: bytes)
    }

    /// Reads a file from where it stands to its end.
    ///
    /// - Throws: `DiskFault`, also where the task is cancelled meanwhile: files have gigabytes.
    package mutating func update(toEndOf file: borrowing OpenFile) throws(DiskFault) {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            if Task.isCancelled { throw .cancelled }
            let count = try file.read(into: &buffer)
            if count == 0 { return }
            update(buffer[..<count])
        }
    }

    package mutating func update(_ bytes: ArraySlice<UInt8>) {
        // Safe: the slice is lent for the call.
        unsafe bytes.withUnsafeBytes { unsafe update($0) }
    }

    /// The digest of all bytes so far.
    package var value: FileDigest {
        func digits(_ digest: some Digest) -> String {
            digest.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
        }
        if let sha1 { return .gitBlob(digits(sha1.finalize())) }
        return .sha256(digits((sha256 ?? SHA256()).finalize()))
    }
}

extension FileDigest {
    /// Reads a file whole.
    ///
    /// - Parameters:
    ///   - path: of the file
    ///   - expected: of whose kind the digest is to be; nil for SHA-256
    /// - Returns: what its bytes are
    /// - Throws: `DiskFault` where it cannot be read.
    package static func of(
        _ path: String, like expected: FileDigest? = nil
    ) throws(DiskFault) -> FileDigest {
        let file = try OpenFile(reading: path)
        var digest = RunningDigest(like: expected, size: file.size)
        try digest.update(toEndOf: file)
        return digest.value
    }
}
