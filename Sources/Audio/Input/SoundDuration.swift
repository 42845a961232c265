/// How long a recording is: by its header or its container, or else by reading it to its end.
///
/// - Parameters:
///   - descriptor: open for reading; it is not closed.
///   - name: of the recording.
///   - raw: how the samples lie, where there is no header.
/// - Returns: seconds.
/// - Throws: `SoundInputError` where nothing in it is sound.
package func soundDuration(
    descriptor: Int32, name: String, raw: RawSoundFormat? = nil
) throws(SoundInputError) -> Double {
    let rate = 8000
    var reader = try SoundReader(descriptor: descriptor, name: name, raw: raw, sampleRate: rate)
    if let seconds = reader.durationSeconds { return seconds }
    var count = 0
    while true {
        let samples = try reader.read(upTo: rate)[0]
        if samples.isEmpty { return Double(count) / Double(rate) }
        count += samples.count
    }
}
