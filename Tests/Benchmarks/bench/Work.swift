/// What a stage has to do at least, told by the model's configuration.
///
/// A multiplication and its addition are two operations.
struct Work {
    /// Operations of linear layers and convolutions.
    var linear = 0.0
    /// Operations of scores and mixtures, softmax left aside.
    var attention = 0.0
    /// Operations of anything else.
    var other = 0.0
    /// Bytes that have to be read from memory, or written there.
    var bytes = 0.0

    static func + (a: Work, b: Work) -> Work {
        Work(
            linear: a.linear + b.linear, attention: a.attention + b.attention,
            other: a.other + b.other, bytes: a.bytes + b.bytes)
    }

    static func * (count: Int, work: Work) -> Work {
        let count = Double(count)
        return Work(
            linear: count * work.linear, attention: count * work.attention,
            other: count * work.other, bytes: count * work.bytes)
    }

    /// `rows` rows through a matrix: 2 · rows · inputs · outputs operations, the matrix read once.
    static func linear(rows: Int, _ inputs: Int, _ outputs: Int, _ weightBytes: Double) -> Work {
        Work(
            linear: 2 * Double(rows) * Double(inputs) * Double(outputs),
            bytes: Double(inputs) * Double(outputs) * weightBytes)
    }

    /// Every row looks at every key, all heads together: 2 · rows · keys · width operations for the
    /// scores and as many for the mixture; keys and values read once.
    static func attention(rows: Int, keys: Int, width: Int, _ keyBytes: Double) -> Work {
        Work(
            attention: 4 * Double(rows) * Double(keys) * Double(width),
            bytes: 2 * Double(keys) * Double(width) * keyBytes)
    }
}

/// One measured stage beside what it has to do.
struct Stage {
    let model: String
    let row: Row
    let work: Work

    static let heading = [
        "model", "stage", "least ms", "median ms", "linear GOP", "attention GOP", "other GOP", "MB",
        "operations ms", "bytes ms", "floor ms", "ratio",
    ].joined(separator: "\t")

    /// The floor is the greater of operations over their rates and bytes over bandwidth; the ratio is
    /// that of the least time with it.
    func line(_ limits: MachineLimits, _ kinds: Kinds) -> String {
        let operations =
            work.linear / limits.operations(kinds.linear)
            + work.attention / limits.operations(kinds.attention)
            + work.other / limits.operations(.f32)
        let bytes = work.bytes / limits.bytes
        let floor = max(operations, bytes)
        let numbers = [
            row.least, row.median, work.linear / 1e9, work.attention / 1e9, work.other / 1e9,
            work.bytes / 1e6, operations, bytes, floor, row.least / floor,
        ]
        return ([model, row.name] + numbers.map(rounded)).joined(separator: "\t")
    }

    /// What the products of a precision are made of.
    struct Kinds {
        let linear: MachineLimits.Kind
        let attention: MachineLimits.Kind
    }
}
