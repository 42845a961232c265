/// Columns that a text takes up: one for each character that a reader sees, two for a wide one.
func displayWidth(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + $1.columns } }

extension Character {
    /// Two for the wide characters of East Asia, otherwise one.
    var columns: Int {
        guard let scalar = unicodeScalars.first, scalar.value >= 0x1100 else { return 1 }
        return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// Whether it belongs to a script that puts no space between words.
    var isUnspaced: Bool {
        guard let scalar = unicodeScalars.first, scalar.value >= 0xE00 else { return false }
        return unspacedRanges.contains { $0.contains(scalar.value) }
    }

    var isHiragana: Bool { isIn(0x3041...0x309F) }
    var isKatakana: Bool { isIn(0x30A0...0x30FF) }
    var isIdeograph: Bool { isUnspaced && isIn(0x3400...0x3FFFF) }

    private func isIn(_ range: ClosedRange<UInt32>) -> Bool {
        unicodeScalars.first.map { range.contains($0.value) } ?? false
    }

    /// Whether no line may start with it.
    var startsNoLine: Bool { startingNoLine.contains(self) }

    /// Whether no line may end with it.
    var endsNoLine: Bool { endingNoLine.contains(self) }
}

/// Source: Unicode, `EastAsianWidth.txt`, classes W and F, by blocks.
private let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD,
]

/// Thai, Lao, Burmese, Khmer; kana, ideographs and the punctuation that goes with them.
private let unspacedRanges: [ClosedRange<UInt32>] = [
    0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3001...0x30FF, 0x31F0...0x31FF,
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF01...0xFF9F, 0x20000...0x3FFFD,
]

/// Source: W3C, "Requirements for Japanese Text Layout", line-start prohibition; the Thai ones are
/// vowels and marks that belong to the consonant before them.
private let startingNoLine = Set(
    ".,;:!?%)]}»”’…‥、。，．・：；？！）］｝」』】〉》〕〗〙〟ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ〜～％،؛؟"
        + "\u{E30}\u{E32}\u{E33}\u{E45}\u{E46}\u{E2F}\u{EB0}\u{EB2}\u{EB3}")

/// Opening brackets, and the Thai and Lao vowels that are written before their consonant.
private let endingNoLine = Set(
    "([{«“‘（［｛「『【〈《〔〖〘〝¿¡\u{E40}\u{E41}\u{E42}\u{E43}\u{E44}\u{EC0}\u{EC1}\u{EC2}\u{EC3}\u{EC4}")
