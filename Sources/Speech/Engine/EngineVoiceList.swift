import CESpeak
import Signals

extension EngineVoices {
    /// What the engine lists, which opens each of its voices anew.
    static var listed: EngineVoices {
        // Safe: the list ends in nil and stays valid until the next is asked for; all is copied.
        let voices = unsafe copied(cc_espeak_voices(nil))
        // Asked for variants, the engine would open everything a second time.
        let folder = unsafe String(cString: cc_espeak_data()) + "/voices/!v"
        return EngineVoices(
            voices: voices.sorted { $0.name.lowercased() < $1.name.lowercased() },
            variants: folderNames(in: folder).filter { !$0.hasPrefix(".") })
    }
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
