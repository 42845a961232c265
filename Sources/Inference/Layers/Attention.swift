import Kernels

/// softmax(q · transpose(k) / √headWidth) · v, head by head, where all keys are known at once.
package struct Attention: Sendable {
    private let heads: Int
    private let headWidth: Int
    private let precision: Precision

    /// - Precondition: `width` is a multiple of `heads`.
    package init(heads: Int, width: Int, precision: Precision) {
        precondition(heads > 0 && width % heads == 0, "\(heads) heads in a width of \(width)")
        self.heads = heads
        headWidth = width / heads
        self.precision = precision
    }

    private var width: Int { heads * headWidth }

    /// - Parameter joined: `[n, 3 * width]`, each row a query, a key and a value
    /// - Returns: `[n, width]`
    package func callAsFunction(joined: Tensor) -> Tensor {
        precondition(joined.width == 3 * width, "\(joined.shape) as three times \(width)")
        let shape = cc_attention_shape(
            rows: joined.rows, keys: joined.rows, heads: heads, head_width: headWidth,
            q_stride: 3 * width, k_stride: 3 * width, v_stride: 3 * width,
            q_first: 0, k_first: width, v_first: 2 * width, scale: scale)
        return attend(shape, joined.values, joined.values, joined.values)
    }

    /// - Parameters:
    ///   - q: `[n, width]`
    ///   - k: `[keys, width]`
    ///   - v: `[keys, width]`
    /// - Returns: `[n, width]`
    package func callAsFunction(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> Tensor {
        precondition(
            q.width == width && k.width == width && v.shape == k.shape,
            "queries \(q.shape), keys \(k.shape) and values \(v.shape) of width \(width)")
        let shape = cc_attention_shape(
            rows: q.rows, keys: k.rows, heads: heads, head_width: headWidth, q_stride: width,
            k_stride: width, v_stride: width, q_first: 0, k_first: 0, v_first: 0, scale: scale)
        return attend(shape, q.values, k.values, v.values)
    }

    private var scale: Float { 1 / Float(headWidth).squareRoot() }

    private func attend(
        _ shape: cc_attention_shape, _ q: [Float], _ k: [Float], _ v: [Float]
    ) -> Tensor {
        Tensor(shape: [shape.rows, width]) { out in
            var space = scratch(cc_attention_scratch(shape.keys, heads, headWidth))
            // Safe: the callers checked the sizes that `shape` tells.
            unsafe cc_attention(
                shape, q, k, v, precision.attendsIn16Bits, &out, &space, space.count)
        }
    }
}
