/// Weights in a layout of the kernels: packed by this process, or mapped from a prepared file.
///
/// A layout begins at the first address that is a multiple of 64. An array may begin anywhere, so
/// kernels ask for `slack` bytes more than the layout has; in a file it begins where it must.
struct PackedBytes: Sendable {
    /// What a kernel's size of a packed matrix holds beyond the layout itself.
    static let slack = 63

    private enum Place: Sendable {
        case array([UInt8])
        case file(MappedFile, offset: Int)
    }

    private let place: Place
    /// Of the layout, without slack.
    let count: Int

    /// - Parameter array: what a kernel filled, its slack included.
    init(_ array: [UInt8]) {
        precondition(array.count >= PackedBytes.slack, "\(array.count) packed bytes")
        place = .array(array)
        count = array.count - PackedBytes.slack
    }

    /// - Precondition: `range` lies in the file and begins at a multiple of 64.
    init(_ file: MappedFile, _ range: Range<Int>) {
        precondition(
            range.lowerBound.isMultiple(of: 64) && range.upperBound <= file.count,
            "packed bytes \(range) of \(file.count)")
        place = .file(file, offset: range.lowerBound)
        count = range.count
    }

    /// Lends the first byte of the layout, at a multiple of 64, to a kernel; `count` bytes follow.
    @unsafe func withPointer<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
        switch place {
        case .array(let array):
            return unsafe array.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else {
                    preconditionFailure("an array of slack has no address")
                }
                return unsafe body(base.alignedUp(toMultipleOf: 64))
            }
        case .file(let file, let offset):
            defer { extendLifetime(file) }
            return unsafe body(file.pointer(at: offset))
        }
    }
}
