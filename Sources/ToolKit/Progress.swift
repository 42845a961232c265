/// Whole sentences about how far the work is: at most one in 10 seconds, and one at the end.
struct Progress {
    private let count: Int
    private let noun: String
    private let notices: Notices?
    private var done = 0
    private var lastSaid = ContinuousClock.now

    /// - Parameters:
    ///   - count: how many inputs there are.
    ///   - noun: what they are, in the plural.
    ///   - notices: where to say it; nil says nothing.
    init(of count: Int, _ noun: String, telling notices: Notices?) {
        self.count = count
        self.noun = noun
        self.notices = notices
    }

    mutating func oneDone() {
        done += 1
        guard let notices else { return }
        let now = ContinuousClock.now
        guard done == count || now - lastSaid >= .seconds(10) else { return }
        lastSaid = now
        notices.line(sentence)
    }

    /// One line, "3 of 30 pictures, 10 percent.", for the notices.
    var sentence: String { "\(done) of \(count) \(noun), \(100 * done / max(count, 1)) percent." }
}
