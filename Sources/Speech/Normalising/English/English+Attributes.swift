extension Cursor {
    /// Whether the amount from `start` to here belongs to the noun that follows: "a $5 note" is a
    /// five dollar note, and "a 10 km run" a ten kilometre run.
    ///
    /// After "a" or "every" only one thing can follow, so the noun is what the article is about. After
    /// any other word the noun tells, where it is one of those that have a price.
    func endsAttribute(from start: Cursor) -> Bool {
        let noun = nextWord
        guard noun.count > 1, !Self.noNouns.contains(noun.lowercased()) else { return false }
        return Self.articles.contains(start.previousWord.lowercased())
            || Self.pricedNouns.contains(noun.lowercased())
    }

    private static let articles: Set<String> = ["a", "an", "another", "each", "every"]

    /// What may follow an amount that stands for itself: "paid a $5 or so", "a 5 km from here".
    private static let noNouns: Set<String> = [
        "a", "an", "and", "are", "as", "at", "because", "but", "by", "each", "for", "from", "has",
        "if", "in", "into", "is", "less", "more", "now", "of", "off", "on", "or", "over", "per",
        "so", "than", "that", "the", "then", "to", "under", "was", "were", "when", "which", "while",
        "will", "with",
    ]

    private static let pricedNouns: Set<String> = [
        "banknote", "banknotes", "bill", "bills", "bond", "bonds", "budget", "cheque", "cheques",
        "coin", "coins", "contract", "deal", "deals", "deposit", "discount", "donation", "fee",
        "fees", "fine", "fines", "fund", "grant", "grants", "loan", "loans", "note", "notes",
        "prize", "question", "refund", "reward", "stamp", "stamps", "ticket", "tickets", "voucher",
        "vouchers",
    ]
}
