import CESpeak
import Glibc
import Synchronization

/// The speech engine, libespeak-ng: text in, samples out.
///
/// The engine lives in globals of the process. There is one `Synthesizer` in a program's life and
/// one thread that uses it, for the engine does not survive a second start.
@safe
package struct Synthesizer: ~Copyable {
    /// Samples per second (Hz).
    package let sampleRate: Int

    /// English, by its place in the engine's data: by its name the engine opens 240 voices first.
    ///
    /// The name is for data without a folder of West Germanic languages.
    private static let firstVoices = ["gmw/en", "en"]
    private static let isTaken = Atomic(false)

    private var selection: VoiceChoice
    private var prosody = Prosody.usual
    private var punctuation = SpokenPunctuation.none
    private var capitals = SpokenCapitals.none

    /// Starts the engine and loads its English voice.
    ///
    /// - Throws: `SpeechError.engineMissing` where its data is not installed.
    /// - Precondition: no other synthesizer has been made in this process.
    package init() throws(SpeechError) {
        let wasTaken = Self.isTaken.exchange(true, ordering: .sequentiallyConsistent)
        precondition(!wasTaken, "a second Synthesizer in one process")
        try Self.startEngine()
        sampleRate = Int(cc_espeak_sample_rate())
        selection = .named("en")
    }

    /// The engine looks for them each time.
    package var engineVoices: EngineVoices { .listed }

    deinit { cc_espeak_end() }

    /// Speaks with a voice of the engine from now on.
    ///
    /// - Parameter choice: `NAME` or `NAME+VARIANT`.
    /// - Throws: `SpeechError.unknownVoice` or `.unknownVariant`; the voice stays as it was.
    package mutating func use(voice choice: String) throws(SpeechError) {
        try select(.named(try engineVoices.resolve(choice)))
    }

    /// Speaks with a voice of one's own from now on.
    ///
    /// - Parameter file: the checked voice file.
    /// - Throws: `SpeechError.unknownLanguage`; the voice stays as it was.
    package mutating func use(voice file: VoiceFile) throws(SpeechError) {
        try engineVoices.check(languageOf: file)
        try select(.file(file))
    }

    package mutating func use(_ prosody: Prosody) throws(SpeechError) {
        self.prosody = prosody
        try applyProsody()
    }

    /// Has the voice and the prosody of an order, whose voice is known to the engine.
    mutating func prepare(for order: SpeechOrder) throws(SpeechError) {
        if order.prosody != prosody { try use(order.prosody) }
        if order.voice != selection { try select(order.voice) }
        if order.form.punctuation != punctuation || order.form.capitals != capitals {
            (punctuation, capitals) = (order.form.punctuation, order.form.capitals)
            applyNames()
        }
    }

    /// Which marks are named, and how capitals are heard.
    private func applyNames() {
        // Safe: wide characters ended by a 0, which the engine copies.
        let some = SpokenPunctuation.someMarks.unicodeScalars
        let marks = some.map { wchar_t(bitPattern: $0.value) } + [0]
        unsafe cc_espeak_set_marks(marks)
        // The engine takes both and answers that it does not know them.
        _ = cc_espeak_set(espeakPUNCTUATION, punctuation.engineValue)
        _ = cc_espeak_set(espeakCAPITALS, capitals.engineValue)
    }

    /// Speaks a text.
    ///
    /// - Parameters:
    ///   - text: a sentence, or a few.
    ///   - form: whether it is markup, and whether it goes on.
    ///   - sink: gets the samples, some 60 ms at a time; what it throws stops the speech.
    /// - Throws: `SpeechError.engineFailed`, and what `sink` throws.
    package func speak(
        _ text: SpeakableText, _ form: SpeechForm = SpeechForm(),
        to sink: (SpeechPiece) throws -> Void
    ) throws {
        guard !text.isSilent else { return }
        try withoutActuallyEscaping(sink) { sink in
            let delivery = Delivery(sink)
            let bytes = Array(text.text.utf8CString)
            // Safe: the engine reads up to the 0, and uses the delivery only during this call,
            // in which it is alive.
            let status = unsafe cc_espeak_speak(
                bytes, bytes.count, UInt32(form.flags),
                Unmanaged.passUnretained(delivery).toOpaque())
            let failure = withExtendedLifetime(delivery) { delivery.failure }
            if let failure { throw failure }
            guard status == ENS_OK else {
                throw SpeechError.engineFailed(reason: message(status))
            }
        }
    }

    /// What would be said, clause by clause with a space between.
    ///
    /// - Parameters:
    ///   - text: a sentence, or a few.
    ///   - form: whether it is markup.
    ///   - notation: the letters.
    /// - Returns: one line.
    /// - Throws: `SpeechError.engineFailed`.
    package func phonemes(
        of text: SpeakableText, _ form: SpeechForm, _ notation: PhonemeNotation
    ) throws(SpeechError) -> String {
        // The engine's function from text to phonemes knows no markup; a trace of speaking does.
        // Safe: the stream lives until the engine has let go of it, and is closed once.
        let descriptor = unsafe memfd_create("phonemes", 0)
        guard descriptor >= 0, let stream = unsafe fdopen(descriptor, "w+") else {
            throw .engineFailed(reason: "no memory for the phonemes")
        }
        defer { unsafe fclose(stream) }
        let bytes = Array(text.text.utf8CString)
        unsafe cc_espeak_trace(notation == .ipa ? 2 : 1, stream)
        let status = unsafe cc_espeak_speak(bytes, bytes.count, UInt32(form.flags), nil)
        cc_espeak_trace(0, nil)
        guard status == ENS_OK else { throw .engineFailed(reason: message(status)) }
        unsafe fflush(stream)
        var lines: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        lseek(descriptor, 0, SEEK_SET)
        while case let count = unsafe read(descriptor, &buffer, buffer.count), count > 0 {
            lines += buffer[..<count]
        }
        return String(decoding: lines, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    private mutating func select(_ new: VoiceChoice) throws(SpeechError) {
        do throws(SpeechError) {
            try apply(new)
            selection = new
        } catch {
            // A voice that fails to load leaves the engine between two voices.
            try apply(selection)
            throw error
        }
    }

    private func apply(_ selection: VoiceChoice) throws(SpeechError) {
        let status =
            switch selection {
            case .named(let name):
                // Safe: the name is of the engine's own list and lives through the call.
                unsafe cc_espeak_use_voice(name)
            case .file(let file):
                try load(file)
            }
        guard status == ENS_OK else { throw .engineFailed(reason: message(status)) }
        try applyProsody()
    }

    /// Hands the checked text over as a file without a name.
    ///
    /// By path, the engine would lower the letters, cut it at 59 bytes and split it at `+`.
    private func load(_ file: VoiceFile) throws(SpeechError) -> espeak_ng_STATUS {
        // Safe: the strings and the bytes live through the calls that read them.
        let descriptor = unsafe memfd_create("voice", 0)
        defer { close(descriptor) }
        let bytes = Array(file.text.utf8)
        guard descriptor >= 0, unsafe write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .engineFailed(reason: "no memory for the voice file")
        }
        return unsafe cc_espeak_use_voice_file("/dev/fd/\(descriptor)")
    }

    private func applyProsody() throws(SpeechError) {
        let values = [
            (espeakRATE, prosody.rate), (espeakPITCH, prosody.pitch),
            (espeakVOLUME, prosody.volume),
        ]
        for (parameter, value) in values {
            let status = cc_espeak_set(parameter, Int32(value))
            guard status == ENS_OK else { throw .engineFailed(reason: message(status)) }
        }
    }

    private static func startEngine() throws(SpeechError) {
        guard cc_espeak_open() == 1 else {
            throw .engineMissing(reason: "libespeak-ng.so.1 cannot be opened")
        }
        // Safe: the function lives as long as the program.
        let started = unsafe cc_espeak_start { unsafe deliver($0, $1, $2) }
        guard started == ENS_OK else { throw .engineMissing(reason: message(started)) }
        var selected = ENS_VOICE_NOT_FOUND
        for voice in firstVoices where selected != ENS_OK {
            // Safe: the name lives through the call.
            selected = unsafe cc_espeak_use_voice(voice)
        }
        guard selected == ENS_OK else { throw .engineMissing(reason: message(selected)) }
    }
}

extension SpeechForm {
    fileprivate var flags: Int32 {
        espeakCHARS_UTF8 | (isContinued ? 0 : espeakENDPAUSE)
            | (isMarkup ? espeakSSML | espeakPHONEMES : 0)
    }
}

private func message(_ status: espeak_ng_STATUS) -> String {
    var buffer = [CChar](repeating: 0, count: 512)
    // Safe: the engine writes at most as many bytes as it is told, ended by a 0.
    unsafe cc_espeak_message(status, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
