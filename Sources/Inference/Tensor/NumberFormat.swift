import Kernels

/// How kernels read the numbers of a stored tensor.
enum NumberFormat: Sendable {
    case plain(cc_type)
    /// 32 numbers at a time, with a common scale.
    case blocks(cc_block_type)

    /// Of a number as kernels take it: blocks are unpacked to floats first.
    var unpackedBytes: Int {
        switch self {
        case .plain(let type): type == CC_F32 ? 4 : 2
        case .blocks: 4
        }
    }

    /// Where in its file some of a tensor's numbers lie.
    ///
    /// - Precondition: the numbers are whole blocks.
    func bytes(of tensor: StoredTensor, _ elements: Range<Int>) -> Range<Int> {
        let (length, bytes) = (tensor.type.blockLength, tensor.type.blockBits / 8)
        precondition(
            elements.lowerBound.isMultiple(of: length)
                && elements.upperBound.isMultiple(of: length),
            "numbers \(elements) of blocks of \(length)")
        return
            (tensor.offset + elements.lowerBound / length * bytes)..<(tensor.offset
            + elements.upperBound / length * bytes)
    }

    /// Some of a tensor's numbers.
    ///
    /// - Precondition: they are whole blocks.
    func numbers(of tensor: StoredTensor, _ elements: Range<Int>) -> [Float] {
        precondition(elements.upperBound <= tensor.elementCount, "numbers \(elements)")
        guard !elements.isEmpty else { return [] }
        let begin = bytes(of: tensor, elements).lowerBound
        return Tensor(shape: [elements.count]) { out in
            switch self {
            case .plain(let type):
                // Safe: the numbers lie in the mapped file, which `tensor` keeps.
                unsafe cc_to_float(tensor.file.pointer(at: begin), type, elements.count, &out)
            case .blocks(let type):
                // Safe: as above, in whole blocks.
                unsafe cc_blocks_to_float(
                    tensor.file.pointer(at: begin), type, elements.count / Int(CC_BLOCK), &out)
            }
        }.values
    }
}

extension StoredTensor {
    /// The element type as the kernels name it.
    ///
    /// - Throws: `WeightsError.type` for anything but F32, F16, BF16 and blocks.
    func numberFormat() throws(WeightsError) -> NumberFormat {
        switch type {
        case .f32: .plain(CC_F32)
        case .f16: .plain(CC_F16)
        case .bf16: .plain(CC_BF16)
        case .q4x0: .blocks(CC_Q4_0)
        case .q4x1: .blocks(CC_Q4_1)
        case .q5x0: .blocks(CC_Q5_0)
        case .q5x1: .blocks(CC_Q5_1)
        case .q8x0: .blocks(CC_Q8_0)
        default: throw .type(tensor: name, found: type, file: file.path)
        }
    }
}
