/// The special tokens around the ids of one text.
///
/// Source: `tokenizers/src/processors/`.
struct PostProcessor: Sendable {
    var before: [Int] = []
    var after: [Int] = []

    func callAsFunction(_ ids: [Int]) -> [Int] { before + ids + after }
}
