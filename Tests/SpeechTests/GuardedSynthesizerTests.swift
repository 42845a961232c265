import Speech
import Testing

/// A process that is no engine; `ToolTests` have the real one, which is the tool itself.
@Suite struct GuardedSynthesizerTests {
    private func failure(
        _ script: String, _ patience: EnginePatience = .usual
    ) -> SpeechError? {
        do throws(SpeechError) {
            var engine = try GuardedSynthesizer(
                command: ["/bin/sh", "-c", script], patience: patience)
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
            let error = failure("printf '\(nonsense)' >&0; exec sleep 100")
            #expect(error == .engineDied(reason: "it talked nonsense"), "\(nonsense)")
        }
    }

    @Test func `a process that works without end or sleeps hangs`() {
        let spin = failure(
            "while :; do :; done", EnginePatience(workSeconds: 0.3, idleSeconds: 1e9))
        #expect(spin == .engineHung)
        let sleep = failure("exec sleep 1000", EnginePatience(workSeconds: 1e9, idleSeconds: 1))
        #expect(sleep == .engineHung)
    }

    @Test func `a process that waits for a processor does not hang, however long`() {
        typealias Activity = EnginePatience.Activity
        let begin = Activity(workSeconds: 1, isIdle: false)
        var wait = EnginePatience.Wait(.usual, from: begin)
        func hangs(_ activity: Activity?) -> Bool { wait.isOver(afterSeconds: 0.5, activity) }
        for _ in 0..<10_000 { #expect(!hangs(begin)) }
        // A nap is none either.
        for i in 0..<1000 { #expect(!hangs(Activity(workSeconds: 1, isIdle: i % 4 > 0))) }
        #expect(hangs(Activity(workSeconds: 11, isIdle: false)))
        #expect(hangs(nil))
    }

    @Test func `a program that is not there is an error`() {
        #expect(throws: SpeechError.self) {
            var engine = try GuardedSynthesizer(command: ["/nonexistent"])
            _ = try engine.sampleRate()
        }
    }
}
