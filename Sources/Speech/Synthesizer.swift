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

    fileprivate static let firstVoice = "en"
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
        try startEngine()
        sampleRate = Int(espeak_ng_GetSampleRate())
        selection = .named(Self.firstVoice)
    }

    /// The engine looks for them each time.
    package var engineVoices: EngineVoices { listVoices() }

    deinit { espeak_ng_Terminate() }

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
        unsafe espeak_ng_SetPunctuationList(marks)
        // The engine takes both and answers that it does not know them.
        _ = espeak_ng_SetParameter(espeakPUNCTUATION, punctuation.engineValue, 0)
        _ = espeak_ng_SetParameter(espeakCAPITALS, capitals.engineValue, 0)
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
            let bytes = Array(text.text.utf8) + [0]
            // Safe: the engine reads up to the 0, and uses the delivery only during this call,
            // in which it is alive.
            let status = unsafe espeak_ng_Synthesize(
                bytes, bytes.count, 0, POS_CHARACTER, 0,
                UInt32(form.flags), nil,
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
        let bytes = Array(text.text.utf8) + [0]
        unsafe espeak_SetPhonemeTrace(notation == .ipa ? 2 : 1, stream)
        let status = unsafe espeak_ng_Synthesize(
            bytes, bytes.count, 0, POS_CHARACTER, 0, UInt32(form.flags), nil, nil)
        espeak_SetPhonemeTrace(0, nil)
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
                unsafe espeak_ng_SetVoiceByName(name)
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
        return unsafe espeak_ng_SetVoiceByFile("/dev/fd/\(descriptor)")
    }

    private func applyProsody() throws(SpeechError) {
        let values = [
            (espeakRATE, prosody.rate), (espeakPITCH, prosody.pitch),
            (espeakVOLUME, prosody.volume),
        ]
        for (parameter, value) in values {
            let status = espeak_ng_SetParameter(parameter, Int32(value), 0)
            guard status == ENS_OK else { throw .engineFailed(reason: message(status)) }
        }
    }
}

extension SpeechForm {
    fileprivate var flags: Int32 {
        espeakCHARS_UTF8 | (isContinued ? 0 : espeakENDPAUSE)
            | (isMarkup ? espeakSSML | espeakPHONEMES : 0)
    }
}

private func startEngine() throws(SpeechError) {
    var context: espeak_ng_ERROR_CONTEXT?
    // A nil path means the engine's own.
    espeak_ng_InitializePath(nil)
    // Safe: the context is freed once, the name lives through the call.
    let started = unsafe espeak_ng_Initialize(&context)
    unsafe espeak_ng_ClearErrorContext(&context)
    guard started == ENS_OK else { throw .engineMissing(reason: message(started)) }
    // 60 ms is the shortest buffer that holds all events.
    let opened = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 60, nil)
    guard opened == ENS_OK else { throw .engineMissing(reason: message(opened)) }
    // Without it, SSML would have the engine run a shell on a file's name; 1 means "not played".
    unsafe espeak_SetUriCallback { _, _, _ in 1 }
    unsafe espeak_SetSynthCallback { unsafe deliver($0, $1, $2) }
    let selected = unsafe espeak_ng_SetVoiceByName(Synthesizer.firstVoice)
    guard selected == ENS_OK else { throw .engineMissing(reason: message(selected)) }
}

/// Where the samples of one call go.
private final class Delivery {
    private let sink: (SpeechPiece) throws -> Void
    private(set) var failure: (any Error)?

    init(_ sink: @escaping (SpeechPiece) throws -> Void) { self.sink = sink }

    /// - Returns: whether the engine is to go on.
    func take(_ piece: SpeechPiece) -> Bool {
        do {
            try sink(piece)
            return true
        } catch {
            failure = error
            return false
        }
    }
}

/// What the engine calls with each buffer; 1 stops it.
private func deliver(
    _ samples: UnsafeMutablePointer<Int16>?, _ count: Int32,
    _ events: UnsafeMutablePointer<espeak_EVENT>?
) -> Int32 {
    // Safe: the engine passes `count` samples and a list of events, of which the last has the type
    // 0, and whose user data is the delivery that `speak` keeps alive.
    guard let samples = unsafe samples, count > 0, let events = unsafe events,
        let data = unsafe events.pointee.user_data
    else { return 0 }
    var words: [SpeechPiece.WordStart] = []
    var event = unsafe events
    while unsafe event.pointee.type != espeakEVENT_LIST_TERMINATED {
        if unsafe event.pointee.type == espeakEVENT_WORD {
            unsafe words.append(
                SpeechPiece.WordStart(
                    scalar: Int(event.pointee.text_position) - 1,
                    length: Int(event.pointee.length), sample: Int(event.pointee.sample)))
        }
        unsafe event += 1
    }
    let delivery = unsafe Unmanaged<Delivery>.fromOpaque(data).takeUnretainedValue()
    let chunk = unsafe Array(UnsafeBufferPointer(start: samples, count: Int(count)))
    return delivery.take(SpeechPiece(samples: chunk, words: words)) ? 0 : 1
}

private func message(_ status: espeak_ng_STATUS) -> String {
    var buffer = [CChar](repeating: 0, count: 512)
    // Safe: the engine writes at most as many bytes as it is told, ended by a 0.
    unsafe espeak_ng_GetStatusCodeMessage(status, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

private func listVoices() -> EngineVoices {
    // Safe: each list ends in nil and stays valid until the next is asked for; all is copied.
    let voices = unsafe copied(espeak_ListVoices(nil))
    let variants = unsafe "variant".withCString { language in
        var wanted = unsafe espeak_VOICE()
        unsafe wanted.languages = unsafe language
        return unsafe copied(espeak_ListVoices(&wanted))
    }
    return EngineVoices(
        voices: voices.sorted { $0.name.lowercased() < $1.name.lowercased() },
        variants: variants.map(\.name).sorted())
}

private func copied(
    _ list: UnsafeMutablePointer<UnsafePointer<espeak_VOICE>?>?
) -> [EngineVoice] {
    guard let list = unsafe list else { return [] }
    var voices: [EngineVoice] = []
    var i = 0
    while let voice = unsafe list[i]?.pointee {
        i += 1
        guard let title = unsafe voice.name, let identifier = unsafe voice.identifier else {
            continue
        }
        let genders = ["", "male", "female"]
        unsafe voices.append(
            EngineVoice(
                name: String(cString: identifier).split(separator: "/").last.map(String.init) ?? "",
                title: String(cString: title).replacing("_", with: " "),
                languages: languages(voice.languages),
                gender: Int(voice.gender) < genders.count ? genders[Int(voice.gender)] : ""))
    }
    return voices
}

/// Reads pairs of a priority byte and a string, ended by a priority of 0.
private func languages(_ list: UnsafePointer<CChar>?) -> [String] {
    guard var position = unsafe list else { return [] }
    var tags: [String] = []
    while unsafe position.pointee != 0 {
        unsafe position += 1
        let tag = unsafe String(cString: position)
        tags.append(tag.lowercased())
        unsafe position += tag.utf8.count + 1
    }
    return tags
}
