import Glibc

/// A tensor as it lies in a file: named, typed, row-major, not yet read.
package struct StoredTensor: Sendable {
    package let name: String
    package let type: ElementType
    package let shape: [Int]
    package let file: MappedFile
    /// Bytes from the start of the file.
    ///
    /// A multiple of the element's size in files of the usual
    /// writers, which pad the header; the format itself does not promise it.
    package let offset: Int
    package let byteCount: Int
    /// Where it may lie packed already, or is kept once it is.
    var prepared: PreparedWeights?

    package var elementCount: Int { byteCount * 8 / type.blockBits * type.blockLength }

    /// The same numbers under another name, in another shape of as many.
    package func renamed(_ name: String, shape: [Int]) -> StoredTensor {
        precondition(
            shape.reduce(1, *) == self.shape.reduce(1, *), "\(self.shape) as \(shape)")
        return StoredTensor(
            name: name, type: type, shape: shape, file: file, offset: offset,
            byteCount: byteCount)
    }

    /// All elements, converted to f32.
    ///
    /// - Returns: `elementCount` numbers in row-major order.
    /// - Throws: `WeightsError.type` when the tensor does not hold floating-point numbers of 16,
    ///   32 or 64 bits or blocks, `.notFinite` when one of them is an infinity or NaN, `.unreadable`
    ///   or `.cutShort` when the file has changed.
    package func floats() throws(WeightsError) -> [Float] {
        let values =
            switch type {
            case .f32: try copied()
            case .f16: converted(Float16.self) { Float($0) }
            case .bf16: converted(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
            case .f64: converted(Double.self) { Float($0) }
            case .q4x0, .q4x1, .q5x0, .q5x1, .q8x0:
                try numberFormat().numbers(of: self, 0..<elementCount)
            default: throw WeightsError.type(tensor: name, found: type, file: file.path)
            }
        guard values.allSatisfy(\.isFinite) else {
            throw .notFinite(tensor: name, file: file.path)
        }
        return values
    }

    /// Read, not mapped: a page is 1,000 floats and its fault costs more than their copy.
    private func copied() throws(WeightsError) -> [Float] {
        var end: MappedFile.End?
        // Safe: f32 in memory is f32 in the file on the little-endian machines that we build for;
        // `byteCount` is `4 * elementCount`, checked on opening; what is not read is zero.
        let values = unsafe [Float](unsafeUninitializedCapacity: elementCount) { buffer, count in
            count = elementCount
            unsafe buffer.initialize(repeating: 0)
            end = unsafe file.read(from: offset, into: UnsafeMutableRawBufferPointer(buffer))
        }
        switch end {
        case nil: return values
        case .cutShort?: throw .cutShort(tensor: name, file: file.path)
        case .unreadable(let fault)?: throw .unreadable(fault)
        }
    }

    private func converted<Stored: BitwiseCopyable>(
        _ stored: Stored.Type, _ convert: (Stored) -> Float
    ) -> [Float] {
        // Safe: as above, with the element's own size; loads need no alignment.
        unsafe Array(unsafeUninitializedCapacity: elementCount) { buffer, count in
            count = elementCount
            guard count > 0 else { return }
            let source = unsafe file.pointer(at: offset)
            for i in 0..<count {
                let element = unsafe source.loadUnaligned(
                    fromByteOffset: i * MemoryLayout<Stored>.size, as: Stored.self)
                unsafe buffer.initializeElement(at: i, to: convert(element))
            }
            extendLifetime(file)
        }
    }
}
