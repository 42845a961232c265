import ArgumentParser
import Inference
import Kernels
import Models

/// The machine's limits, and how near each stage of a model comes to them.
struct Roofline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roofline",
        abstract: "Measure the machine's limits, and each stage of some models beside them.",
        discussion: """
            First come the limits: how many operations a second the processor makes in registers, \
            and how fast it reads, for one thread and for all. Each is the best and the median of \
            fifteen short bursts.

            Then comes a row for each stage of each model: its time; what it has to compute and to \
            read, which follows from the model's sizes alone; how long the machine needs for either \
            at its best; the longer of the two, which is the floor; and the time over the floor. The \
            limits are measured again before, between and after a stage's runs, since a shared \
            machine changes: its floor follows from the best of these. \
            Linear layers count at the rate of 8-bit products. Attention counts at the rate of what \
            it is computed in on this processor: 16-bit integers, 16-bit floats or 32-bit floats. \
            What stays in a cache from one run to the next is counted as read from memory all the \
            same, so a small model can be below its floor. Decoding a picture has no floor but its \
            bytes.

            Example: bench roofline --whisper FOLDER --blip FOLDER --clip FOLDER --picture photo.jpg
            """)

    @Option(help: "A Whisper checkpoint's folder; may be given again.") var whisper: [String] = []
    @Option(help: "A BLIP checkpoint's folder; may be given again.") var blip: [String] = []
    @Option(help: "A CLIP checkpoint's folder; may be given again.") var clip: [String] = []
    @Option(help: "A JPEG, PNG or WebP file, for BLIP and CLIP.") var picture: String?
    @Option(help: "int8, int4 or f32.") var precision = "int8"
    @Option(help: "Threads. Default: as many as there are cores to use.") var threads: Int?
    @Option(help: "Timed runs of each stage.") var runs = 5

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs is 1 or more") }
        guard (threads ?? 1) > 0 else { throw ValidationError("--threads is 1 or more") }
        guard blip.isEmpty && clip.isEmpty || picture != nil else {
            throw ValidationError("--blip and --clip need a --picture")
        }
    }

    func run() throws {
        guard let precision = Precision(rawValue: precision) else {
            throw ValidationError("--precision is int8, int4 or f32")
        }
        let threads = threads ?? Int(cc_usable_cores())
        useThreads(threads)
        let limits = MachineLimits(threads: threads)
        let kinds =
            precision == .f32
            ? Stage.Kinds(linear: .f32, attention: .f32)
            : Stage.Kinds(linear: .int8, attention: limits.attentionKind)
        print(
            "# \(limits.machine); linear layers in \(kinds.linear), attention in \(kinds.attention)"
        )
        print(MachineLimits.Rate.heading)
        for rate in limits.rates { print(rate.line) }
        print(limits.joinLine)
        print("\n" + Stage.heading)
        for folder in whisper {
            let stages = try WhisperStages(folder, precision, runs: runs, beside: limits)
            try stages.forEach { print($0.line(limits, kinds)) }
        }
        guard let picture else { return }
        for folder in blip {
            let stages = try BlipStages(folder, precision, picture, runs: runs, beside: limits)
            try stages.forEach { print($0.line(limits, kinds)) }
        }
        for folder in clip {
            let stages = try ClipStages(folder, precision, picture, runs: runs, beside: limits)
            try stages.forEach { print($0.line(limits, kinds)) }
        }
    }
}

extension Precision {
    /// Of a weight that meets many rows; what is stored otherwise is told as 32 bits.
    var weightBytes: Double { self == .f32 ? 4 : 1 }
    /// Of a weight that meets a row at a time; of 4 bits, 32 share a scale of 16.
    var writingWeightBytes: Double { self == .int4 ? 0.5 + 2.0 / 32 : weightBytes }
    /// Of a number of an encoder's keys and values, and of those of a text.
    var keyBytes: Double { self == .f32 ? 4 : 2 }
    /// Of a number of the keys and values that are kept of a picture or a sound.
    var sourceKeyBytes: Double { self == .f32 ? 4 : 1 }
}
