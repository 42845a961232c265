/// A word whose dot does not end a sentence, or need not.
enum Abbreviation {
    /// A name, a number or an example follows: `Dr.`, `J.`, `e.g.`; the sentence goes on.
    case beforeName
    /// Before a number: `No. 5`; else the dot ends the sentence.
    case beforeNumber
    /// In the middle of a sentence as at its end: `etc.`, `p.m.`; a capital starts a new one.
    case anywhere

    /// The kind of the abbreviation whose last dot is at `end`; nil where a plain word ends there.
    init?(endingAt end: Int, of text: ArraySlice<Unicode.Scalar>) {
        let wordStart =
            text[..<end].lastIndex { !($0.isLetter || $0 == ".") }
            .map { $0 + 1 } ?? text.startIndex
        // No abbreviation is longer.
        guard (1...10).contains(end - wordStart) else { return nil }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text[wordStart..<end])
        let word = String(view)
        let isCapital = text[wordStart].isCapital
        if Self.beforeNames.contains(word.lowercased()), isCapital || word.contains(".") {
            self = .beforeName
        } else if Self.beforeExamples.contains(word.lowercased()) {
            self = .beforeName
        } else if end - wordStart == 1, isCapital, word != "I" {
            self = .beforeName
        } else if Self.beforeNumbers.contains(word.lowercased()) || word.isStreet {
            self = .beforeNumber
        } else if word.contains(".") || Self.elsewhere.contains(word.lowercased()) {
            self = .anywhere
        } else {
            return nil
        }
    }

    private static let beforeNames: Set<String> = [
        "dr", "mr", "mrs", "ms", "mx", "prof", "rev", "fr", "hon", "pres", "gov", "sen", "rep",
        "gen", "col", "maj", "capt", "cmdr", "lt", "sgt", "cpl", "pvt", "st", "ste", "mt", "ft",
        "messrs", "mme", "mlle", "hr", "sr", "sra", "ing", "ph.d", "m.d",
    ]
    private static let beforeExamples: Set<String> = [
        "e.g", "i.e", "cf", "viz", "vs", "approx", "ca", "z.b", "d.h", "bzw", "p.ex",
        "inkl", "evtl", "ggf", "vgl", "bspw", "u.a", "z.t", "incl", "excl", "resp",
    ]
    private static let beforeNumbers: Set<String> = [
        "no", "nr", "fig", "figs", "eq", "vol", "vols", "ch", "sec", "p", "pp", "art", "ed", "ver",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "abb", "abs", "anm", "kap", "bd", "tab", "tel", "ext", "nos", "okt", "dez", "mär",
    ]
    private static let elsewhere: Set<String> = [
        "etc", "al", "inc", "ltd", "co", "corp", "jr", "dept", "est", "min", "max", "usw",
        "ave", "blvd", "rd", "bros", "univ", "mio", "mrd", "tsd", "bio", "str", "jh", "std", "avg",
    ]
}

extension String {
    /// A street with its name, `Hauptstr.`, in German.
    fileprivate var isStreet: Bool { count > 4 && hasSuffix("str") }
}
