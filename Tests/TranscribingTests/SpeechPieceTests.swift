import Signals
import Testing
import Transcribing

@Suite struct SpeechPieceTests {
    @Test func `a piece knows where it stands in the recording`() {
        let piece = SpeechPiece(startSample: 320, samples: [0, 0], speech: [], isLast: true)
        #expect(piece.startSample + piece.samples.count == 322)
    }
}
