import Signals
import Subtitles
import Testing

@Suite struct SubtitleShaperTests {
    @Test func `a short sentence is one line, as long as it is spoken`() {
        let segment = SpokenSegment(
            text: " Hello there, all of you.", range: TimeRange(startSeconds: 1, endSeconds: 3))
        let cues = Speech.shaped([segment]).cues
        #expect(
            cues == [
                Cue(
                    range: TimeRange(startSeconds: 1, endSeconds: 3),
                    lines: ["Hello there, all of you."])
            ])
    }

    @Test func `cues end with sentences, lines with clauses`() {
        #expect(
            Speech.lines(
                "Ask not what your country can do for you; ask what you can do for it. "
                    + "He said that before he left, and nobody asked him why.")
                == [
                    ["Ask not what your country can do for you;", "ask what you can do for it."],
                    ["He said that before he left,", "and nobody asked him why."],
                ])
    }

    @Test(arguments: [
        ("en", "He will find all of these letters in a box under the window of her old house."),
        (
            "de",
            "Man hat alle diese alten Briefe in der Schublade unter dem großen Fenster gefunden."
        ),
        ("fr", "Nous avons trouvé toutes les vieilles lettres dans une boîte sous la fenêtre."),
        ("es", "Hemos encontrado todas las viejas cartas en una caja debajo de la ventana."),
        ("it", "Abbiamo trovato tutte le vecchie lettere in una scatola sotto la finestra."),
        ("pt", "Encontramos todas as cartas velhas em uma caixa debaixo da janela da casa."),
    ])
    func `no line ends with an article or a preposition`(language: String, text: String) {
        let glue: Set = [
            "a", "the", "of", "in", "her", "these", "der", "dem", "diese", "unter", "une", "la",
            "les",
            "dans", "sous", "una", "las", "en", "de", "le", "sotto", "as", "em", "uma", "da",
        ]
        let lines = Speech.lines(text, language: language).flatMap { $0 }
        #expect(lines.count >= 2)
        for line in lines {
            #expect(
                !glue.contains(line.split(separator: " ").last.map(String.init) ?? ""), "\(line)")
        }
    }

    @Test func `first and last name stay together`() {
        let lines = Speech.lines(
            "We have all heard that Marie Skłodowska Curie worked there with Henri Becquerel once.")
        #expect(lines.joined().contains { $0.contains("Marie Skłodowska Curie") }, "\(lines)")
        #expect(lines.joined().contains { $0.contains("Henri Becquerel") }, "\(lines)")
    }

    @Test func `titles, initials and ordinals end no sentence`() {
        #expect(Speech.lines("Mr. Smith met J. R. Watson. Then he left.").last == ["Then he left."])
        #expect(
            Speech.lines("Am 3. Oktober kam er.", language: "de") == [["Am 3. Oktober kam er."]])
    }

    @Test func `a long pause ends a cue in the middle of a sentence`() {
        #expect(
            Speech.lines("I think that we | | should leave.")
                == [["I think that we"], ["should leave."]])
    }

    @Test func `a cue that is too short borrows silence, never from the next cue`() throws {
        let cues = Speech.shaped([
            Speech.segment("No.", start: 0), Speech.segment("I will not go there.", start: 0.92),
            Speech.segment("Go.", start: 9),
        ]).cues
        #expect(cues.map(\.lines) == [["No."], ["I will not go there."], ["Go."]])
        #expect(cues.first.map { milliseconds($0.range.endSeconds) } == 833)
        #expect(cues.last.map { milliseconds($0.range.durationSeconds) } == 833)
    }

    @Test func `a cue without room joins its neighbour where both fit`() {
        let cues = Speech.shaped([
            Speech.segment("No.", start: 0), Speech.segment("I will not go there.", start: 0.3),
        ]).cues
        #expect(cues.map(\.lines) == [["No. I will not go there."]])
    }

    @Test func `fast speech stays whole and is reported`() throws {
        let fast = Speech.segment("Nobody could ever read this in time.", secondsEach: 0.01)
        let next = Speech.segment("This is slow.", start: 0.5)
        let (cues, warnings) = Speech.shaped([fast, next])
        #expect(cues.flatMap(\.lines).joined(separator: " ").hasPrefix("Nobody could ever read"))
        #expect(warnings.map(\.rule).contains(.readingSpeed), "\(warnings)")
        #expect(warnings.allSatisfy { !$0.sentence.contains("Nobody") })
    }

    @Test func `a reader gets the free silence after fast speech`() {
        let text = "Nobody could ever read this in time."
        let cues = Speech.shaped([Speech.segment(text, secondsEach: 0.03)]).cues
        #expect(cues.count == 1)
        // 36 characters at 17 a second.
        #expect(cues.first.map { milliseconds($0.range.endSeconds) } == 2118)
    }

    @Test func `a cue stands for at most seven seconds`() {
        let drawl = Speech.segment("Sloooooooow iiiiiiiis good.", secondsEach: 0.9)
        let cues = Speech.shaped([drawl]).cues
        #expect(cues.count >= 3)
        #expect(cues.allSatisfy { milliseconds($0.range.durationSeconds) <= 7000 })
    }

    @Test func `speakers never share a cue`() {
        let cues = Speech.shaped([
            Speech.segment("Are you there?", start: 0, speaker: "left"),
            Speech.segment("Yes.", start: 0.8, speaker: "right"),
            Speech.segment("Good.", start: 1.1, speaker: "left"),
        ]).cues
        #expect(cues.map(\.speaker) == ["left", "right", "left"])
        #expect(
            zip(cues, cues.dropFirst()).allSatisfy { $0.range.endSeconds < $1.range.startSeconds })
    }

    @Test func `the label of a speaker has its room in the line`() {
        let text = "This sentence has forty-one characters, ok"
        let segment = Speech.segment(text, speaker: "left")
        #expect(Speech.shaped([segment]).cues.map(\.lines) == [[text]])
        let cues = Speech.shaped([segment], labelsSpeakers: true).cues
        #expect(cues.first?.lines.count == 2)
        let file = written(cues, .srt)
        #expect(file.split(separator: "\n").allSatisfy { $0.count <= 42 }, "\(file)")
        #expect(file.contains("\nleft: This"), "\(file)")
    }

    @Test func `each word is a cue of its own where that is asked for`() {
        let cues = Speech.shaped([Speech.segment("One two, three.")], eachWord: true).cues
        #expect(cues.map(\.lines) == [["One"], ["two,"], ["three."]])
        #expect(cues.map { milliseconds($0.range.startSeconds) } == [0, 260, 585])
        #expect(cues.map { milliseconds($0.range.endSeconds) } == [195, 520, 975])
    }

    @Test func `text without times of words shares the time of its segment`() throws {
        let text =
            "This goes on and on for quite a while. And then, after that, it has an end, at last."
        let segment = SpokenSegment(
            text: text, range: TimeRange(startSeconds: 10, endSeconds: 16), language: "en")
        let cues = Speech.shaped([segment]).cues
        #expect(cues.map { $0.lines.joined(separator: " ") }.joined(separator: " ") == text)
        #expect(cues.first?.range.startSeconds == 10)
        let second = try #require(cues.dropFirst().first)
        // 30 of 66 characters other than spaces stand before it.
        #expect(abs(second.range.startSeconds - (10 + 6 * 30.0 / 66)) < 0.002)
    }

    @Test func `words that do not spell the text are not trusted with it`() {
        var segment = Speech.segment("One two three.")
        segment.text = " One two three four."
        #expect(Speech.shaped([segment]).cues.map(\.lines) == [["One two three four."]])
    }

    @Test func `Japanese breaks after phrases and never before closing punctuation`() {
        let segment = SpokenSegment(
            text: "何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは、記憶している。",
            range: TimeRange(startSeconds: 0, endSeconds: 6.5), language: "ja")
        let lines = Speech.shaped([segment]).cues.flatMap(\.lines)
        #expect(lines.joined() == segment.text)
        #expect(lines.allSatisfy { !"、。ーャ".contains($0.first ?? " ") }, "\(lines)")
        #expect(lines.allSatisfy { $0.count <= 21 })
    }

    @Test func `Japanese segments without punctuation are parted by a space`() {
        let cues = Speech.shaped([
            SpokenSegment(text: "行こう", range: TimeRange(startSeconds: 0, endSeconds: 0.4)),
            SpokenSegment(text: "どこに？", range: TimeRange(startSeconds: 0.4, endSeconds: 1)),
            SpokenSegment(text: "ここ", range: TimeRange(startSeconds: 1, endSeconds: 1.2)),
        ]).cues
        #expect(cues.map(\.lines) == [["行こう どこに？"], ["ここ"]])
    }

    @Test func `a word longer than a line is cut as a last resort`() {
        let word = String(repeating: "abcdefghij", count: 10)
        let lines = Speech.lines("So " + word + " it is.").flatMap { $0 }
        #expect(lines.allSatisfy { $0.count <= 42 }, "\(lines)")
        #expect(lines.joined().filter { $0 != " " } == "So\(word)itis.")
    }

    @Test func `nothing to say makes no cue`() {
        #expect(Speech.shaped([]).cues.isEmpty)
        let blank = SpokenSegment(
            text: " \n\u{7} ", range: TimeRange(startSeconds: 0, endSeconds: 1))
        #expect(Speech.shaped([blank]).cues.isEmpty)
    }

    @Test func `the houses differ in their limits and have names`() {
        #expect(SubtitleProfile.all.map(\.name) == ["standard", "netflix", "bbc", "dcmp"])
        #expect(SubtitleProfile.named("BBC") == .bbc)
        #expect(SubtitleProfile.named("other") == nil)
        let text = "The quick brown fox jumps over lazy dogs."
        let segment = Speech.segment(text)
        #expect(Speech.shaped([segment], .standard).cues.map(\.lines) == [[text]])
        #expect(Speech.shaped([segment], .dcmp).cues.first?.lines.count == 2)
    }
}
