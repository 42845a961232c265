/// A place that sound goes to, piece by piece.
package protocol SoundOutput: ~Copyable {
    /// - Throws: `AudioError` where the place takes no more.
    mutating func write(_ samples: [Int16]) throws(AudioError)

    /// Completes the sound; without it, it is cut off.
    ///
    /// - Throws: `AudioError` where the last of it cannot be stored or heard.
    mutating func finish() throws(AudioError)
}
