/// A stretch of the input, as people and programs point at it.
package struct SourcePlace: Sendable, Equatable {
    /// In Unicode scalars of the decoded input.
    package let scalars: Range<Int>
    /// In bytes of the input.
    package let bytes: Range<Int>
    /// Of its first character, from 1.
    package let line: Int
    /// Of its first character in that line, from 1; counted in Unicode scalars.
    package let character: Int
    /// What is written there, as far as it is still known.
    package let text: String
}

/// The latest part of the input, decoded, and where each scalar of it was among the bytes.
///
/// Memory stays constant when what has been said is forgotten.
package struct SourceText: Sendable {
    /// Scalars that stand without a gap and take the same number of bytes each.
    private struct Run {
        let scalar: Int
        let byte: Int
        let width: Int
    }

    /// What is forgotten is dropped in pieces of this many scalars.
    private static let thrift = 64 << 10

    /// From `first` on.
    private var held: [Unicode.Scalar] = []
    private var first = 0
    private var runs: [Run] = []
    private var nextByte = -1
    /// Which scalars of ``held`` are line feeds.
    private var breaks: [Int] = []
    /// Line and character of the scalar `first`, from 1.
    private var line = 1
    private var character = 1

    package init() {}

    /// - Parameters:
    ///   - scalar: the next one of the decoded text.
    ///   - byte: where it begins in the input.
    ///   - width: how many bytes it takes there.
    mutating func add(_ scalar: Unicode.Scalar, byte: Int, width: Int) {
        if byte != nextByte || runs.last?.width != width {
            runs.append(Run(scalar: first + held.count, byte: byte, width: width))
        }
        nextByte = byte + width
        if scalar == "\n" { breaks.append(first + held.count) }
        held.append(scalar)
    }

    /// - Parameter range: in scalars; what is outside of the known text is cut off.
    /// - Returns: where that is in the input, and what is written there.
    package func place(of range: Range<Int>) -> SourcePlace {
        let range = range.clamped(to: first..<first + held.count)
        let (line, character) = position(of: range.lowerBound)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: held[range.lowerBound - first..<range.upperBound - first])
        let start = byte(of: range.lowerBound, end: false)
        return SourcePlace(
            scalars: range,
            bytes:
                start..<max(
                    start, range.isEmpty ? start : byte(of: range.upperBound - 1, end: true)),
            line: line, character: character,
            text: String(text))
    }

    /// Lets go of what nobody will ask for again.
    package mutating func forget(before scalar: Int) {
        let count = min(scalar - first, held.count)
        guard count >= Self.thrift else { return }
        (line, character) = position(of: first + count)
        held.removeFirst(count)
        first += count
        breaks.removeFirst(self.count(of: breaks.count) { breaks[$0] < first })
        let kept = runs.lastIndex { $0.scalar <= first } ?? 0
        runs.removeFirst(kept)
    }

    private func position(of scalar: Int) -> (line: Int, character: Int) {
        let passed = count(of: breaks.count) { breaks[$0] < scalar }
        guard passed > 0 else { return (line, character + scalar - first) }
        return (line + passed, scalar - breaks[passed - 1])
    }

    private func byte(of scalar: Int, end: Bool) -> Int {
        // The last run that starts at or before it.
        let passed = count(of: runs.count) { runs[$0].scalar <= scalar }
        guard passed > 0 else { return 0 }
        let run = runs[passed - 1]
        return run.byte + (scalar - run.scalar + (end ? 1 : 0)) * run.width
    }

    /// How many of so many sorted things come before a place.
    private func count(of all: Int, _ comesBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, all)
        while low < high {
            let middle = (low + high) / 2
            if comesBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
