extension Facts {
    /// The facts in plain English for someone who listens: the important word first in each.
    ///
    ///     Probably a photograph, landscape, 4000 by 3000 pixels.
    ///     Mostly blue above and green below.
    ///     It looks dark.
    ///     Taken on 1 May 2024 at 12:30 with a Canon EOS 5D.
    package func sentences() -> [String] {
        var sentences = [opening]
        if kind == .blank {
            sentences.append("It is \(size).")
        } else {
            sentences += [colourSentence, lookSentence].compactMap { $0 }
        }
        return sentences + [originSentence].compactMap { $0 }
    }

    /// The kind as a sentence begins with it, "Probably a photograph".
    package var kindInWords: String {
        switch kind {
        case .blank: "A blank picture"
        case .photograph: "Probably a photograph"
        case .screenshot: "Probably a screenshot"
        case .drawing: "Probably a drawing or a diagram"
        case .textPage: "Probably a page of text"
        case .unclear: "A picture"
        }
    }

    private var opening: String {
        switch kind {
        case .blank: "The picture is blank: plain \(colours.main.first?.name.rawValue ?? "grey")."
        case .unclear: "\(kindInWords), \(size), perhaps drawn, perhaps photographed."
        default: "\(kindInWords), \(size)."
        }
    }

    private var size: String {
        let count = "\(width) by \(height) pixels"
        return switch shape {
        case .panorama where kind != .photograph: "wide and low, \(count)"
        case .tallStrip: "tall and narrow, \(count)"
        default: "\(shape.rawValue), \(count)"
        }
    }

    private var colourSentence: String? {
        if isBlackAndWhite && (kind == .photograph || kind == .unclear) {
            return "Black and white."
        }
        return colours.sentence
    }

    /// As in "It looks dark and blurred"; nil where nothing stands out.
    private var lookSentence: String? {
        var words: [String] = []
        if let light { words.append(light.rawValue) }
        // A dark picture has little contrast; one word is enough.
        if isLowContrast && light == nil { words.append("low in contrast") }
        if isBlurred { words.append("blurred") }
        return words.isEmpty ? nil : "It looks \(listed(words))."
    }

    private var originSentence: String? {
        switch (captured, camera) {
        case (let date?, let camera?): "Taken on \(date.spoken) with \(withArticle(camera))."
        case (let date?, nil): "Taken on \(date.spoken)."
        case (nil, let camera?): "Taken with \(withArticle(camera))."
        case (nil, nil): nil
        }
    }
}

/// "a Canon EOS 5D", "an Olympus C-5050".
private func withArticle(_ name: String) -> String {
    guard let first = name.first else { return "a camera" }
    return ("AEIOaeio".contains(first) ? "an " : "a ") + name
}

extension Facts.Colours {
    /// As in "Mostly blue above and green below".
    fileprivate var sentence: String? {
        guard let first = main.first else { return nil }
        // One direction is enough to picture it, and the first one found is the vertical.
        if let place = places.first {
            let isVertical = place.part == .above || place.part == .below
            let parts = places.filter {
                ($0.part == .above || $0.part == .below) == isVertical && $0.part != .centre
            }
            if place.part == .centre {
                let ground = main.first { $0.name != place.name }
                return ground.map {
                    "Mostly \($0.name.rawValue), with \(place.name.rawValue) in the centre."
                } ?? "Mostly \(place.name.rawValue)."
            }
            return "Mostly "
                + listed(parts.map { "\($0.name.rawValue) \($0.part.rawValue)" })
                + "\(rest(beside: parts.map(\.name)))."
        }
        if main.count == 1 { return "Mostly \(first.name.rawValue)." }
        if first.share >= 0.5 {
            return
                "Mostly \(first.name.rawValue), with \(listed(main.dropFirst().map(\.name.rawValue)))."
        }
        return "Mainly \(listed(main.map(\.name.rawValue)))."
    }

    /// Main colours that the places do not name, ", with brown"; empty where there is none.
    private func rest(beside names: [ColourName]) -> String {
        let others = main.map(\.name).filter { !names.contains($0) }.map(\.rawValue)
        return others.isEmpty ? "" : ", with \(listed(others))"
    }
}

/// "a", "a and b", "a, b and c".
private func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}
