import Foundation
import Inference

/// Bytes of ggml files, made from the committed one.
package enum GgmlSample {
    /// Of `Tests/Fixtures/whisper-tiny-ggml/`, made by `make_whisper_ggml.py`.
    package static let path = Repository.fixtures + "/whisper-tiny-ggml/f16.bin"

    /// The same model with its matrices in blocks, as whisper.cpp's `quantize` writes it.
    ///
    /// - Parameters:
    ///   - type: of the blocks
    ///   - version: of ggml's blocks
    /// - Returns: a whole file
    /// - Throws: where the committed one cannot be read.
    package static func quantized(_ type: ElementType, version: UInt32 = 2) throws -> [UInt8] {
        let file = try GgmlFile(path: path)
        var out = try bytes(before: file.tensors)
        // ggml.h, enum ggml_ftype and enum ggml_type
        let numbers: [ElementType: (file: UInt32, tensor: UInt32)] = [
            .q4x0: (2, 2), .q4x1: (3, 3), .q5x0: (8, 6), .q5x1: (9, 7), .q8x0: (7, 8),
        ]
        guard let numbers = numbers[type] else { return out }
        out.replaceSubrange(44..<48, with: little(version * 1_000 + numbers.file))
        for tensor in file.tensors {
            let isMatrix = tensor.shape.count == 2 && tensor.type == .f16
            let floats = try tensor.floats()
            append(
                tensor.name, tensor.shape, type: isMatrix ? numbers.tensor : 0,
                isMatrix
                    ? stride(from: 0, to: floats.count, by: 32).flatMap {
                        block(Array(floats[$0..<($0 + 32)]), type)
                    }
                    : floats.flatMap { little($0.bitPattern) }, to: &out)
        }
        return out
    }

    /// The committed file up to its first tensor.
    package static func head() throws -> [UInt8] { try bytes(before: GgmlFile(path: path).tensors) }

    private static func bytes(before tensors: [StoredTensor]) throws -> [UInt8] {
        let all = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard let first = tensors.first else { return all }
        return Array(
            all[..<(first.offset - first.name.utf8.count - 4 * first.shape.count - 12)])
    }

    /// Adds a tensor.
    ///
    /// - Parameters:
    ///   - name: as in the file
    ///   - shape: from the outermost axis to the innermost
    ///   - type: its number
    ///   - data: its bytes
    ///   - out: the file so far
    package static func append(
        _ name: String, _ shape: [Int], type: UInt32, _ data: [UInt8], to out: inout [UInt8]
    ) {
        out += little(UInt32(shape.count)) + little(UInt32(name.utf8.count)) + little(type)
        out += shape.reversed().flatMap { little(UInt32($0)) } + Array(name.utf8) + data
    }

    package static func little(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func little(_ number: Float) -> [UInt8] {
        let bits = Float16(number).bitPattern
        return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
    }

    /// Source: ggml, `ggml-quants.c`, functions `quantize_row_*_ref`.
    package static func block(_ x: [Float], _ type: ElementType) -> [UInt8] {
        let (least, most) = (x.min() ?? 0, x.max() ?? 0)
        let largest = -least > most ? least : most
        func packed(_ top: Float, _ q: (Float) -> Float) -> (high: [UInt8], low: [UInt8]) {
            let q = x.map { UInt32(max(0, min(top, q($0)))) }
            let high = q.enumerated().reduce(UInt32(0)) { $0 | ($1.1 >> 4 & 1) << UInt32($1.0) }
            return (little(high), (0..<16).map { UInt8(q[$0] & 15 | (q[$0 + 16] & 15) << 4) })
        }
        func inverse(_ step: Float) -> Float { step == 0 ? 0 : 1 / step }
        switch type {
        case .q4x0:
            let step = largest / -8
            return little(step) + packed(15) { $0 * inverse(step) + 8.5 }.low
        case .q4x1:
            let step = (most - least) / 15
            let parts = packed(15) { ($0 - least) * inverse(step) + 0.5 }
            return little(step) + little(least) + parts.low
        case .q5x0:
            let step = largest / -16
            let parts = packed(31) { $0 * inverse(step) + 16.5 }
            return little(step) + parts.high + parts.low
        case .q5x1:
            let step = (most - least) / 31
            let parts = packed(31) { ($0 - least) * inverse(step) + 0.5 }
            return little(step) + little(least) + parts.high + parts.low
        default:
            let step = max(-least, most) / 127
            return little(step)
                + x.map {
                    UInt8(
                        bitPattern: Int8(
                            ($0 * inverse(step)).rounded(.toNearestOrAwayFromZero)))
                }
        }
    }
}
