import Kernels

/// How a matrix is packed for the kernels, and the packing.
struct PackedLayout {
    private enum Width { case int8, int4 }

    private let width: Width
    let rows: Int
    let columns: Int

    static func int8(rows: Int, columns: Int) -> PackedLayout {
        PackedLayout(width: .int8, rows: rows, columns: columns)
    }

    static func int4(rows: Int, columns: Int) -> PackedLayout {
        PackedLayout(width: .int4, rows: rows, columns: columns)
    }

    /// The kernels' name.
    var name: String {
        switch width {
        // Safe: constants of the kernels, ended by a zero.
        case .int8: unsafe String(cString: cc_int8_layout())
        case .int4: unsafe String(cString: cc_int4_layout())
        }
    }

    /// With the slack that the kernels ask for.
    var byteCount: Int {
        switch width {
        case .int8: cc_int8_bytes(rows, columns)
        case .int4: cc_int4_bytes(rows, columns)
        }
    }

    /// Reads the rows piece by piece, so that a file of any size is packed in little memory.
    ///
    /// - Throws: `WeightsError.notFinite`, and where the file cannot be read any more `.unreadable` or
    ///   `.cutShort`.
    func pack(_ tensor: StoredTensor, _ format: NumberFormat) throws(WeightsError) -> [UInt8] {
        var packed = scratch(byteCount)
        // Large pages where the system grants them: weights are read from end to end for every token.
        // Safe: the array's own memory; the call only advises.
        unsafe cc_use_large_pages(&packed, packed.count)
        switch (width, format) {
        case (.int8, .plain(let type)): try packFile(tensor, type, &packed)
        case (.int4, .plain(let type)): try packSlices(tensor, format, type, &packed)
        case (_, .blocks): try packBlocks(tensor, format, &packed)
        }
        return packed
    }

    private func packFile(
        _ tensor: StoredTensor, _ type: cc_type, _ packed: inout [UInt8]
    ) throws(WeightsError) {
        // Safe: `packed` has the size that the kernel asks for; `tensor` keeps the file open.
        let failure = unsafe cc_pack_int8_file(
            tensor.file.descriptor, UInt64(tensor.offset), type, rows, columns, &packed)
        switch failure {
        case 0: return
        case Int32(CC_NOT_FINITE): throw .notFinite(tensor: tensor.name, file: tensor.file.path)
        case Int32(CC_CUT_SHORT): throw .cutShort(tensor: tensor.name, file: tensor.file.path)
        default: throw .unreadable(FileFault(path: tensor.file.path, errno: failure))
        }
    }

    /// The file's bytes, slice by slice.
    private func packSlices(
        _ tensor: StoredTensor, _ format: NumberFormat, _ type: cc_type, _ packed: inout [UInt8]
    ) throws(WeightsError) {
        for slice in slices(format) {
            let place = format.bytes(of: tensor, elements(slice))
            var bytes = [UInt8](repeating: 0, count: place.count)
            // Safe: the array's own memory.
            let end = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe tensor.file.read(from: place.lowerBound, into: buffer)
            }
            switch end {
            case nil: break
            case .cutShort?: throw .cutShort(tensor: tensor.name, file: tensor.file.path)
            case .unreadable(let fault)?: throw .unreadable(fault)
            }
            // Safe: as many rows as the slice has; `packed` has the size that the kernel asks for.
            guard
                unsafe cc_pack_int4(
                    bytes, type, slice.lowerBound, slice.count, rows, columns, &packed)
            else { throw .notFinite(tensor: tensor.name, file: tensor.file.path) }
        }
    }

    /// Blocks become numbers first, slice by slice.
    private func packBlocks(
        _ tensor: StoredTensor, _ format: NumberFormat, _ packed: inout [UInt8]
    ) throws(WeightsError) {
        for slice in slices(format) {
            let numbers = format.numbers(of: tensor, elements(slice))
            guard pack(numbers, slice, &packed) else {
                throw .notFinite(tensor: tensor.name, file: tensor.file.path)
            }
            tensor.file.release(format.bytes(of: tensor, elements(slice)))
        }
    }

    /// False where a number is none.
    private func pack(_ numbers: [Float], _ slice: Range<Int>, _ packed: inout [UInt8]) -> Bool {
        let (first, count) = (slice.lowerBound, slice.count)
        switch width {
        // Safe: rows of our own; `packed` has the size that the kernel asks for.
        case .int8:
            return unsafe cc_pack_int8(numbers, CC_F32, first, count, rows, columns, &packed)
        case .int4:
            return unsafe cc_pack_int4(numbers, CC_F32, first, count, rows, columns, &packed)
        }
    }

    /// Rows of 8 MiB together, in whole panels.
    private func slices(_ format: NumberFormat) -> [Range<Int>] {
        let step = max(16, (8 << 20) / max(1, columns * format.unpackedBytes) / 16 * 16)
        return stride(from: 0, to: rows, by: step).map { $0..<min($0 + step, rows) }
    }

    private func elements(_ slice: Range<Int>) -> Range<Int> {
        (slice.lowerBound * columns)..<(slice.upperBound * columns)
    }
}
