/// How much of a picture looks like writing, told from its pixels alone.
///
/// The picture is cut into cells. A cell with writing in it holds two tones far apart and little
/// between them, and a row through it changes tone a few times. Skies, faces and blur have no such
/// cells; leaves and gravel have many, so this can only spare the engine work, never replace it.
package struct TextTraces: Sendable, Equatable {
    /// The share of cells that look like writing, 0 to 1.
    package let share: Double
    /// The share of cells crossed by so many strokes that they can hardly be anything but letters,
    /// or a texture as fine.
    package let letterShare: Double
    /// The number of such cells with another such cell beside them.
    package let pairedCells: Int
    /// Whether more of them are light strokes on a dark ground than the other way round.
    package let isLightOnDark: Bool

    /// A cell's side in pixels: a line of small print fits in.
    static let cell = 16
    /// The least distance between the two tones, of 255; fainter print is beyond the engine too.
    static let leastContrast = 40
    /// Of a cell's pixels, how many may lie in the middle third between the tones; a blurred
    /// stroke has about as many on its slopes as on itself.
    static let mostBetween = 0.45
    /// Changes of tone along a row, averaged over the cell: one upright stroke makes two.
    static let changes = 0.6...7.0
    /// Changes that letters of a line make, counting the gap between lines; the edge of a bar and
    /// its grid lines make one.
    static let letterChanges = 1.6

    package init(_ picture: GreyPicture) {
        let columns = picture.width / Self.cell
        let rows = picture.height / Self.cell
        guard columns > 0, rows > 0 else {
            // Too small for a cell: worth a try.
            share = 1
            letterShare = 0
            pairedCells = 1
            isLightOnDark = false
            return
        }
        var found = 0
        var paired = 0
        var lightOnDark = 0
        var letters = 0
        for row in 0..<rows {
            var isBefore = false
            for column in 0..<columns {
                let tones = Self.tones(picture, column: column, row: row)
                if let tones {
                    found += 1
                    if tones.isLightOnDark { lightOnDark += 1 }
                    if tones.changes >= Self.letterChanges { letters += 1 }
                    if isBefore { paired += 1 }
                }
                isBefore = tones != nil
            }
        }
        share = Double(found) / Double(columns * rows)
        letterShare = Double(letters) / Double(columns * rows)
        pairedCells = paired
        isLightOnDark = 2 * lightOnDark > found
    }

    private struct Tones {
        let isLightOnDark: Bool
        /// Along a row, averaged over the cell.
        let changes: Double
    }

    /// Nil for a cell that does not look like writing.
    private static func tones(_ picture: GreyPicture, column: Int, row: Int) -> Tones? {
        let pixels = picture.pixels.span
        var darkest = UInt8.max
        var lightest = UInt8.min
        for y in (row * cell)..<((row + 1) * cell) {
            let start = y * picture.width + column * cell
            for i in start..<(start + cell) {
                darkest = min(darkest, pixels[i])
                lightest = max(lightest, pixels[i])
            }
        }
        let contrast = Int(lightest) - Int(darkest)
        guard contrast >= leastContrast else { return nil }
        let middle = (Int(darkest) + Int(lightest)) / 2
        let low = Int(darkest) + contrast / 3
        let high = Int(lightest) - contrast / 3
        var between = 0
        var lightCount = 0
        var changeCount = 0
        for y in (row * cell)..<((row + 1) * cell) {
            let start = y * picture.width + column * cell
            var wasLight = Int(pixels[start]) > middle
            for i in start..<(start + cell) {
                let value = Int(pixels[i])
                if value > low && value < high { between += 1 }
                let isLight = value > middle
                if isLight { lightCount += 1 }
                if isLight != wasLight { changeCount += 1 }
                wasLight = isLight
            }
        }
        let perRow = Double(changeCount) / Double(cell)
        guard Double(between) <= mostBetween * Double(cell * cell), changes.contains(perRow)
        else { return nil }
        // Strokes cover less than half of the cells that they run through.
        return Tones(isLightOnDark: 2 * lightCount < cell * cell, changes: perRow)
    }
}
