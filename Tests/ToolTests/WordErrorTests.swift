import TestKit
import Testing

@Suite struct WordErrorTests {
    @Test(arguments: [
        ("The ferry leaves at nine.", "the ferry leaves at nine", 0, 5),
        ("The ferry leaves at nine.", "the fairy leaves nine", 2, 5),
        ("Stop!", "please stop now", 2, 1),
        ("Nobody speaks", "", 2, 2),
        ("", "", 0, 0),
        ("It's here", "it's  here,", 0, 2),
    ])
    func `words replaced, left out and added are counted`(
        said: String, written: String, errors: Int, words: Int
    ) {
        #expect(wordErrors(said: said, written: written) == (errors, words))
    }
}
