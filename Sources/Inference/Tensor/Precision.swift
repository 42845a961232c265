import Kernels

/// How exactly a model computes.
package enum Precision: String, CaseIterable, Sendable {
    /// Weights in 8 bits with one scale per output, rows quantised as they come, attention and the
    /// kept keys and values of a text in 16 bits, those of what it is about in 8.
    case int8
    /// As `int8`, but weights that meet a row at a time, those of a decoder, are kept in 4 bits with a
    /// scale for each 32 inputs.
    case int4
    /// Weights as stored, everything else in 32-bit floats.
    case f32

    /// What keys and values are kept in while a text is written.
    func kept(of content: KeyValueCache.Content, headWidth: Int) -> cc_kept {
        switch (self, content) {
        case (.f32, _): CC_KEPT_F32
        case (_, .text): CC_KEPT_F16
        case (_, .source):
            headWidth <= CC_MOST_KEPT_INT8_WIDTH ? CC_KEPT_INT8 : CC_KEPT_F16
        }
    }
    var attendsIn16Bits: Bool { self != .f32 }

    /// What matrices are kept in that meet many rows at once: time goes into products there, and
    /// those of 8 bits are the fastest.
    package var forManyRows: Precision { self == .int4 ? .int8 : self }

    /// The layouts that matrices are packed in, by the kernels' names; none where they stay as they
    /// are stored.
    var layouts: [String] {
        switch self {
        // Safe: a constant of the kernels, ended by a zero.
        case .int8: unsafe [String(cString: cc_int8_layout())]
        case .int4: unsafe Precision.int8.layouts + [String(cString: cc_int4_layout())]
        case .f32: []
        }
    }
}

/// How many threads the kernels use from now on, the caller's included.
///
/// Until this is called: as many as the process may use cores.
package func useThreads(_ count: Int) { cc_set_threads(max(1, count)) }
