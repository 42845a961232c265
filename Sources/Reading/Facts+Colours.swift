extension Facts {
    /// Which colours a picture has, and where one of them rules.
    package struct Colours: Sendable, Equatable, Encodable {
        /// The commonest first; at most three, none rarer than `leastShare`.
        package let main: [Share]
        /// Parts of the picture that are mostly of one colour while the rest is not.
        package let places: [Place]

        package struct Share: Sendable, Equatable, Encodable {
            package let name: ColourName
            /// Of the whole picture, 0 to 1.
            package let share: Double
        }

        package struct Place: Sendable, Equatable, Encodable {
            package let part: Part
            package let name: ColourName
        }

        /// A third of the picture along one side, or the middle ninth.
        package enum Part: String, Sendable, Encodable {
            case above, below
            case left = "on the left"
            case right = "on the right"
            case centre = "in the centre"
        }
    }
}

extension Facts.Colours {
    /// Rarer colours are details.
    static let leastShare = 0.15
    static let mostNames = 3
    /// A part is "mostly" of a colour that covers so much of it.
    static let leastRule = 0.6
    /// The same colour covers no more than this of the opposite part, or of all around the centre.
    static let mostElsewhere = 0.3

    init(_ survey: PixelSurvey, isBlank: Bool) {
        let all = Self.shares(survey.fields)
        let named = all.filter { $0.share >= Self.leastShare }
        main = Array((named.isEmpty || isBlank ? all : named).prefix(isBlank ? 1 : Self.mostNames))
        places = isBlank ? [] : Self.opposites.flatMap { Self.places($0, in: survey.fields) }
    }

    /// - Returns: the names that occur, commonest first; equals in the order of `ColourName`.
    private static func shares(_ fields: [[Int]]) -> [Share] {
        var counts = [Int](repeating: 0, count: ColourName.allCases.count)
        for field in fields {
            for i in counts.indices { counts[i] += field[i] }
        }
        let total = max(1, counts.reduce(0, +))
        return zip(ColourName.allCases, counts).enumerated()
            .filter { $0.element.1 > 0 }
            .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
            .map { Share(name: $0.element.0, share: Double($0.element.1) / Double(total)) }
    }

    /// Fields of the 3 by 3 grid, and what to compare them with.
    private typealias Region = (part: Part?, fields: [Int])
    private static let opposites: [(Region, Region)] = [
        ((.above, [0, 1, 2]), (.below, [6, 7, 8])),
        ((.left, [0, 3, 6]), (.right, [2, 5, 8])),
        ((.centre, [4]), (nil, [0, 1, 2, 3, 5, 6, 7, 8])),
    ]

    private static func places(_ pair: (Region, Region), in fields: [[Int]]) -> [Place] {
        [(pair.0, pair.1), (pair.1, pair.0)].compactMap { here, there in
            guard let part = here.part,
                let top = shares(here.fields.map { fields[$0] }).first, top.share >= leastRule
            else { return nil }
            let elsewhere =
                shares(there.fields.map { fields[$0] })
                .first { $0.name == top.name }?.share ?? 0
            return elsewhere <= mostElsewhere ? Place(part: part, name: top.name) : nil
        }
    }
}
