import Filming
import Reading
import Testing

/// Which words are told, and which are known.
@Suite struct ScreenTextTests {
    private var screen = ScreenText()

    private func block(
        _ text: String, at y: Int = 0, sure confidence: Double = 0.92
    ) -> TextBlock {
        TextBlock(
            text: text, box: Box(x: 100, y: y, width: 400, height: 40), confidence: confidence)
    }

    /// Texts one below the other.
    private func blocks(_ texts: [String]) -> [TextBlock] {
        texts.enumerated().map { block($1, at: 60 * $0) }
    }

    private mutating func look(_ texts: [String], at seconds: Double = 0) -> [String] {
        screen.look(blocks(texts), atSeconds: seconds).lines
    }

    @Test mutating func `words are read when they appear, and not while they stay`() {
        #expect(look(["EXIT", "Gate 12"]) == ["EXIT, Gate 12"])
        #expect(look(["EXIT", "Gate 12", "Delayed"]) == ["Delayed"])
        // Read a little differently, and then not at all for once.
        #expect(look(["EX1T", "Gate 12", "Delayed."]).isEmpty)
        #expect(look(["Gate 12"]).isEmpty)
        #expect(look(["Gate 12", "Delayed"]).isEmpty)
        // Gone for two looks, it is new again.
        #expect(look(["Gate 12"]).isEmpty)
        #expect(look([]).isEmpty)
        #expect(look(["EXIT"]) == ["EXIT"])
    }

    @Test mutating func `scraps of letters are no words`() {
        #expect(look(["|", "a.", "--"]).isEmpty)
    }

    @Test mutating func `a line is known wherever it moves, and in its block`() {
        #expect(look(["Directed by\nJane Doe"]) == ["Directed by Jane Doe"])
        let moved = [block("Jane Doe", at: 300), block("Music\nJohn Roe", at: 400)]
        #expect(screen.look(moved, atSeconds: 1).lines == ["Music John Roe"])
    }

    @Test(arguments: [
        // In a fade, in a blur, and letter by letter.
        ("He11o wor", 0.7, "Hello world"), ("Tne qu1ck brcwn", 0.66, "The quick brown fox"),
        ("Once upon", 0.95, "Once upon a time"),
    ])
    mutating func `a bad first reading gives way to a better one`(
        bad: String, confidence: Double, good: String
    ) {
        let first = screen.look([block(bad, sure: confidence)], atSeconds: 4)
        #expect(first.lines == [bad])
        let second = screen.look([block(good)], atSeconds: 5.5)
        #expect(second.lines.isEmpty)
        #expect(second.corrections.map(\.old) == [bad])
        #expect(second.corrections.map(\.new) == [good])
        #expect(screen.look([block(good)], atSeconds: 7).corrections.isEmpty)
    }

    @Test mutating func `whom a part was told, the whole should be told`() {
        _ = screen.look([block("Once upon")], atSeconds: 4)
        let whole = screen.look([block("Once upon a time")], atSeconds: 5.5)
        #expect(whole.corrections.map(\.saysMore) == [true])
        // Nobody writes letter by letter for so long; it is another text.
        #expect(look(["Once upon a time, far away"], at: 30) == ["Once upon a time, far away"])
    }

    @Test mutating func `a slightly better reading says no more, and a worse one nothing`() {
        _ = screen.look([block("P1ease ring tne bell", sure: 0.8)], atSeconds: 0)
        let better = screen.look([block("Please ring the bell")], atSeconds: 2)
        #expect(better.lines.isEmpty && better.corrections.map(\.saysMore) == [false])
        let worse = screen.look([block("ease ring the", sure: 0.66)], atSeconds: 4)
        #expect(worse.lines.isEmpty && worse.corrections.isEmpty)
        #expect(look(["Please ring the bell"], at: 6).isEmpty)
    }

    @Test mutating func `an unsure reading is marked, for the next may be another`() {
        #expect(!screen.look([block("He11o wor", sure: 0.7)], atSeconds: 0).isSure)
        #expect(screen.look([block("Quite another thing")], atSeconds: 1).isSure)
    }

    @Test(arguments: [
        ("I don't know.", "I don't know him."), ("Turn left here", "Turn right here"),
        ("The lights are on", "The lights are off"), ("You shall", "You shall not pass"),
    ])
    mutating func `subtitles that share words are told each`(one: String, other: String) {
        #expect(look([one]) == [one])
        #expect(look([other], at: 4) == [other])
    }

    @Test mutating func `a score is told when it changes`() {
        #expect(look(["HOME 2 AWAY 1"]) == ["HOME 2 AWAY 1"])
        #expect(look(["HOME 3 AWAY 1"], at: 60) == ["HOME 3 AWAY 1"])
        #expect(look(["HOME 3 AWAY 1"], at: 61.5).isEmpty)
        #expect(look(["HOME 3 AWAY 2"], at: 65) == ["HOME 3 AWAY 2"])
    }

    @Test mutating func `a score is told when it changes, whatever else was read into its line`() {
        #expect(look(["HOME 2: 1 AWAY 0"]) == ["HOME 2: 1 AWAY 0"])
        // The same, read better.
        #expect(look(["HOME 2 : 1 AWAY"], at: 10).isEmpty)
        #expect(look(["HOME 21 AWAY"], at: 20).isEmpty)
        #expect(look(["HOME 3 : 1 AWAY"], at: 60) == ["HOME 3 : 1 AWAY"])
    }

    @Test mutating func `a score may stand by itself`() {
        #expect(look(["2:1", "CUP FINAL"]) == ["2:1, CUP FINAL"])
        #expect(look(["2 : 1", "CUP FINAL"], at: 10).isEmpty)
        #expect(look(["3:1", "CUP FINAL"], at: 60) == ["3:1"])
        #expect(screen.look([block("4:1", sure: 0.7)], atSeconds: 90).lines.isEmpty)
        #expect(look(["2:", "1 1", "-1"], at: 100).isEmpty)
    }

    @Test mutating func `of text that rolls, a line is told when it is whole on the screen`() {
        let first = [block("Directed by", at: 300), block("Jane D", at: 680)]
        #expect(screen.look(first, atSeconds: 1, rollingOver: 720).lines == ["Directed by"])
        let second = [block("cted by", at: 0), block("Jane Doe", at: 400)]
        #expect(screen.look(second, atSeconds: 5, rollingOver: 720).lines == ["Jane Doe"])
        // Where nothing rolls, print may stand at an edge.
        #expect(screen.look([block("LIVE NOW", at: 0)], atSeconds: 9).lines == ["LIVE NOW"])
    }

    @Test mutating func `rows of a board that differ in a number are all told`() {
        #expect(
            look(["Flight to Rome, gate 12", "Flight to Rome, gate 14"]) == [
                "Flight to Rome, gate 12", "Flight to Rome, gate 14",
            ])
    }

    @Test mutating func `clocks and counters that run are told when they appear`() {
        #expect(look(["LIVE 12:03:44"]) == ["LIVE 12:03:44"])
        #expect(look(["LIVE 12:03:59}"], at: 15).isEmpty)
        #expect(look(["LIVE 12:14:00"], at: 616).isEmpty)
        var told = 0
        for second in 0..<60 {
            told +=
                look(
                    ["LIVE 12:14:00", "Visitors today: \(5000 + second)"], at: 620 + Double(second)
                ).count
        }
        #expect(told <= 2, "\(told)")
    }
}
