/// The voice that a document asks for.
package struct VoiceWish: Sendable, Equatable {
    package enum Gender: String, Sendable { case male, female }

    /// One name, or several with spaces between, the best first.
    package var name: String?
    /// Where there is no voice of that name.
    package var gender: Gender?
    /// Which one of that gender, from 1.
    package var number: Int

    package init(name: String? = nil, gender: Gender? = nil, number: Int = 1) {
        self.name = name
        self.gender = gender
        self.number = number
    }

    /// Nothing is asked for.
    var isEmpty: Bool { name == nil && gender == nil }
}

extension EngineVoices {
    /// The variants that make any voice one of that gender: "f1", "f2".
    func variants(of gender: VoiceWish.Gender) -> [String] {
        variants.filter { Self.gender(ofVariant: $0) == gender }.sorted()
    }

    /// - Parameter name: as `resolve` returned it.
    /// - Returns: nil for a variant that does not tell.
    func gender(of name: String) -> VoiceWish.Gender? {
        let parts = name.split(separator: "+", maxSplits: 1)
        if parts.count == 2 { return Self.gender(ofVariant: String(parts[1])) }
        let voice = voices.first { $0.name == name }
        // The engine's own voices are those of a man unless they say so.
        return VoiceWish.Gender(rawValue: voice?.gender ?? "") ?? .male
    }

    private static func gender(ofVariant name: String) -> VoiceWish.Gender? {
        guard name.count == 2, name.last?.isNumber == true else { return nil }
        return ["f": .female, "m": .male][name.prefix(1).lowercased()]
    }
}
