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
        held.append(scalar)
    }

    /// - Parameter range: in scalars; what is outside of the known text is cut off.
    /// - Returns: where that is in the input, and what is written there.
    package func place(of range: Range<Int>) -> SourcePlace {
        let range = range.clamped(to: first..<first + held.count)
        let before = held[..<(range.lowerBound - first)]
        let lastBreak = before.lastIndex(of: "\n")
        var text = String.UnicodeScalarView()
        text.append(contentsOf: held[range.lowerBound - first..<range.upperBound - first])
        let start = byte(of: range.lowerBound, end: false)
        return SourcePlace(
            scalars: range,
            bytes:
                start..<max(
                    start, range.isEmpty ? start : byte(of: range.upperBound - 1, end: true)),
            line: line + before.count { $0 == "\n" },
            character: lastBreak.map { before.count - $0 } ?? character + before.count,
            text: String(text))
    }

    /// Lets go of what nobody will ask for again.
    package mutating func forget(before scalar: Int) {
        let count = min(scalar - first, held.count)
        guard count >= Self.thrift else { return }
        let spent = held[..<count]
        line += spent.count { $0 == "\n" }
        character = spent.lastIndex(of: "\n").map { count - $0 } ?? character + count
        held.removeFirst(count)
        first += count
        let kept = runs.lastIndex { $0.scalar <= first } ?? 0
        runs.removeFirst(kept)
    }

    private func byte(of scalar: Int, end: Bool) -> Int {
        // The last run that starts at or before it.
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].scalar <= scalar { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        let run = runs[low - 1]
        return run.byte + (scalar - run.scalar + (end ? 1 : 0)) * run.width
    }
}
