import Kernels

/// Numbers in a box: a shape, and its elements row by row.
///
///     [rows, width]      x.values[r * width + c]
package struct Tensor: Sendable, Equatable {
    package let shape: [Int]
    package private(set) var values: [Float]

    /// - Precondition: as many values as the shape says.
    package init(_ values: [Float], shape: [Int]) {
        precondition(
            values.count == shape.reduce(1, *), "\(values.count) values for the shape \(shape)")
        self.shape = shape
        self.values = values
    }

    /// A tensor whose elements `body` writes, every one.
    init(shape: [Int], _ body: (inout [Float]) -> Void) {
        let count = shape.reduce(1, *)
        // Safe: floats need no initial value to be overwritten, and `body` overwrites all.
        var values = unsafe [Float](unsafeUninitializedCapacity: count) { _, initialized in
            initialized = count
        }
        body(&values)
        self.shape = shape
        self.values = values
    }

    /// The length of the last axis; 1 for a single number.
    package var width: Int { shape.last ?? 1 }

    /// The product of all axes but the last.
    package var rows: Int { width == 0 ? 0 : values.count / width }

    /// One row.
    package func row(_ index: Int) -> [Float] {
        Array(values[(index * width)..<((index + 1) * width)])
    }

    /// Element by element; both have the same shape.
    package static func + (a: Tensor, b: Tensor) -> Tensor {
        precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
        return Tensor(shape: a.shape) { out in
            // Safe: all three hold as many floats as the call is told.
            unsafe cc_add(a.values, b.values, a.values.count, &out)
        }
    }
}

/// Memory for a kernel to work in; what it holds before and after means nothing.
func scratch(_ count: Int) -> [UInt8] {
    // Safe: bytes need no initial value, and kernels write before they read.
    unsafe [UInt8](unsafeUninitializedCapacity: count) { _, initialized in initialized = count }
}
