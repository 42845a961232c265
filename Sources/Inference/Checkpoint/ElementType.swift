/// What one number of a stored tensor is, by the names of the safetensors format, and of ggml for
/// those that lie in blocks of 32 with a common scale.
package enum ElementType: String, Sendable {
    case boolean = "BOOL"
    case u8 = "U8"
    case i8 = "I8"
    case u16 = "U16"
    case i16 = "I16"
    case u32 = "U32"
    case i32 = "I32"
    case u64 = "U64"
    case i64 = "I64"
    case f4 = "F4"
    case f6e2m3 = "F6_E2M3"
    case f6e3m2 = "F6_E3M2"
    case f8e4m3 = "F8_E4M3"
    case f8e5m2 = "F8_E5M2"
    case f8e8m0 = "F8_E8M0"
    case f16 = "F16"
    case bf16 = "BF16"
    case f32 = "F32"
    case f64 = "F64"
    case c64 = "C64"
    case q4x0 = "Q4_0"
    case q4x1 = "Q4_1"
    case q5x0 = "Q5_0"
    case q5x1 = "Q5_1"
    case q8x0 = "Q8_0"

    /// Numbers that can only be read together.
    package var blockLength: Int {
        switch self {
        case .q4x0, .q4x1, .q5x0, .q5x1, .q8x0: 32
        default: 1
        }
    }

    /// Bits of one block: of one number where they lie singly.
    package var blockBits: Int {
        switch self {
        case .f4: 4
        case .f6e2m3, .f6e3m2: 6
        case .boolean, .u8, .i8, .f8e4m3, .f8e5m2, .f8e8m0: 8
        case .u16, .i16, .f16, .bf16: 16
        case .u32, .i32, .f32: 32
        case .u64, .i64, .f64, .c64: 64
        case .q4x0: 8 * 18
        case .q4x1: 8 * 20
        case .q5x0: 8 * 22
        case .q5x1: 8 * 24
        case .q8x0: 8 * 34
        }
    }
}
