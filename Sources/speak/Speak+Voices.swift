import Speech
import ToolKit

extension Speak {
    /// One voice on a line, what is typed first; our own voices before those of the engine.
    func listVoices() throws {
        var output = Output()
        let own = OwnVoices.found
        for name in own.names {
            do {
                guard let voice = try own.voice(named: name) else { continue }
                try write(name, [voice.language, voice.gender, voice.summary], to: &output)
            } catch let error as VoiceFileError {
                // One broken file does not hide the others.
                notices.failure(error)
            }
        }
        var process = try GuardedSynthesizer()
        let engine = try process.engineVoices()
        for voice in engine.voices {
            let name = voice.name.lowercased()
            let tags = voice.languages.filter { $0 != name }
            try write(name, [voice.title, voice.gender] + tags, to: &output)
        }
        for variant in engine.variants {
            try write("+\(variant)", ["a variant of any voice, as in en+\(variant)"], to: &output)
        }
        try output.finish()
    }

    private func write(_ name: String, _ facts: [String], to output: inout Output) throws {
        output.write("\(name): \(facts.filter { !$0.isEmpty }.joined(separator: ", "))")
        try output.endLine()
    }
}
