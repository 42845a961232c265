import Glibc
import Kernels
import TestKit
import Testing

/// The fast transform beside the sum that it stands for.
@Suite struct MelTests {
    private let size = Int(CC_MEL_SIZE)
    private let hop = Int(CC_MEL_HOP)
    private var bins: Int { size / 2 + 1 }
    private var angles: [Double] { (0..<size).map { 2 * Double.pi * Double($0) / Double(size) } }

    /// A frame's power at one bin, by the definition.
    private func power(_ padded: [Float], frame: Int, bin: Int) -> Double {
        var (re, im) = (0.0, 0.0)
        for i in 0..<size {
            let x = Double(padded[frame * hop + i]) * (0.5 - 0.5 * cos(angles[i]))
            re += x * cos(angles[i * bin % size])
            im -= x * sin(angles[i * bin % size])
        }
        return re * re + im * im
    }

    /// One filter per bin, each letting its bin through as it is.
    private func logPower(_ padded: [Float], frames: Int) -> [Float] {
        let window = angles.map { Float(0.5 - 0.5 * cos($0)) }
        let turns = angles.flatMap { [Float(cos($0)), Float(-sin($0))] }
        var out = [Float](repeating: .nan, count: frames * bins)
        unsafe cc_log_mel(
            padded, frames, window, turns, (0..<bins).map { Int32($0) },
            [Int32](repeating: 1, count: bins), [Float](repeating: 1, count: bins), bins, &out)
        return out
    }

    // Around a vector of eight frames, and enough for several threads.
    @Test(arguments: [0, 1, 7, 8, 9, 200])
    func `every bin of every frame is the transform's, at every level`(frames: Int) {
        var numbers = SeededNumbers(seed: 3)
        let padded = numbers.floats(frames * hop + size)
        let best = cc_current_level()
        defer { _ = cc_set_level(best) }
        for level in [CC_LEVEL_SCALAR, best] {
            _ = cc_set_level(level)
            let found = logPower(padded, frames: frames)
            for frame in Set([0, 6, 7, 8, frames - 1]) where (0..<frames).contains(frame) {
                for bin in 0..<bins {
                    let expected = power(padded, frame: frame, bin: bin)
                    // Noise has about 75 in each bin; f32 loses the last bits of sums of 400.
                    #expect(abs(pow(10, Double(found[frame * bins + bin])) - expected) < 1e-3)
                }
            }
        }
    }

    @Test func `silence is the floor, and filters of no bins let nothing through`() {
        let silent = [Float](repeating: 0, count: hop + size)
        #expect(logPower(silent, frames: 1).allSatisfy { $0 == -10 })
        var out: [Float] = [.nan, .nan]
        unsafe cc_log_mel(silent, 1, silent, silent + silent, [0, 200], [0, 0], [], 2, &out)
        #expect(out == [-10, -10])
    }

    @Test func `sound is mirrored at both ends, and what is no number is silence`() {
        let total = 300
        let samples = (0..<total).map { Float($0 + 1) }
        var padded = [Float](repeating: .nan, count: total + size)
        unsafe cc_pad_sound(samples, total, total, &padded, padded.count)
        #expect(padded[199] == 2 && padded[200] == 1 && padded[0] == 201)
        #expect(padded[499] == 300 && padded[500] == 299 && padded[699] == 100)
        padded = [Float](repeating: .nan, count: total + size)
        unsafe cc_pad_sound([.nan, -.infinity, 1e9, -1e9], 4, total, &padded, padded.count)
        #expect(Array(padded[196...205]) == [0, -32_768, 32_768, 0, 0, 0, 32_768, -32_768, 0, 0])
        #expect(padded.allSatisfy { $0.isFinite })
    }

    @Test func `values are cut 8 below the largest, silence included`() {
        var values: [Float] = [1, -3, -9, .nan]
        unsafe cc_finish_log_mel(&values, 3, 4)
        #expect(values == [1.25, 0.25, -0.75, -0.75])
        values = []
        unsafe cc_finish_log_mel(&values, 0, 0)
    }
}
