import Foundation
import Inference
import Testing

/// A committed folder of `Tests/Fixtures`: a tiny model, its inputs and what the reference made.
package struct Fixture {
    package let folder: String
    private let expected: Checkpoint

    package static func named(_ name: String) throws -> Fixture {
        let folder = Repository.fixtures + "/" + name
        return Fixture(
            folder: folder, expected: try Checkpoint(file: folder + "/expected.safetensors"))
    }

    /// What the reference computed under that name.
    package func tensor(_ name: String) throws -> Tensor {
        let stored = try expected.weights.stored(name)
        return Tensor(try stored.floats(), shape: stored.shape)
    }

    /// Reads a part of `expected.json`.
    package func facts<Facts: Decodable>(_ type: Facts.Type) throws -> Facts {
        try Fixture.facts(type, in: folder)
    }

    /// Reads a part of a folder's `expected.json`.
    package static func facts<Facts: Decodable>(
        _ type: Facts.Type, in folder: String
    ) throws -> Facts {
        let file = URL(fileURLWithPath: folder + "/expected.json")
        return try JSONDecoder().decode(type, from: try Data(contentsOf: file))
    }
}

/// Checks that no element is further from its twin than `within`.
package func expectClose(
    _ actual: Tensor, _ expected: Tensor, within: Float,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.shape == expected.shape, sourceLocation: sourceLocation)
    guard actual.shape == expected.shape else { return }
    expectClose(actual.values, expected.values, within: within, sourceLocation: sourceLocation)
}

/// Checks that no element is further from its twin than `within`; NaN never passes.
package func expectClose(
    _ actual: [Float], _ expected: [Float], within: Float,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    var worst: (index: Int, gap: Float)?
    for (index, (a, b)) in zip(actual, expected).enumerated() {
        let gap = abs(a - b)
        if !(gap <= worst?.gap ?? 0) { worst = (index, gap) }
        if gap.isNaN { break }
    }
    guard let worst, !(worst.gap <= within) else { return }
    Issue.record(
        """
        element \(worst.index) is \(actual[worst.index]) where \(expected[worst.index]) is \
        expected: a gap of \(worst.gap), allowed is \(within)
        """, sourceLocation: sourceLocation)
}

/// The cosine of the angle between two tensors seen as vectors.
package func cosine(_ a: [Float], _ b: [Float]) -> Double {
    var (dot, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
        dot += Double(x) * Double(y)
        aa += Double(x) * Double(x)
        bb += Double(y) * Double(y)
    }
    return dot / (aa * bb).squareRoot()
}

/// Numbers that look random and are always the same.
package struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}
