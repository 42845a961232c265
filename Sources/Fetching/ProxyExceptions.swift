import Glibc

/// Who is asked without a proxy: the list in `no_proxy`.
///
/// An entry is "*" for everybody, a name that stands for itself and all names under it (with or without
/// a dot before it), an IP address, or a block of them such as 10.0.0.0/8; a name or an address may
/// have a port.
struct ProxyExceptions: Sendable, Equatable {
    private let entries: [String]

    /// - Parameter list: entries between commas or blanks
    init(_ list: String) {
        entries = list.split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() }
    }

    /// - Parameters:
    ///   - host: a name or an IP address
    ///   - port: where it would be asked
    /// - Returns: whether no proxy is to be used.
    func contain(_ host: String, port: Int) -> Bool {
        let host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        let address = ProxyExceptions.bytes(of: host)
        if host == "localhost" || address?.first == 127 && address?.count == 4
            || address == ProxyExceptions.bytes(of: "::1")
        {
            return true
        }
        return entries.contains { entry in
            entry == "*" || ProxyExceptions.matches(entry, host, address, port: port)
        }
    }

    private static func matches(
        _ entry: String, _ host: String, _ address: [UInt8]?, port: Int
    ) -> Bool {
        if let address {
            if let slash = entry.firstIndex(of: "/") {
                guard let block = bytes(of: String(entry[..<slash])),
                    let length = Int(entry[entry.index(after: slash)...])
                else { return false }
                return isSame(block, address, bits: length)
            }
            if bytes(of: entry.filter { $0 != "[" && $0 != "]" }) == address { return true }
        }
        var name = entry[...]
        if let colon = entry.lastIndex(of: ":"), let number = Int(entry[colon...].dropFirst()) {
            guard number == port else { return false }
            name = entry[..<colon]
        }
        if name.hasPrefix("*.") { name = name.dropFirst(2) }
        if name.hasPrefix(".") { name = name.dropFirst() }
        // An address has no names under it.
        return !name.isEmpty && (host == name || address == nil && host.hasSuffix("." + name))
    }

    private static func isSame(_ block: [UInt8], _ address: [UInt8], bits: Int) -> Bool {
        guard block.count == address.count, (0...8 * block.count).contains(bits) else {
            return false
        }
        return block.indices.allSatisfy { i in
            let known = min(8, max(0, bits - 8 * i))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> known)
            return block[i] & mask == address[i] & mask
        }
    }

    /// The four or sixteen bytes of an IP address; nil for anything else.
    private static func bytes(of text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            // Safe: the call writes at most as many bytes as an address of this family has.
            if unsafe inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
