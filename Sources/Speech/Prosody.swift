/// How fast, how high and how loud, in the engine's units.
package struct Prosody: Sendable, Equatable {
    package static let rates = 80...450
    package static let pitches = 0...100
    package static let volumes = 0...200

    /// Words a minute, at the speed of an ordinary voice.
    package let rate: Int
    /// 50 is the voice's own.
    package let pitch: Int
    /// 100 is the voice's own.
    package let volume: Int

    package static let usual = Prosody()

    private init() { (rate, pitch, volume) = (175, 50, 100) }

    /// - Throws: `SpeechError.outOfRange`.
    package init(rate: Int, pitch: Int, volume: Int) throws(SpeechError) {
        let asked = [
            ("--rate", rate, Self.rates), ("--pitch", pitch, Self.pitches),
            ("--volume", volume, Self.volumes),
        ]
        for (option, value, range) in asked where !range.contains(value) {
            throw .outOfRange(option: option, value: value, range: range)
        }
        (self.rate, self.pitch, self.volume) = (rate, pitch, volume)
    }
}
