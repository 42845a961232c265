import Kernels
import Testing

@Suite struct DigestTests {
    // From the reference implementation, the Python package xxhash 3.6: the first n of these bytes
    // with n as the seed; less than a stripe, whole stripes, and what is left after them.
    @Test(
        arguments: [
            (0, 0xEF46_DB37_51D8_E999), (1, 0x7719_17C7_F6EE_2451), (3, 0x1ECD_EB1A_3229_2CFA),
            (4, 0x8993_8D5D_1C06_716C), (7, 0x2C40_47A7_CFA7_846D), (8, 0xCE26_A759_7A1E_A03F),
            (31, 0x8406_65B1_19F3_FED8), (32, 0xC85D_335A_CE50_BDF8), (33, 0xA073_2552_010E_41F4),
            (63, 0xAA3C_C16E_932F_873C), (100, 0x00E1_CA80_F19B_8484),
        ] as [(Int, UInt64)])
    func `bytes have the digest that the reference gives them`(count: Int, digest: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }
        #expect(unsafe cc_digest(bytes, count, UInt64(count)) == digest)
    }
}
