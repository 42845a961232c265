import Glibc

/// The everyday name of a colour.
package enum ColourName: String, Sendable, CaseIterable, Encodable {
    case black, white, grey, red, orange, yellow, green, turquoise, blue, navy, purple, pink
    case brown, beige
}

extension ColourName {
    /// The name of an sRGB colour, taken from its lightness, chroma and hue in OKLab.
    ///
    /// The borders between names lie between well-known colours (CSS names), not on them.
    package init(red: UInt8, green: UInt8, blue: UInt8) {
        let colour = Oklch(red: red, green: green, blue: blue)
        self = Self.neutral(colour) ?? Self.chromatic(colour)
    }

    private static func neutral(_ colour: Oklch) -> ColourName? {
        // Below this hue is not seen: 8 of 255 between the channels of a mid grey; in the dark,
        // where noise and screens tint everything, more.
        let leastChroma: Float = colour.lightness < 0.4 ? 0.035 : 0.022
        if colour.lightness <= 0.14 { return .black }
        guard colour.chroma < leastChroma else { return nil }
        if colour.lightness >= 0.93 { return .white }  // #e9e9e9 and lighter
        return colour.lightness <= 0.25 ? .black : .grey  // #222222 and darker
    }

    private static func chromatic(_ colour: Oklch) -> ColourName {
        let light = colour.lightness
        switch colour.hue {
        case ..<15, 345...:  // pink 7, hot pink 351
            if light >= 0.6 { return .pink }
            return (345..<355).contains(colour.hue) ? .purple : .red
        case ..<45:  // red 29, tomato 33, salmon 25
            if light >= 0.72 { return colour.chroma < 0.06 ? .beige : .pink }
            return colour.chroma < 0.09 ? .brown : .red
        case ..<85:  // saddle brown 50, tan 77, orange 71
            if colour.chroma < 0.09 { return light >= 0.75 ? .beige : .brown }
            return light < 0.65 ? .brown : .orange  // chocolate 0.63, dark orange 0.75
        case ..<118:  // gold 95, yellow 110, olive 110, beige 106
            if light >= 0.75 { return colour.chroma < 0.06 ? .beige : .yellow }
            return colour.hue < 100 ? .brown : .green
        case ..<165: return .green  // green 142, spring green 151
        case ..<212: return .turquoise  // turquoise 187, teal 195
        case ..<285: return light < 0.33 ? .navy : .blue  // light blue 217, blue 264
        default:  // indigo 301, purple 328, violet 327
            return light >= 0.8 && colour.hue >= 325 ? .pink : .purple
        }
    }
}

/// A colour by how light, how colourful and of which hue people see it.
///
/// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
private struct Oklch {
    /// 0 to 1.
    let lightness: Float
    /// 0 for greys; up to 0.32 in sRGB.
    let chroma: Float
    /// Degrees: 29 red, 110 yellow, 142 green, 264 blue.
    let hue: Float

    init(red: UInt8, green: UInt8, blue: UInt8) {
        let r = Self.linear[Int(red)]
        let g = Self.linear[Int(green)]
        let b = Self.linear[Int(blue)]
        let long = cbrtf(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let medium = cbrtf(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let short = cbrtf(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        let a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        let b2 = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        chroma = hypotf(a, b2)
        let degrees = atan2f(b2, a) * 180 / .pi
        hue = degrees < 0 ? degrees + 360 : degrees
    }

    /// sRGB's curve undone (IEC 61966-2-1).
    private static let linear: [Float] = (0..<256).map { value in
        let x = Float(value) / 255
        return x <= 0.04045 ? x / 12.92 : powf((x + 0.055) / 1.055, 2.4)
    }
}
