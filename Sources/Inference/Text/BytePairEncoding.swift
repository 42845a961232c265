/// Joins letters to the tokens that were most often neighbours where the tokenizer was trained.
///
/// Source: `tokenizers/src/models/bpe/`.
struct BytePairEncoding: Sendable {
    let table: TokenTable
    let merges: Merges
    let unknownID: Int?
    /// True where a run of unknown letters counts as one.
    let fusesUnknown: Bool
    /// Marks letters after the first of a word; mostly empty.
    let continuingPrefix: String
    /// Marks the last letter of a word, "</w>" in CLIP.
    let endSuffix: String
    /// True where a word that is a token is taken whole, whatever the merges say.
    let ignoresMerges: Bool

    /// Which neighbours may be joined.
    enum Merges: Sendable {
        case listed(MergeTable)
        /// Any two that make a token together, the lowest id first: what a vocabulary tells whose
        /// ids are in the order in which its tokens were found.
        ///
        /// Source: tiktoken, `src/lib.rs`, function `byte_pair_merge`.
        case everyToken
    }

    func ids(of word: [Unicode.Scalar]) -> [Int] {
        if ignoresMerges, let id = table.id(of: utf8(word[...])) { return [id] }
        return joined(letters(of: word))
    }

    private func letters(of word: [Unicode.Scalar]) -> [Int] {
        var ids: [Int] = []
        var lastIsUnknown = false
        for (i, scalar) in word.enumerated() {
            let letter =
                (i > 0 ? Array(continuingPrefix.utf8) : []) + utf8([scalar])
                + (i == word.count - 1 ? Array(endSuffix.utf8) : [])
            if let id = table.id(of: letter) {
                ids.append(id)
                lastIsUnknown = false
            } else if let unknownID {
                if !(fusesUnknown && lastIsUnknown) { ids.append(unknownID) }
                lastIsUnknown = true
            }
        }
        return ids
    }

    /// The best pair first, the leftmost of equals, until none is left.
    private func joined(_ letters: [Int]) -> [Int] {
        var ids = letters.map { Optional($0) }  // nil: joined into a part further left
        var next = Array(1...max(1, letters.count))
        var previous = Array(-1..<letters.count)
        var queue = Heap()
        func offer(_ left: Int) {
            guard left >= 0, next[left] < ids.count, let a = ids[left], let b = ids[next[left]],
                let merge = merge(a, b)
            else { return }
            queue.insert(
                Candidate(rank: merge.rank, position: left, left: a, right: b, id: merge.id))
        }
        for i in letters.indices { offer(i) }
        while let best = queue.removeFirst() {
            let right = next[best.position]
            guard ids[best.position] == best.left, right < ids.count, ids[right] == best.right
            else {
                continue
            }
            ids[best.position] = best.id
            ids[right] = nil
            next[best.position] = next[right]
            if next[right] < ids.count { previous[next[right]] = best.position }
            offer(previous[best.position])
            offer(best.position)
        }
        return ids.compactMap { $0 }
    }

    private func merge(_ left: Int, _ right: Int) -> MergeTable.Merge? {
        switch merges {
        case .listed(let table): return table[left, right]
        case .everyToken:
            guard let first = table.token(of: left), let second = table.token(of: right) else {
                return nil
            }
            return table.id(of: first + second).map { MergeTable.Merge(rank: $0, id: $0) }
        }
    }

    private func utf8(_ text: ArraySlice<Unicode.Scalar>) -> [UInt8] {
        text.flatMap { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
    }
}

/// A pair that may be joined, as it stood when it was found.
private struct Candidate {
    let rank: Int
    let position: Int
    let left: Int
    let right: Int
    let id: Int

    func precedes(_ other: Candidate) -> Bool {
        (rank, position) < (other.rank, other.position)
    }
}

/// A binary heap of candidates, the best on top; keeps a word of n letters at n log n.
private struct Heap {
    private var items: [Candidate] = []

    mutating func insert(_ item: Candidate) {
        items.append(item)
        var child = items.count - 1
        while child > 0, items[child].precedes(items[(child - 1) / 2]) {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> Candidate? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var parent = 0
        while true {
            var best = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && items[child].precedes(items[best]) {
                best = child
            }
            if best == parent { return first }
            items.swapAt(parent, best)
            parent = best
        }
    }
}
