import Glibc
import Kernels

extension Tensor {
    /// The index of the largest element, the first of equals.
    var likeliest: Int { Inference.likeliest(values, in: values.indices) }
}

/// log Σ exp(x): what to subtract from a logit to get its log-probability.
package func logSumExp(_ x: [Float]) -> Float { logSumExp(x, in: x.indices) }

/// log Σ exp(x) over some elements; -infinity over none.
package func logSumExp(_ x: [Float], in range: Range<Int>) -> Float {
    precondition(range.lowerBound >= 0 && range.upperBound <= x.count, "\(range) of \(x.count)")
    // Safe: the range lies in the array, whose memory is lent for the call.
    return unsafe x.withUnsafeBufferPointer { buffer in
        unsafe buffer.baseAddress.map { unsafe cc_log_sum_exp($0 + range.lowerBound, range.count) }
            ?? -.infinity
    }
}

/// The index of the largest of some elements, the first of equals; the first index where none is
/// a number.
package func likeliest(_ x: [Float], in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= x.count, "\(range) of \(x.count)")
    // Safe: the range lies in the array, whose memory is lent for the call.
    return unsafe x.withUnsafeBufferPointer { buffer in
        range.lowerBound
            + (unsafe buffer.baseAddress.map {
                unsafe cc_argmax($0 + range.lowerBound, range.count)
            } ?? 0)
    }
}

/// Indices of the largest elements, largest first, lower index first of equals.
package func largest(_ count: Int, of x: [Float]) -> [Int] {
    var best: [Int] = []
    for index in x.indices {
        if best.count == count, let last = best.last, x[index] <= x[last] { continue }
        let place = best.firstIndex { x[index] > x[$0] } ?? best.count
        best.insert(index, at: place)
        if best.count > count { best.removeLast() }
    }
    return best
}

func power(_ base: Float, _ exponent: Float) -> Float { powf(base, exponent) }
