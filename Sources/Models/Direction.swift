/// Where a model puts a picture among all others: a direction, near those of pictures of like things.
package struct Direction: Sendable, Equatable {
    /// The sum of their squares is 1.
    package let values: [Float]

    /// - Parameter values: of any length in space; nil where they have no direction, or are no numbers.
    package init?(along values: [Float]) {
        // In 64 bits no square of a float is beyond all numbers.
        let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length.isFinite, length > 0 else { return nil }
        self.values = values.map { Float(Double($0) / length) }
    }

    /// The cosine of the angle between both: 1 for the same picture, about as much for one that shows
    /// the same, less for others.
    ///
    /// - Precondition: both are of one model.
    package func similarity(to other: Direction) -> Float {
        precondition(
            values.count == other.values.count, "\(values.count) and \(other.values.count) numbers")
        return zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
