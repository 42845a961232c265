import Signals

/// Under which terms a model may be used, as its publisher names them.
package struct Licence: Sendable, Equatable {
    package enum Terms: Sendable, Equatable {
        /// For every purpose, with conditions that the licence states.
        case open
        /// Not for work that earns money.
        case nonCommercial
        /// Nobody here knows: to be read before use.
        case unknown
    }

    /// "apache-2.0", "BSD-3-Clause"; nil where none is declared.
    package let name: String?

    package init(_ name: String?) {
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    package var terms: Terms {
        guard let words = name?.lowercased() else { return .unknown }
        // The hub's identifiers: cc-by-nc-4.0, deepfloyd-if-license, fair-noncommercial-research-license.
        let parts = words.split { !$0.isLetter }
        if parts.contains("nc")
            || ["noncommercial", "non-commercial", "research"].contains(where: words.contains)
        {
            return .nonCommercial
        }
        let open = [
            "apache", "mit", "bsd", "cc-by-4", "cc-by-3", "cc-by-2", "cc-by-sa", "cc0", "unlicense",
            "isc",
            "gpl", "lgpl", "agpl", "mpl", "epl", "zlib", "artistic", "wtfpl", "bsl", "ecl",
            "cdla-permissive",
        ]
        return open.contains(where: words.hasPrefix) ? .open : .unknown
    }

    /// As a sentence begins with it.
    package var sentence: String {
        switch (name, terms) {
        case (nil, _): "its publisher declares no licence"
        case (let name?, .open): "licence \(name)"
        case (let name?, .nonCommercial): "licence \(name), which does not allow commercial use"
        case (let name?, .unknown): "licence \(name), which has terms of its own: read them"
        }
    }

    /// Its name beside the model.
    package static let fileName = "LICENCE.txt"

    /// What is kept beside the model.
    ///
    /// - Parameters:
    ///   - model: its name
    ///   - source: where it came from
    ///   - others: names of files beside it in which the publisher gives terms: LICENSE, README.md
    /// - Returns: one line of text.
    package func notice(of model: String, source: String, others: [String]) -> String {
        let terms =
            name.map { "The licence of \(model) is \($0)" } ?? "\(model) declares no licence"
        let beside =
            others.isEmpty
            ? ""
            : " Its publisher's own words are beside this file: \(others.joined(separator: ", "))."
        return "\(terms), as declared at \(source).\(beside)\n"
    }
}

/// A licence that has to be accepted first.
package enum LicenceError: Explained, Equatable {
    case notAccepted(model: String, licence: Licence, address: String)

    package var what: String {
        switch self {
        case .notAccepted(let model, let licence, _): "\(model): \(licence.sentence)"
        }
    }

    package var remedy: String {
        switch self {
        case .notAccepted(_, _, let address):
            "read it at \(address), and where your use is allowed add --accept-licence"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
