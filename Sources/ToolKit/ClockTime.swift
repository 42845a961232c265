import ArgumentParser

/// A place in a recording or a film, "90", "1:30" or "0:01:30.5".
struct ClockTime: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var total = 0.0
        for (i, part) in parts.enumerated() {
            // `Double` reads "inf" and "0x1p3" too.
            let isPlain = part.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard isPlain, let value = Double(part), i == 0 || value < 60 else { return nil }
            total = total * 60 + value
        }
        guard total < 1e9 else { return nil }
        seconds = total
    }
}
