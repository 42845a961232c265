extension English {
    static let phones = SpokenPhones(
        plus: "plus", separators: "-.‑",
        announcements: [
            "call", "phone", "tel", "telephone", "dial", "fax", "mobile", "ring", "text", "pin",
            "code", "extension", "ext",
        ],
        isUsual: { groups, hasParentheses in
            let counts = groups.map(\.count)
            let digits = counts.reduce(0, +)
            return counts == [3, 3, 4] || counts == [1, 3, 3, 4]
                || hasParentheses && (9...11).contains(digits) && groups.count > 1
                || groups.first?.first == "0" && groups.count > 1 && (9...12).contains(digits)
        },
        digits: { EnglishNumber.digits($0) })
}
