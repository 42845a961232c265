import Kernels
import Peaks

/// What this machine does at most, at the level that the kernels run at.
///
/// Where other programs or other machines share the processor, that changes by the second; so it is
/// measured again beside each stage, and a stage's floor is that of its own minute.
final class MachineLimits {
    /// What is counted, how fast, and by how many threads.
    struct Rate {
        let name: String
        let threads: Int
        /// Thousand millions a second, of each burst.
        let bursts: [Double]

        /// A floor is made with the best: the machine has shown that it can.
        var best: Double { bursts.max() ?? 0 }
        private var median: Double { bursts.sorted()[bursts.count / 2] }

        static let heading = "limit\tthreads\tbest\tmedian"
        var line: String { "\(name)\t\(threads)\t\(rounded(best))\t\(rounded(median))" }
    }

    let threads: Int
    /// For 1 thread, then for all.
    let rates: [Rate]
    /// To share work among the threads and wait for them, the last time being just over: of each burst,
    /// in microseconds.
    private let joins: [Double]
    private let level: cc_level
    private let memory: [UInt8]
    /// Bursts of all threads since the last stage began, and when the last of them ended.
    private var recent: [String: [Double]] = [:]
    private var measuredAt = 0.0

    /// Measures for a second or two.
    ///
    /// - Parameter threads: that the stages run on
    init(threads: Int) {
        self.threads = threads
        level = cc_current_level()
        let memory = [UInt8](repeating: 1, count: 256 << 20)
        var rates: [Rate] = []
        for count in Set([1, threads]).sorted() {
            for kind in Kind.allCases {
                rates.append(MachineLimits.rate(of: kind, level, count))
            }
            rates.append(
                MachineLimits.reading(memoryName, memory, memory.count, level, count))
            let some = MachineLimits.cacheBytes / 4
            let size = "\(some >> 10) KiB, a quarter of the last cache"
            rates.append(
                MachineLimits.reading(
                    "read from cache (\(size)), GB/s", memory, some, level, count))
        }
        self.memory = memory
        self.rates = rates.filter { $0.best > 0 }
        joins = (0..<MachineLimits.burstCount).map { _ in peaks_joining(1_000) * 1e6 }
    }

    /// The same columns as a rate's, of which the best is the least.
    var joinLine: String {
        let sorted = joins.sorted()
        return "share work and join, microseconds\t\(threads)\t"
            + "\(rounded(sorted[0]))\t\(rounded(sorted[sorted.count / 2]))"
    }

    /// Factors that products are made of.
    enum Kind: String, CaseIterable {
        case f32
        case bf16
        case int16
        case int8

        var kernel: peaks_kind {
            switch self {
            case .f32: PEAKS_F32
            case .bf16: PEAKS_BF16
            case .int16: PEAKS_INT16
            case .int8: PEAKS_INT8
            }
        }
        var name: String { "\(rawValue) products, Gop/s" }
    }

    /// Operations a millisecond on all threads; a kind that the level lacks runs as f32.
    func operations(_ kind: Kind) -> Double {
        (best(kind.name) ?? best(Kind.f32.name) ?? .nan) * 1e6
    }

    /// A stage begins, whose floor follows from what is measured from now on.
    func begin() {
        recent = [:]
        measure()
    }

    /// Measures where a fiftieth of a second has passed since.
    ///
    /// - Returns: whether it did, and so emptied the caches
    func measureIfDue() -> Bool {
        guard now() - measuredAt > 20 else { return false }
        measure()
        return true
    }

    /// A burst of each kind.
    func measure() {
        for kind in Kind.allCases where best(kind.name) != nil {
            recent[kind.name, default: []] +=
                MachineLimits.rate(
                    of: kind, level, threads, bursts: 1
                ).bursts
        }
        recent[memoryName, default: []] +=
            MachineLimits.reading(
                memoryName, memory, memory.count, level, threads, bursts: 1
            ).bursts
        measuredAt = now()
    }

    /// Bytes a millisecond, on all threads, from memory.
    var bytes: Double { (best(memoryName) ?? .nan) * 1e6 }

    private func best(_ name: String) -> Double? {
        recent[name]?.max() ?? rates.last { $0.threads == threads && $0.name == name }?.best
    }

    /// What attention is multiplied with where it may be inexact: see `kernels.h`.
    var attentionKind: Kind {
        switch level {
        case CC_LEVEL_AVX2, CC_LEVEL_AVXVNNI, CC_LEVEL_AVX512: .int16
        default: .f32
        }
    }

    /// Reads so much other memory that no weight is left in a cache.
    func emptyCaches() {
        // Safe: the whole array and no more is read.
        _ = unsafe peaks_reading(memory, memory.count, level, 1, 1)
    }
}

extension MachineLimits {
    private static let burstCount = 15

    private static func rate(
        of kind: Kind, _ level: cc_level, _ threads: Int, bursts: Int = burstCount
    ) -> Rate {
        let operations = peaks_operations(kind.kernel, level) * Double(threads)
        guard operations > 0 else { return Rate(name: kind.name, threads: threads, bursts: [0]) }
        var rounds = 10_000
        func seconds() -> Double { peaks_computing(kind.kernel, level, threads, rounds) }
        while seconds() < 0.004, rounds < 1 << 30 { rounds *= 2 }
        let bursts = (0..<bursts).map { _ in operations * Double(rounds) / seconds() / 1e9 }
        return Rate(name: kind.name, threads: threads, bursts: bursts)
    }

    /// Of the first `count` bytes; the larger the oftener in a burst of 32 MiB or more.
    private static func reading(
        _ name: String, _ memory: [UInt8], _ count: Int, _ level: cc_level, _ threads: Int,
        bursts: Int = burstCount
    ) -> Rate {
        let passes = max(1, (32 << 20) / count)
        let bursts = (0..<bursts).map { _ in
            // Safe: the array is at least as long as the count.
            let seconds = unsafe peaks_reading(memory, count, level, threads, passes)
            return Double(count * passes) / seconds / 1e9
        }
        return Rate(name: name, threads: threads, bursts: bursts)
    }

    /// Of the largest cache that the system tells of; 8 MiB where it tells of none.
    private static var cacheBytes: Int {
        let sizes = (0..<5).compactMap { index -> Int? in
            let path = "/sys/devices/system/cpu/cpu0/cache/index\(index)/size"
            return systemLines(path).first.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        return min(max((sizes.max() ?? 8_192) << 10, 1 << 20), 256 << 20)
    }

    /// The processor, its level and the threads, for the first line of kept results.
    var machine: String {
        let names: [UInt32: String] = [
            CC_LEVEL_SCALAR.rawValue: "plain C", CC_LEVEL_AVX2.rawValue: "AVX2",
            CC_LEVEL_AVXVNNI.rawValue: "AVX2 with VNNI", CC_LEVEL_AVX512.rawValue: "AVX-512",
            CC_LEVEL_NEON.rawValue: "NEON",
        ]
        let level = names[level.rawValue] ?? "level \(level.rawValue)"
        return "\(processorName), kernels in \(level), \(threads) threads"
    }

    private var processorName: String {
        let line = systemLines("/proc/cpuinfo").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { String($0.dropFirst()) } ?? "this processor"
    }
}

private let memoryName = "read from memory, GB/s"
