import Audio
import Models
import Signals
import Subtitles
import ToolKit

/// Writes the transcripts of recordings, one after the other, with one model.
package struct Scribe: Sendable {
    private let plan: TranscriptPlan
    private let recognizer: any SpeechRecognizer
    /// Fresh; a copy of it hears a channel.
    private let cutter: SpeechCutter
    private let notices: Notices

    /// Loads the model.
    ///
    /// - Throws: `NoModelError` where none is installed, `RecognitionError` where the model cannot do
    ///   what is wanted, the model's own errors.
    package init(_ plan: TranscriptPlan, telling notices: Notices) throws {
        self.plan = plan
        self.notices = notices
        recognizer = try plan.models.recognizer()
        let detector = try plan.models.voiceDetector(for: recognizer)
        try plan.request.check(against: recognizer)
        if let scope = recognizer.scope {
            notices.line("\(recognizer.name) understands \(scope) only")
        }
        cutter = SpeechCutter(
            detector: detector, rules: plan.cutting, limitSamples: recognizer.windowSamples)
    }

    /// Writes what is said in one recording.
    ///
    /// - Parameters:
    ///   - input: the recording.
    ///   - output: gets whole lines, as soon as they are known.
    /// - Throws: `PartialAnswer` where a part of the recording could not be read; else nothing was
    ///   written: `SoundInputError`, the recogniser's errors; `OutputError`.
    package func write(_ input: OpenInput, to output: inout Output) throws {
        var sound = try SoundReader(
            descriptor: input.descriptor, name: input.name, raw: plan.raw,
            selection: plan.selection)
        if !plan.request.speakers.isEmpty, sound.channelCount != plan.request.speakers.count {
            throw ChannelError(found: sound.channelCount, wanted: plan.request.speakers.count)
        }
        let about = TranscriptWriter.Recording(
            name: input.name, label: input.label, model: recognizer.name)
        if plan.detectsLanguage {
            try writeLanguage(&sound, about, input.spokenName, to: &output)
        } else if let live = plan.live {
            input.widenPipe()
            try write(live: live, &sound, about, to: &output)
        } else {
            try write(&sound, about, input.spokenName, to: &output)
        }
        if let damage = sound.damage { throw PartialAnswer(damage) }
    }

    private func write(
        _ sound: inout SoundReader, _ input: TranscriptWriter.Recording, _ spokenName: String,
        to output: inout Output
    ) throws {
        var writer = TranscriptWriter(plan.format, plan.style, of: input)
        var progress = HeardProgress(
            of: sound.durationSeconds, telling: plan.tellsProgress ? notices : nil)
        let transcriber = Transcriber(recognizer, plan.request, cutter)
        try output.send(writer.head)
        let report = try transcriber.transcribe(&sound, onProgress: { progress.heard($0) }) {
            try output.send(writer.add($0))
        }
        try output.send(writer.end(report))
        tell(report, of: spokenName)
        tell(writer.warnings, of: spokenName)
    }

    private func writeLanguage(
        _ sound: inout SoundReader, _ input: TranscriptWriter.Recording, _ spokenName: String,
        to output: inout Output
    ) throws {
        let report = LanguageReport(
            recognizer, allowed: plan.request.recognition.allowedLanguages)
        let guesses = try report.guesses(of: &sound, cutter)
        if guesses.isEmpty { notices.line("\(spokenName): nobody speaks, so there is no language") }
        try output.send(LanguageReport.line(guesses, plan.format, of: input))
    }

    private func write(
        live: TranscriptPlan.Live, _ sound: inout SoundReader, _ input: TranscriptWriter.Recording,
        to output: inout Output
    ) throws {
        var writer = LiveWriter(
            plan.format, plan.style, of: input, showsPartials: live.showsPartials)
        let transcriber = LiveTranscriber(
            recognizer, plan.request, cutter, stepSeconds: live.stepSeconds)
        try output.send(writer.head)
        let report = try transcriber.transcribe(&sound) { event, heardSeconds in
            let written = writer.add(event, heardSeconds: heardSeconds)
            if let aside = written.aside { notices.line(aside) }
            try output.send(written.text)
        }
        try output.send(writer.end(report))
        tell(report, of: "what was heard")
        if let latency = writer.latency.sentence { notices.line(latency) }
    }
}

extension Scribe {
    /// What was withheld and what is doubtful, by count: never the words themselves.
    private func tell(_ report: TranscriptReport, of name: String) {
        for (reason, count) in report.withheld.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            notices.line("\(name): \(reason.sentence(count))")
        }
        if report.echoCount > 0 {
            notices.line("\(name): \(report.echoCount) left to the channel that says them louder")
        }
        if report.doubtfulCount > 0 {
            notices.line(
                "\(name): \(report.doubtfulCount) of \(report.windowCount) windows are doubtful: "
                    + "the model repeats itself there or is not sure; listen to them again")
        }
        guard let language = report.language, let probability = report.languageProbability,
            probability < plan.request.recognition.languageFloor
        else { return }
        notices.line(
            "\(name): the language is uncertain, perhaps '\(language)' "
                + "(\(Int(probability * 100)) percent); name it with --language")
    }

    private func tell(_ warnings: TranscriptWriter.Warnings, of name: String) {
        for (_, warning) in warnings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let more = warning.count == 1 ? "" : ", and \(warning.count - 1) more like it"
            notices.line("\(name): \(warning.first.sentence)\(more)")
        }
    }
}

extension InventionFilter.Reason {
    /// What was done, "2 segments withheld where nobody was heard".
    fileprivate func sentence(_ count: Int) -> String {
        let segments = count == 1 ? "1 segment" : "\(count) segments"
        return switch self {
        case .noSpeech: "\(segments) withheld where nobody was heard; see --min-speech-share"
        case .improbableWords: "\(segments) of improbable words withheld over silence"
        case .repeatedSegment: "\(segments) withheld that said the same once more"
        case .loop: "\(segments) shortened in which a phrase went round and round"
        }
    }
}

/// A recording has other channels than the speakers that were named.
package struct ChannelError: Explained, Equatable {
    let found: Int
    let wanted: Int

    package var what: String {
        "the recording has \(found) channel\(found == 1 ? "" : "s") where \(wanted) speakers are wanted"
    }
    package var remedy: String {
        "leave out --channels-are-speakers, or name as many speakers as there are channels"
    }
    package var exitStatus: ExitStatus { .damagedInput }
}

extension Output {
    /// Sends whole lines off.
    fileprivate mutating func send(_ text: String) throws(OutputError) {
        guard !text.isEmpty else { return }
        write(text)
        try flush()
    }
}
