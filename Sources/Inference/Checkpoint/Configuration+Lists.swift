extension Configuration {
    /// A list of whole numbers, or nil where the field is missing.
    ///
    /// - Throws: `ConfigurationError` where it is anything else, or one is out of range.
    package func optionalIntegers(
        _ name: String, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> [Int]? {
        guard let found = field(name) else { return nil }
        let numbers = found.array?.compactMap(\.integer).filter { range.contains($0) }
        guard let numbers, numbers.count == found.array?.count else {
            throw unfit(
                name,
                expected: "a list of whole numbers from \(range.lowerBound) to \(range.upperBound)")
        }
        return numbers
    }

    /// A list of pairs of whole numbers, or nil where the field is missing.
    ///
    /// - Throws: `ConfigurationError` where it is anything else, or a number is out of range.
    package func optionalPairs(
        _ name: String, first: ClosedRange<Int>, second: ClosedRange<Int>
    ) throws(ConfigurationError) -> [(Int, Int)]? {
        guard let found = field(name) else { return nil }
        let pairs = found.array?.compactMap { pair -> (Int, Int)? in
            guard let pair = pair.array, pair.count == 2, let a = pair[0].integer,
                let b = pair[1].integer, first.contains(a), second.contains(b)
            else { return nil }
            return (a, b)
        }
        guard let pairs, pairs.count == found.array?.count else {
            throw unfit(
                name,
                expected: "a list of pairs of whole numbers up to \(first.upperBound) and "
                    + "\(second.upperBound)")
        }
        return pairs
    }

    /// Whole numbers by name, or nil where the field is missing.
    ///
    /// - Throws: `ConfigurationError` where it is anything else, or a number is out of range.
    package func optionalIntegersByName(
        _ name: String, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> [String: Int]? {
        guard let found = field(name) else { return nil }
        let numbers = found.object?.compactMapValues(\.integer).filter { range.contains($1) }
        guard let numbers, numbers.count == found.object?.count else {
            throw unfit(
                name,
                expected: "an object of whole numbers from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return numbers
    }

    /// True or false, or nil where the field is missing.
    ///
    /// - Throws: `ConfigurationError` where it is anything else.
    package func optionalFlag(_ name: String) throws(ConfigurationError) -> Bool? {
        guard let found = field(name) else { return nil }
        guard let flag = found.boolean else { throw unfit(name, expected: "true or false") }
        return flag
    }
}
