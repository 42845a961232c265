import Foundation
import TestKit
import Testing

/// The voices that come with the package, by name.
let ownVoices: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: Repository.folder + "/voices")
    return (files ?? []).filter { !$0.contains(".") && !$0.hasPrefix("_") }.sorted()
}()

/// Each voice of `voices/` is a voice of its own, and sounds as its first line says.
///
/// What a listener understands of them is for a recogniser to say: it needs nothing but
/// `SpokenSample(voice).samples` and `SpokenSample.sentences`.
@Suite struct SpeakVoicesTests {
    @Test func `there are eight at least`() {
        #expect(ownVoices.count >= 8, "\(ownVoices)")
    }

    @Test func `each differs from the engine's voice and from each other in what is heard`() throws
    {
        let samples = try ([nil] + ownVoices).map { try SpokenSample($0) }
        for (i, one) in samples.enumerated() {
            for other in samples[..<i] {
                // Two percent of loudness or frequency are heard; this is five times as much.
                let differences = [
                    (one.seconds, other.seconds), (one.level, other.level),
                    (one.centre, other.centre), (one.spread, other.spread),
                ].map { abs(log($0.0 / $0.1)) }
                let parts = "\(one) and \(other): \(differences)"
                #expect((differences.max() ?? 0) > 0.1, "\(parts)")
                #expect(differences.reduce(0, +) > 0.2, "\(parts)")
            }
        }
    }

    @Test(arguments: ownVoices)
    func `none is clipped, and none too soft to hear beside another`(voice: String) throws {
        let usual = try SpokenSample(nil)
        for options in [[], ["--rate", "400"]] {
            let sample = try SpokenSample(voice, options)
            #expect(sample.peak < 0.98, "\(sample)")
            // A voice for the night is ten decibels softer.
            #expect((0.3...2).contains(sample.level / usual.level), "\(sample)")
        }
    }

    @Test(arguments: ownVoices)
    func `each is as fast as it is told to be`(voice: String) throws {
        let seconds = try ["100", "175", "400"].map {
            try SpokenSample(voice, ["--rate", $0]).seconds
        }
        #expect(seconds[0] > 1.3 * seconds[1] && seconds[1] > 1.6 * seconds[2], "\(seconds)")
    }

    @Test func `each does what it is for`() throws {
        let usual = try SpokenSample(nil)
        func sample(_ voice: String) throws -> SpokenSample { try SpokenSample(voice) }
        #expect(try sample("brisk").seconds < 0.75 * usual.seconds)
        #expect(try sample("calm").seconds > 1.05 * usual.seconds)
        // In noise, what lies above 1 kHz tells words apart.
        #expect(try sample("carry").centre > 1.3 * usual.centre)
        #expect(try sample("carry").level > usual.level)
        #expect(try sample("crisp").centre > 1.5 * usual.centre)
        #expect(try sample("night").level < 0.5 * usual.level)
        #expect(try sample("night").centre < usual.centre)
        #expect(try sample("proof").seconds > 1.3 * usual.seconds)
        #expect(try sample("young").seconds > 1.3 * usual.seconds)
    }
}

/// What a voice makes of the sentences with which `voices/measure.py` measures.
struct SpokenSample: CustomStringConvertible {
    /// IEEE Recommended Practice for Speech Quality Measurements, 1969: list 1.
    static let sentences = [
        "The birch canoe slid on the smooth planks.", "Glue the sheet to the dark blue background.",
        "It's easy to tell the depth of a well.", "These days a chicken leg is a rare dish.",
    ]

    /// -1 to 1.
    let samples: [Float]
    let seconds: Double
    /// Root mean square.
    let level: Double
    let peak: Double
    /// The middle of the spectrum, and how far it reaches to both sides (Hz).
    let centre: Double
    let spread: Double
    private let name: String

    /// - Parameters:
    ///   - voice: of `voices/`; nil for the engine's own English.
    ///   - options: more of the command line.
    /// - Throws: where the tool cannot be run, or writes no sound.
    init(_ voice: String?, _ options: [String] = []) throws {
        let choice = voice.map { ["--voice-file", "\(Repository.folder)/voices/\($0)"] } ?? []
        let run = try ToolRun.run(
            "speak", choice + options, input: Array(Self.sentences.joined(separator: " ").utf8))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let sound = try WaveFile(run.output)
        name = voice ?? "en"
        samples = sound.samples
        seconds = Double(samples.count) / Double(sound.rate)
        level = (samples.reduce(0) { $0 + Double($1 * $1) } / Double(max(samples.count, 1)))
            .squareRoot()
        peak = Double(samples.map(\.magnitude).max() ?? 0)
        (centre, spread) = Self.spectrum(of: samples, rate: sound.rate)
    }

    var description: String {
        "\(name): \(seconds) s, level \(level), peak \(peak), \(centre) Hz, spread \(spread) Hz"
    }

    /// From the power of forty bands of 200 Hz.
    private static func spectrum(of x: [Float], rate: Int) -> (centre: Double, spread: Double) {
        let bands = (1...40).map { Double($0) * 200 }
        var power = [Double](repeating: 0, count: bands.count)
        let size = 512
        // The power of a band by Goertzel's recurrence, over pieces with a rest between.
        for start in stride(from: 0, to: max(0, x.count - size), by: 4 * size) {
            for (i, hertz) in bands.enumerated() {
                let factor = 2 * cos(2 * Double.pi * hertz / Double(rate))
                var (last, before) = (0.0, 0.0)
                for k in start..<start + size {
                    (last, before) = (Double(x[k]) + factor * last - before, last)
                }
                power[i] += last * last + before * before - factor * last * before
            }
        }
        let whole = power.reduce(0, +)
        guard whole > 0 else { return (0, 0) }
        let centre = zip(bands, power).reduce(0) { $0 + $1.0 * $1.1 } / whole
        let square = zip(bands, power).reduce(0) {
            $0 + ($1.0 - centre) * ($1.0 - centre) * $1.1
        }
        return (centre, (square / whole).squareRoot())
    }
}
