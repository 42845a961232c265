import Speech
import Testing

/// A process that is no engine; `ToolTests` have the real one, which is the tool itself.
@Suite struct GuardedSynthesizerTests {
    private func failure(_ script: String) -> SpeechError? {
        do throws(SpeechError) {
            var engine = try GuardedSynthesizer(command: ["/bin/sh", "-c", script])
            _ = try engine.sampleRate()
            return nil
        } catch {
            return error
        }
    }

    @Test func `a process that ends, dies or talks nonsense is an error, not a hang`() {
        #expect(failure("exit 3") == .engineDied(reason: "it ended with status 3"))
        #expect(failure("kill -9 $$") == .engineDied(reason: "it was ended by signal 9"))
        for nonsense in [
            "xxxxxxxxxx", "\\001\\000\\000\\000\\377",
            "\\005\\000\\000\\000\\002\\377\\377\\377\\377",
        ] {
            let error = failure("printf '\(nonsense)' >&0; sleep 100")
            #expect(error == .engineDied(reason: "it talked nonsense"), "\(nonsense)")
        }
    }

    @Test func `a program that is not there is an error`() {
        #expect(throws: SpeechError.self) {
            var engine = try GuardedSynthesizer(command: ["/nonexistent"])
            _ = try engine.sampleRate()
        }
    }
}
