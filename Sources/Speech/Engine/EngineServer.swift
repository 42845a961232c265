import CESpeak
import Glibc

/// The life of the engine's process: it says what it is asked for until nobody asks.
///
/// The engine can be killed by its input, and then this process dies and no other. It is the
/// executable of the tool with ``argument`` as its only argument, and a socket as standard input.
package enum EngineServer {
    /// Not of the command line that people see.
    package static let argument = "--engine-process"

    /// Whether this process was started to be the engine's.
    package static var isAsked: Bool {
        CommandLine.arguments.count == 2 && CommandLine.arguments[1] == argument
    }

    package static func run() -> Never {
        // A core file would keep what was said, and a tool that is gone asks for nothing more.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // Safe: the structure lives through the call.
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        cc_end_with_parent()
        let socket = EngineSocket(descriptor: STDIN_FILENO)
        do throws(SpeechError) {
            var synthesizer = try Synthesizer()
            guard socket.send(EngineReport.started(sampleRate: synthesizer.sampleRate).frame)
            else { exit(0) }
            serve(&synthesizer, socket)
        } catch {
            let reason = if case .engineMissing(let reason) = error { reason } else { error.what }
            _ = socket.send(EngineReport.missing(reason: reason).frame)
        }
        exit(0)
    }

    private static func serve(_ synthesizer: inout Synthesizer, _ socket: EngineSocket) {
        var stream = FrameStream()
        while true {
            do {
                while let (kind, fields) = try stream.next() {
                    let request = try EngineRequest(kind: kind, fields)
                    guard answer(request, &synthesizer, socket) else { return }
                }
            } catch {
                return
            }
            guard case .bytes(let bytes) = socket.receive(waitingMilliseconds: -1) else { return }
            stream.add(bytes[...])
        }
    }

    /// - Returns: whether anybody listens still.
    private static func answer(
        _ request: EngineRequest, _ synthesizer: inout Synthesizer, _ socket: EngineSocket
    ) -> Bool {
        var batch = SoundBatch(socket: socket)
        do {
            switch request {
            case .listVoices:
                return socket.send(EngineReport.voices(synthesizer.engineVoices).frame)
            case .speak(let order):
                try synthesizer.prepare(for: order)
                try synthesizer.speak(order.text, order.form) { try batch.add($0) }
                try batch.flush()
            case .phonemes(let order, let notation):
                try synthesizer.prepare(for: order)
                let text = try synthesizer.phonemes(of: order.text, order.form, notation)
                guard socket.send(EngineReport.phonemes(text).frame) else { return false }
            }
            return socket.send(EngineReport.done.frame)
        } catch is SoundBatch.NobodyListens {
            return false
        } catch {
            let reason = (error as? SpeechError)?.what ?? "\(error)"
            return socket.send(EngineReport.failed(reason: reason).frame)
        }
    }
}

/// Sends the first sound of a text at once, so that it is heard, and the rest in larger pieces.
private struct SoundBatch {
    struct NobodyListens: Error {}

    /// In samples; half a second.
    private static let size = 11_025

    let socket: EngineSocket
    private var hasSent = false
    private var waiting = SpeechPiece(samples: [])

    init(socket: EngineSocket) { self.socket = socket }

    mutating func add(_ piece: SpeechPiece) throws {
        waiting.samples += piece.samples
        waiting.words += piece.words
        if !hasSent || waiting.samples.count >= Self.size { try flush() }
    }

    mutating func flush() throws {
        guard !waiting.samples.isEmpty || !waiting.words.isEmpty else { return }
        guard socket.send(EngineReport.sound(waiting).frame) else { throw NobodyListens() }
        hasSent = true
        waiting = SpeechPiece(samples: [])
    }
}
