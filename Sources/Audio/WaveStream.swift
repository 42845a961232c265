/// A WAV file of unknown length on its way through a pipe, sent off piece by piece.
///
/// Its header gives the largest length that fits, as FFmpeg does where it cannot go back; players
/// read to the end. Nothing is written for no sound.
package struct WaveStream: ~Copyable, SoundOutput {
    private let file: OpenFile
    private let sampleRate: Int

    /// - Parameters:
    ///   - descriptor: open for writing; it is not closed.
    ///   - name: what errors call it.
    ///   - sampleRate: in Hz.
    package init(descriptor: Int32, name: String, sampleRate: Int) {
        file = OpenFile(descriptor: descriptor, name: name)
        self.sampleRate = sampleRate
    }

    package mutating func write(_ samples: [Int16]) throws(AudioError) {
        guard !samples.isEmpty else { return }
        var bytes = file.length == 0 ? header : []
        // Safe: the bytes of an array that lives through the call.
        unsafe samples.map { $0.littleEndian }.withUnsafeBytes { unsafe bytes += $0 }
        _ = file.write(bytes)
        if let failure = file.failure { throw failure }
    }

    package mutating func finish() throws(AudioError) {}

    /// Source: "Multimedia Programming Interface and Data Specifications 1.0", chapter 3.
    private var header: [UInt8] {
        let frameSize: UInt32 = 2
        return Array("RIFF".utf8) + littleEndian(.max, count: 4) + Array("WAVEfmt ".utf8)
            + littleEndian(16, count: 4)  // bytes of this chunk
            + littleEndian(1, count: 2)  // plain samples
            + littleEndian(1, count: 2)  // one channel
            + littleEndian(UInt32(sampleRate), count: 4)
            + littleEndian(UInt32(sampleRate) * frameSize, count: 4)
            + littleEndian(frameSize, count: 2)
            + littleEndian(16, count: 2)  // bits of a sample
            + Array("data".utf8) + littleEndian(.max, count: 4)
    }

    private func littleEndian(_ value: UInt32, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}
