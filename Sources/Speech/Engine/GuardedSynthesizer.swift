/// The speech engine in a process of its own, which may die without taking anyone along.
///
/// An order that kills the engine is lost; the next one finds a new engine. Each order says with
/// which voice and how it is to be spoken, so a new engine needs to know nothing.
package struct GuardedSynthesizer: ~Copyable {
    /// Of one text, in seconds; a thousand emoji with long names, said slowly, take three hours.
    private static let longestSound = 4 * 3600

    private let command: [String]
    private let patience: EnginePatience
    private var process: EngineProcess?
    /// Samples per second, of the living process; 0 until it has said so.
    private var rate = 0
    private var voices: EngineVoices?
    /// Whether the living process has answered an order.
    private var isUsed = false

    /// Starts the engine's process and does not wait for it.
    ///
    /// - Parameters:
    ///   - command: that runs `EngineServer`; this executable by default.
    ///   - patience: with an engine that says nothing.
    /// - Throws: `SpeechError.engineFailed` where there can be no process.
    package init(
        command: [String] = ["/proc/self/exe", EngineServer.argument],
        patience: EnginePatience = .usual
    ) throws(SpeechError) {
        self.command = command
        self.patience = patience
        process = try EngineProcess(command)
    }

    /// Samples per second (Hz), the same for all sound.
    ///
    /// - Throws: `SpeechError.engineMissing` where the engine's data is not installed.
    package mutating func sampleRate() throws(SpeechError) -> Int {
        try start()
        return rate
    }

    /// The voices that come with the engine.
    ///
    /// - Throws: `SpeechError`.
    package mutating func engineVoices() throws(SpeechError) -> EngineVoices {
        if let voices { return voices }
        guard case .voices(let found) = try answer(to: .listVoices) else {
            throw lost("it names no voices")
        }
        voices = found
        return found
    }

    /// Speaks a text.
    ///
    /// - Parameters:
    ///   - order: the text, the voice, and how.
    ///   - sink: gets the sound, piece by piece; what it throws stops the speech.
    /// - Throws: `SpeechError.engineDied` or `.engineHung`, after which the next order may succeed,
    ///   other cases of `SpeechError`, and what `sink` throws.
    package mutating func speak(
        _ order: SpeechOrder, to sink: (SpeechPiece) throws -> Void
    ) throws {
        guard !order.text.isSilent else { return }
        let longest = try sampleRate() * Self.longestSound
        var count = 0
        do {
            var report = try answer(to: .speak(order))
            while case .sound(let piece) = report {
                count += piece.samples.count
                guard count <= longest else { throw lost("it did not stop") }
                try sink(piece)
                report = try next()
            }
            try checkEnd(report)
        } catch {
            // Nobody wants the rest of this answer.
            if !error.leavesEngineReady { process = nil }
            throw error
        }
    }

    /// What the engine would say, as phonemes.
    ///
    /// - Throws: `SpeechError`, as `speak`.
    package mutating func phonemes(
        of order: SpeechOrder, _ notation: PhonemeNotation
    ) throws(SpeechError) -> String {
        guard !order.text.isSilent else { return "" }
        let report = try answer(to: .phonemes(order, notation))
        guard case .phonemes(let text) = report else {
            try checkEnd(report)
            return ""
        }
        try checkEnd(try next())
        return text
    }

    private func checkEnd(_ report: EngineReport) throws(SpeechError) {
        switch report {
        case .done: return
        case .failed(let reason): throw .engineFailed(reason: reason)
        default: throw .engineDied(reason: "it answered what nobody had asked")
        }
    }

    /// The first report to a request; it is asked for a second time where the engine died of the
    /// first without a sound, for it may have been ill before: a fresh one was not.
    private mutating func answer(to request: EngineRequest) throws(SpeechError) -> EngineReport {
        try begin(request)
        let mayHaveBeenIll = isUsed
        do throws(SpeechError) {
            let report = try next()
            isUsed = true
            return report
        } catch {
            guard error.isDeath, mayHaveBeenIll else { throw error }
            try begin(request)
            let report = try next()
            isUsed = true
            return report
        }
    }

    private mutating func begin(_ request: EngineRequest) throws(SpeechError) {
        try start()
        // What a dead process does not take, `next` explains.
        _ = process?.send(request)
    }

    /// Has a process whose engine is ready.
    private mutating func start() throws(SpeechError) {
        if rate > 0, process != nil { return }
        if process == nil { process = try EngineProcess(command) }
        isUsed = false
        rate = 0
        switch try next() {
        case .started(let rate): self.rate = rate
        case .missing(let reason): throw .engineMissing(reason: reason)
        default: throw lost("it started with an answer")
        }
    }

    private mutating func next() throws(SpeechError) -> EngineReport {
        do throws(EngineProcess.Death) {
            guard let report = try process?.next(patience) else {
                throw .ended(status: 0)
            }
            return report
        } catch {
            process = nil
            throw error.told
        }
    }

    private mutating func lost(_ reason: String) -> SpeechError {
        process = nil
        return .engineDied(reason: reason)
    }
}

extension Error {
    /// The engine said itself that it could not do it, and waits for the next order.
    fileprivate var leavesEngineReady: Bool {
        if case .engineFailed? = self as? SpeechError { true } else { false }
    }
}

extension EngineProcess.Death {
    fileprivate var told: SpeechError {
        switch self {
        case .hung: .engineHung
        case .killed(let signal): .engineDied(reason: "it was ended by signal \(signal)")
        case .ended(let status): .engineDied(reason: "it ended with status \(status)")
        case .confused: .engineDied(reason: "it talked nonsense")
        }
    }
}
