import CMedia
import Glibc

/// Sound of one channel at another sample rate, piece by piece.
///
/// A windowed sinc: flat within 0.01 dB to 92 % of the lower of the two Nyquist frequencies, 100 dB
/// down from 108 % of it on. Output sample `j` lies at the time of input sample
/// `j * inputRate / outputRate`: nothing is delayed. Every output sample is the same sum however the
/// input is cut.
///
/// Source: J. O. Smith, "Digital Audio Resampling", with a Kaiser window (J. F. Kaiser, 1974).
struct Resampler {
    private let bank: FilterBank
    /// Input from `firstHeld` on; the first filter reaches back before the first sample.
    private var held: [Float]
    private var firstHeld: Int
    private var received = 0
    private var given = 0
    private var isFinished = false

    /// - Precondition: both rates are positive.
    init(_ bank: FilterBank) {
        self.bank = bank
        firstHeld = -bank.reach
        held = Array(repeating: 0, count: bank.reach)
    }

    mutating func push(_ samples: [Float]) {
        held += samples
        received += samples.count
    }

    /// After the last sample: what the filter still holds comes out.
    mutating func finish() {
        guard !isFinished else { return }
        isFinished = true
        held += Array(repeating: 0, count: 2 * bank.reach)
    }

    /// How many output samples can be computed now.
    var available: Int {
        if bank.isIdentity { return held.count }
        if isFinished { return max(0, bank.outputCount(of: received) - given) }
        return max(0, bank.outputCount(reaching: received) - given)
    }

    /// The next output samples.
    ///
    /// - Precondition: `count` is at most `available`.
    mutating func take(_ count: Int) -> [Float] {
        precondition(count <= available, "\(count) samples of \(available)")
        guard count > 0 else { return [] }
        guard !bank.isIdentity else {
            defer { held.removeFirst(count) }
            return Array(held.prefix(count))
        }
        let (first, phase) = bank.place(of: given)
        let offset = first - bank.reach + 1 - firstHeld
        // Safe: the filter of the last output ends within `held`, by `available`.
        let output = unsafe [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            unsafe bank.run(held, from: offset, phase: phase, into: buffer, count: count)
            filled = count
        }
        given += count
        let next = bank.place(of: given).first - bank.reach + 1 - firstHeld
        let spent = min(held.count, max(0, next))
        held.removeFirst(spent)
        firstHeld += spent
        return output
    }
}

/// The filters from one rate to another, one row for each place between two input samples.
@safe
final class FilterBank: Sendable {
    let inputStep: Int
    let outputStep: Int
    private let phases: Int
    private let taps: Int
    private let rows: [Float]

    /// Of every row: input samples before and after the place.
    var reach: Int { taps / 2 }
    /// Where nothing is to be done.
    var isIdentity: Bool { inputStep == outputStep }

    /// As a fraction of the lower Nyquist frequency, around it.
    private static let transition = 0.15
    private static let stopBandDecibels = 100.0
    /// Between two of these rows a straight line is drawn; there are fewer where fewer do it exactly.
    private static let mostPhases = 1024

    init(from inputRate: Int, to outputRate: Int) {
        precondition(inputRate > 0 && outputRate > 0, "\(inputRate) Hz to \(outputRate) Hz")
        let divisor = greatestCommonDivisor(inputRate, outputRate)
        inputStep = inputRate / divisor
        outputStep = outputRate / divisor
        let phases = min(outputStep, Self.mostPhases)
        let ratio = min(1, Double(outputRate) / Double(inputRate))
        // Kaiser's estimates: the length and the shape for an attenuation.
        let width = Self.transition * 0.5 * ratio
        let length = (Self.stopBandDecibels - 7.95) / (14.36 * width)
        let half = (Int((length / 2).rounded(.up)) + 3) / 4 * 4
        let beta = 0.1102 * (Self.stopBandDecibels - 8.7)
        self.phases = phases
        guard inputStep != outputStep else {
            (taps, rows) = (0, [])
            return
        }
        taps = 2 * half
        rows = (0...phases).flatMap { phase in
            filter(half: half, cutoff: ratio, beta: beta, place: Double(phase) / Double(phases))
        }
    }

    /// All that comes of so many input samples.
    func outputCount(of received: Int) -> Int {
        let (whole, rest) = received.quotientAndRemainder(dividingBy: inputStep)
        return whole * outputStep + (rest * outputStep + inputStep / 2) / inputStep
    }

    /// What can be computed before more input comes.
    func outputCount(reaching received: Int) -> Int {
        // The last input sample under the filter of output j is place(of: j).first + reach.
        let end = received - reach
        guard end > 0 else { return 0 }
        let (whole, rest) = end.quotientAndRemainder(dividingBy: inputStep)
        return whole * outputStep + (rest * outputStep + inputStep - 1) / inputStep
    }

    /// The input sample at or before an output sample, and the rest of the way to it.
    func place(of output: Int) -> (first: Int, phase: Int) {
        let (whole, rest) = output.quotientAndRemainder(dividingBy: outputStep)
        let (more, phase) = (rest * inputStep).quotientAndRemainder(dividingBy: outputStep)
        return (whole * inputStep + more, phase)
    }

    func run(
        _ input: [Float], from offset: Int, phase: Int,
        into output: UnsafeMutableBufferPointer<Float>, count: Int
    ) {
        // Safe: the caller holds the input for all of the outputs; the rows outlive the call.
        unsafe rows.withUnsafeBufferPointer { rows in
            unsafe input.withUnsafeBufferPointer { input in
                guard let rows = rows.baseAddress, let input = input.baseAddress,
                    let output = output.baseAddress
                else { return }
                let bank = unsafe cc_filter_bank(
                    rows: rows, taps: taps, phases: UInt64(phases),
                    input_step: UInt64(inputStep), output_step: UInt64(outputStep))
                unsafe cc_resample(bank, input + offset, UInt64(phase), output, count)
            }
        }
    }
}

/// Computes one row of a filter bank.
///
/// - Parameters:
///   - half: samples on each side.
///   - cutoff: as a fraction of the input's Nyquist frequency.
///   - beta: of the Kaiser window.
///   - place: 0 to 1, from one input sample to the next.
/// - Returns: the weights of the `2 * half` input samples around the place, which sum to 1.
private func filter(half: Int, cutoff: Double, beta: Double, place: Double) -> [Float] {
    let weights = (0..<2 * half).map { k in
        let distance = Double(k - half + 1) - place
        let x = distance / Double(half)
        guard abs(x) < 1 else { return 0.0 }
        let window = bessel0(beta * (1 - x * x).squareRoot())
        let angle = Double.pi * cutoff * distance
        return window * (abs(angle) < 1e-9 ? 1 : sin(angle) / angle)
    }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
}

/// The modified Bessel function of the first kind, order 0.
private func bessel0(_ x: Double) -> Double {
    var (sum, term, k) = (1.0, 1.0, 1.0)
    while term > sum * 1e-17 {
        term *= (x / (2 * k)) * (x / (2 * k))
        sum += term
        k += 1
    }
    return sum
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
}
