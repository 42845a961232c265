import Signals

extension Facts.Kind {
    /// Drawn pictures have at least this share of pixels equal to their neighbours.
    ///
    /// Of 33 photographs four reach it, through skies and plain grounds; of 15 charts, tables and pages
    /// all but a photographed page do.
    static let leastFlatShare = 0.6
    /// Of the pixels that differ from a neighbour, a photograph has 0.5 and more that differ a
    /// little (grain), charts and text 0.43 at most: there the rest is edges.
    static let mostDrawnGrain = 0.47
    /// Flat and of few colours, yet with grain: shaded drawings and cut-outs on white, in equal parts.
    static let unclearFlatShare = 0.65
    static let unclearCommonShare = 0.7
    /// So flat that a photograph would have to be nearly empty.
    static let mostPhotographedFlatShare = 0.8
    /// Cells with letters in them (`TextTraces`): charts have 0.20 at most, windows full of text 0.31
    /// and more.
    static let leastScreenLetters = 0.25
    /// Two-toned scans: their pixels between black and white.
    static let mostScannedMidtones = 0.01
    /// Two-toned pictures without writing stay under this share of cells that look like it.
    static let leastPageTraces = 0.2
    /// Of a page, the rarer tone covers 0.09 to 0.13; of square and bar codes, which look like writing
    /// cell by cell, 0.19 to 0.49.
    static let mostPageInk = 0.16
    /// Grain that is a drawn ramp: photographs have 0.16 of it at most, a shaded button 0.8.
    static let leastRuledShare = 0.6

    init(_ survey: PixelSurvey, _ picture: GreyPicture, _ details: Image.Details) {
        let isFlat = survey.flatShare >= Self.leastFlatShare
        let isTwoToned = survey.midtoneShare <= Self.mostScannedMidtones
        let grain = survey.grainShare / max(1 - survey.flatShare, 1e-9)
        let isDrawn =
            survey.ruledShare >= Self.leastRuledShare && survey.grainShare > 0.01
            || (isFlat || isTwoToned) && grain <= Self.mostDrawnGrain
        guard isDrawn else {
            let isUnclear =
                grain <= Self.mostDrawnGrain
                || survey.flatShare >= Self.mostPhotographedFlatShare
                || survey.flatShare >= Self.unclearFlatShare
                    && survey.commonShare >= Self.unclearCommonShare
            self = isUnclear ? .unclear : .photograph
            return
        }
        let traces = TextTraces(picture)
        if isTwoToned {
            let isPage =
                traces.share >= Self.leastPageTraces && survey.inkShare <= Self.mostPageInk
            self = isPage ? .textPage : .drawing
        } else if traces.letterShare >= Self.leastScreenLetters
            || Screen.isFilled(by: details)
        {
            self = .screenshot
        } else {
            self = .drawing
        }
    }
}

/// Sizes of screens.
private enum Screen {
    /// Pixels of common displays, the longer side first.
    static let sizes: [(Int, Int)] = [
        (1024, 768), (1280, 720), (1280, 800), (1280, 1024), (1366, 768), (1440, 900),
        (1536, 864), (1600, 900), (1680, 1050), (1920, 1080), (1920, 1200), (2160, 1080),
        (2340, 1080), (2400, 1080), (2532, 1170), (2556, 1179), (2560, 1440), (2560, 1600),
        (2880, 1800), (3024, 1964), (3440, 1440), (3840, 2160),
    ]

    /// Whether a picture that no camera took has exactly the size of a screen.
    static func isFilled(by details: Image.Details) -> Bool {
        let longer = max(details.fullWidth, details.fullHeight)
        let shorter = min(details.fullWidth, details.fullHeight)
        return details.camera == nil && sizes.contains { $0.0 == longer && $0.1 == shorter }
    }
}

extension PixelSurvey {
    /// Share of samples that are neither nearly black nor nearly white.
    fileprivate var midtoneShare: Double {
        Double(lumas[32..<224].reduce(0, +)) / Double(count)
    }

    /// Share of the rarer of nearly black and nearly white.
    fileprivate var inkShare: Double {
        Double(min(lumas[..<32].reduce(0, +), lumas[224...].reduce(0, +))) / Double(count)
    }
}
