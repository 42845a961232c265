/// Cuts a sentence where its script changes, so that a voice of that script's language says it.
package struct ScriptVoices: Sendable {
    private let own: Set<Script>

    /// - Parameter language: of the voice that the user chose, "en-us".
    package init(language: String) {
        own = Script.scripts(of: language)
    }

    /// A part of a sentence and its language; nil for the user's own voice.
    package struct Part: Sendable, Equatable {
        package let passage: Passage
        package let language: String?
    }

    /// Letters that stand alone, as in "π r²", and marks stay with the text around them.
    package func parts(of passage: Passage) -> [Part] {
        let scalars = passage.scalars
        // Most text has no other script in it at all.
        guard scalars.contains(where: { foreignScript($0) != nil }) else {
            return [Part(passage: passage, language: nil)]
        }
        var cuts: [(start: Int, script: Script?)] = [(0, nil)]
        var position = 0
        var lastOfForeign = 0
        while position < scalars.count {
            guard scalars[position].continuesWord, !scalars[position].isDigit else {
                position += 1
                continue
            }
            let start = position
            let script = foreignScript(scalars[start])
            while position < scalars.count, scalars[position].continuesWord,
                foreignScript(scalars[position]).map(family) == script.map(family)
                    || scalars[position].isMark
            {
                position += 1
            }
            let isWord = position - start > 1 || script?.hasShortWords == true
            let current = cuts[cuts.count - 1].script
            if let script, isWord {
                if current.map(family) != family(script) { cuts.append((start, script)) }
                lastOfForeign = position
            } else if script == nil, current != nil {
                // The marks after the last foreign word are its own, numbers are not.
                let back = (lastOfForeign..<start).first { scalars[$0].isDigit } ?? start
                cuts.append((back, nil))
            }
        }
        return assembled(passage, cuts)
    }

    private func assembled(_ passage: Passage, _ cuts: [(start: Int, script: Script?)]) -> [Part] {
        let hasKana = passage.scalars.contains { Script($0) == .kana }
        var parts: [Part] = []
        for (i, cut) in cuts.enumerated() {
            let end = i + 1 < cuts.count ? cuts[i + 1].start : passage.count
            guard cut.start < end else { continue }
            let part = passage[cut.start..<end]
            let language = cut.script.map { script in
                family(script) == .han && hasKana
                    ? "ja" : script.language(of: part.scalars)
            }
            parts.append(Part(passage: part, language: language))
        }
        return parts
    }

    private func foreignScript(_ scalar: Unicode.Scalar) -> Script? {
        guard let script = Script(scalar), !own.contains(script) else { return nil }
        return script
    }

    /// Kana and Chinese characters make up one text.
    private func family(_ script: Script) -> Script { script == .kana ? .han : script }
}
