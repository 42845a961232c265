/// Text that remembers where each of its characters was written.
///
/// Markup, entities and line breaks may be gone from it; what is left still knows its place, so
/// that a spoken word can be found in the input.
package struct Passage: Sendable, Equatable {
    package private(set) var scalars: [Unicode.Scalar] = []
    /// Where each scalar stands in the input: one scalar, or as many as `&amp;` has.
    package private(set) var places: [Range<Int>] = []

    package init() {}

    /// Plain text that begins at `start` of the input.
    package init(_ text: String, at start: Int = 0) {
        self.init(Array(text.unicodeScalars), at: start)
    }

    /// Plain text that begins at `start` of the input.
    package init(_ scalars: [Unicode.Scalar], at start: Int) {
        self.scalars = scalars
        places = (start..<start + scalars.count).map { $0..<$0 + 1 }
    }

    /// Text all of which belongs to one place.
    init(_ text: String, allAt place: Range<Int>) {
        for scalar in text.unicodeScalars { append(scalar, at: place) }
    }

    package var count: Int { scalars.count }
    package var isEmpty: Bool { scalars.isEmpty }

    package var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// From its first character to its last; nil for no character.
    package var source: Range<Int>? {
        guard let first = places.first, let last = places.last else { return nil }
        return first.lowerBound..<max(first.upperBound, last.upperBound)
    }

    package subscript(range: Range<Int>) -> Passage {
        var part = Passage()
        part.scalars = Array(scalars[range])
        part.places = Array(places[range])
        return part
    }

    package mutating func append(_ scalar: Unicode.Scalar, at place: Range<Int>) {
        scalars.append(scalar)
        places.append(place)
    }

    package mutating func append(_ scalar: Unicode.Scalar, at place: Int) {
        append(scalar, at: place..<place + 1)
    }

    package mutating func append(_ other: Passage) {
        scalars += other.scalars
        places += other.places
    }

    /// Appends words that are not written there, such as a comma between the cells of a table.
    package mutating func append(unwritten text: String) {
        let place = places.last?.upperBound ?? 0
        for scalar in text.unicodeScalars { append(scalar, at: place..<place) }
    }

    package mutating func removeFirst(_ count: Int) {
        scalars.removeFirst(count)
        places.removeFirst(count)
    }

    /// Without white space at both ends.
    package var trimmed: Passage {
        guard let first = scalars.firstIndex(where: { !$0.isSpace }),
            let last = scalars.lastIndex(where: { !$0.isSpace })
        else { return Passage() }
        return self[first..<last + 1]
    }
}
