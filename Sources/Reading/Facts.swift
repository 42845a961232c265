import Signals

/// What can be measured in a picture without knowing what it shows.
///
/// Kind, light and sharpness are estimates from statistics of pixels; the sentences hedge them.
package struct Facts: Sendable, Equatable, Encodable {
    package let kind: Kind
    /// Upright size in the file, in pixels.
    package let width: Int
    package let height: Int
    package let shape: Shape
    /// Nil where neither stands out, and for pictures that are drawn.
    package let light: Light?
    package let isLowContrast: Bool
    package let isBlurred: Bool
    package let isBlackAndWhite: Bool
    package let colours: Colours
    /// Where the camera noted it, "2024-05-01T12:30:00".
    package let captured: CaptureDate?
    package let camera: String?

    package enum Kind: String, Sendable, Encodable {
        /// One colour all over.
        case blank
        case photograph
        case screenshot
        /// Drawings, charts and diagrams, which pixels alone do not tell apart.
        case drawing
        case textPage = "page of text"
        /// Between a photograph and a drawing, as a cut-out on white is.
        case unclear
    }

    package enum Shape: String, Sendable, Encodable {
        case landscape, portrait, square
        case panorama
        case tallStrip = "tall strip"
    }

    package enum Light: String, Sendable, Encodable {
        case dark, bright
    }

    package init(measuring image: Image) {
        let survey = PixelSurvey(image)
        width = image.details.fullWidth
        height = image.details.fullHeight
        shape = Shape(width: width, height: height)
        captured = image.details.captureDate.flatMap(CaptureDate.init(exif:))
        camera = image.details.camera
        isBlackAndWhite = survey.colouredShare <= Self.mostColouredShare
        if survey.mayBeBlank && image.isUniform {
            kind = .blank
            light = nil
            isLowContrast = false
            isBlurred = false
            colours = Colours(survey, isBlank: true)
            return
        }
        let grey = GreyPicture(image)
        let small = grey.shrunk(by: Self.shrinking(of: grey))
        kind = Kind(survey, small, image.details)
        colours = Colours(survey, isBlank: false)
        let isDrawn = kind != .photograph && kind != .unclear
        light = isDrawn ? nil : Light(survey)
        let contrast = survey.luma(at: 0.95) - survey.luma(at: 0.05)
        isLowContrast = !isDrawn && contrast <= Self.lowContrast
        let steepness = isDrawn ? nil : EdgeWidth(small).steepness
        isBlurred = steepness.map { $0 <= Self.blurredSteepness } ?? false
    }
}

extension Facts {
    /// A black-and-white JPEG has no coloured pixel; one with a coloured speck in it is not one.
    static let mostColouredShare = 0.002
    /// 90 % of the pixels within so many of 255 levels: fog, a window pane, a washed-out scan.
    static let lowContrast = 60
    /// Edges no steeper than this, in `EdgeWidth`, look blurred.
    ///
    /// Photographs have 0.72 and more; three of them softened with a Gaussian of 2 pixels 0.36 to
    /// 0.45, of 3 pixels 0.30 to 0.32, of 4 pixels 0.25. People notice somewhere between.
    static let blurredSteepness = 0.35
    /// Blur is judged at the size at which a picture fills a screen, not in a camera's pixels.
    static let judgedPixels = 1_200_000

    private static func shrinking(of picture: GreyPicture) -> Int {
        var factor = 1
        while (picture.width / factor) * (picture.height / factor) > judgedPixels { factor += 1 }
        return factor
    }
}

extension Facts.Shape {
    /// Sides this near, as a ratio, look equal.
    static let squareRatio = 1.03
    /// Wider than cinema's widest is a panorama; phones reach 2.2 upright, so a strip is longer.
    static let panoramaRatio = 2.4

    init(width: Int, height: Int) {
        let ratio = Double(width) / Double(max(1, height))
        if ratio >= Self.panoramaRatio {
            self = .panorama
        } else if 1 / ratio >= Self.panoramaRatio {
            self = .tallStrip
        } else if max(ratio, 1 / ratio) <= Self.squareRatio {
            self = .square
        } else {
            self = ratio > 1 ? .landscape : .portrait
        }
    }
}

extension Facts.Light {
    /// Half of the pixels under the first luma and nearly all under the second: a night scene, but
    /// not a lit subject before black.
    static let darkMedian = 60
    static let darkPeak = 130
    /// Half of the pixels over the first luma and nearly all over the second: snow, overexposure.
    static let brightMedian = 200
    static let brightFloor = 120

    fileprivate init?(_ survey: PixelSurvey) {
        let median = survey.luma(at: 0.5)
        if median <= Self.darkMedian && survey.luma(at: 0.95) <= Self.darkPeak {
            self = .dark
        } else if median >= Self.brightMedian && survey.luma(at: 0.05) >= Self.brightFloor {
            self = .bright
        } else {
            return nil
        }
    }
}

extension Image {
    /// The furthest that a pixel of a blank picture may lie from its first one, in any channel:
    /// the noise of a covered lens, well below the faintest print.
    static let mostBlankStep = 16

    /// Whether every pixel has nearly the same colour.
    fileprivate var isUniform: Bool {
        let pixels = pixels.span
        for c in 0..<3 {
            let first = Int(pixels[c])
            for i in stride(from: c, to: pixels.count, by: 3)
            where abs(Int(pixels[i]) - first) > Self.mostBlankStep { return false }
        }
        return true
    }
}

extension PixelSurvey {
    /// Whether the sampled lumas leave it possible that the picture is uniform.
    fileprivate var mayBeBlank: Bool {
        let darkest = lumas.firstIndex { $0 > 0 } ?? 0
        let lightest = lumas.lastIndex { $0 > 0 } ?? 0
        return lightest - darkest <= 2 * Image.mostBlankStep
    }
}
