extension English {
    static let addresses = SpokenAddresses(
        signs: [
            ".": "dot", "-": "dash", "_": "underscore", "+": "plus", "%": "percent", "~": "tilde",
            "@": "at",
        ],
        slash: "slash", port: "port", rest: "and so on", digits: { EnglishNumber.digits($0) })

    /// `2001:db8::1`: letter by letter.
    static let longInternetAddress = SpokenRule([.digit, .letter, .sign]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ":",
            let text = cursor.takeRun(3...45, where: { $0.isHexDigit || $0 == ":" }),
            cursor.isAtWordEnd
        else { return nil }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        let isShortened = text.contains("::")
        guard groups.allSatisfy({ $0.count <= 4 }),
            isShortened ? (3...8).contains(groups.count) : groups.count == 8,
            !text.hasSuffix(":")
                || text.hasSuffix("::"), text.contains(where: \.isHexDigit)
        else { return nil }
        // Twelve o'clock has no two colons; std::min does not end in digits.
        guard groups.count > 3 || text.contains(where: \.isNumber) else { return nil }
        return groups.map { spelled($0) }.joined(separator: " colon ")
            .split(separator: " ").joined(separator: " ")
    }

    /// `00:1a:2b:3c:4d:5e`, `00-1A-2B-3C-4D-5E`.
    static let hardwareAddress = SpokenRule([.digit, .letter]) { cursor in
        guard cursor.isAtWordStart, let first = cursor.takeRun(2...2, where: \.isHexDigit),
            let sign = cursor.take(anyOf: ":-")
        else { return nil }
        var parts = [first]
        while parts.count < 6 {
            guard parts.count == 1 || cursor.take(sign),
                let part = cursor.takeRun(2...2, where: \.isHexDigit)
            else { return nil }
            parts.append(part)
        }
        guard cursor.isAtWordEnd, cursor.peek() != sign else { return nil }
        return parts.map { spelled($0) }.joined(separator: ", ")
    }

    /// Each letter and each digit by itself.
    static func spelled(_ text: some StringProtocol) -> String {
        text.map { $0.wholeNumberValue.map { EnglishNumber.cardinal($0) } ?? $0.uppercased() }
            .joined(separator: " ")
    }
}

extension Unicode.Scalar {
    fileprivate var isHexDigit: Bool { properties.isASCIIHexDigit }
}
