import CMedia

/// What a frame looks like from afar: the means of 64 by 36 cells.
package struct FrameGrid: Sendable, Equatable {
    package static let width = Int(CC_GRID_WIDTH)
    package static let height = Int(CC_GRID_HEIGHT)

    /// Light, row by row; 0 to 255.
    package let luma: [UInt8]
    /// Cb and then Cr of 16 by 9 cells.
    package let chroma: [UInt8]
    /// Mean square of the difference between neighbours in a row.
    package let sharpness: Double

    /// - Precondition: as many cells as described.
    package init(luma: [UInt8], chroma: [UInt8], sharpness: Double) {
        precondition(luma.count == Self.width * Self.height, "\(luma.count) cells of light")
        precondition(chroma.count == luma.count / 8, "\(chroma.count) cells of colour")
        self.luma = luma
        self.chroma = chroma
        self.sharpness = sharpness
    }

    /// How different two frames look: mean absolute difference of light, plus that of Cb and of Cr.
    ///
    /// Between neighbours of one shot it is 0 to 10, at a cut 20 to 150.
    package func distance(to other: FrameGrid) -> Double {
        Self.meanGap(luma, other.luma) + 2 * Self.meanGap(chroma, other.chroma)
    }

    /// Sums in pairs of bytes would do; the compiler makes vectors of this.
    private static func meanGap(_ a: [UInt8], _ b: [UInt8]) -> Double {
        var sum: UInt32 = 0
        for i in 0..<min(a.count, b.count) {
            let gap: UInt8 = a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]
            sum += UInt32(gap)
        }
        return Double(sum) / Double(a.count)
    }

    /// One tone nearly all over: black, white, or the ground between two titles.
    ///
    /// A twentieth of the cells at either end may differ: a clock or a logo in a corner.
    package var isBlank: Bool {
        let sorted = luma.sorted()
        let margin = sorted.count / 20
        return sorted[sorted.count - 1 - margin] - sorted[margin] < Self.leastContrast
    }

    /// Of 255; compressed black has 2 or 3, fog and night scenes 20 and more.
    private static let leastContrast: UInt8 = 10

    /// Whether it grows lighter to the right, for 8 by 8 places: equal for frames that show the same.
    ///
    /// Source: the difference hash ("dHash") of N. Krawetz, over 9 by 8 cells.
    package var hash: UInt64 {
        let columns = 9
        let rows = 8
        var cells: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns { cells.append(mean(row, of: rows, column, of: columns)) }
        }
        var hash: UInt64 = 0
        for row in 0..<rows {
            for column in 0..<(columns - 1) {
                let cell = row * columns + column
                hash = hash << 1 | (cells[cell + 1] > cells[cell] + 1 ? 1 : 0)
            }
        }
        return hash
    }

    private func mean(_ row: Int, of rows: Int, _ column: Int, of columns: Int) -> Double {
        let top = row * Self.height / rows
        let bottom = (row + 1) * Self.height / rows
        let left = column * Self.width / columns
        let right = (column + 1) * Self.width / columns
        var sum = 0
        for y in top..<bottom { for x in left..<right { sum += Int(luma[y * Self.width + x]) } }
        return Double(sum) / Double((bottom - top) * (right - left))
    }

    /// Whether it lies between two others, as a frame of a dissolve does, or is the black between.
    ///
    /// Light alone: the share of the second that fits best, and how much is left over.
    func isMixture(of first: FrameGrid, _ second: FrameGrid) -> Bool {
        if isBlank, luma.max() ?? 0 <= Self.brightestBlack { return true }
        var along = 0.0
        var length = 0.0
        for i in luma.indices {
            let way = Double(second.luma[i]) - Double(first.luma[i])
            along += (Double(luma[i]) - Double(first.luma[i])) * way
            length += way * way
        }
        guard length > 0 else { return false }
        let share = along / length
        guard Self.mixedShares.contains(share) else { return false }
        var rest = 0.0
        for i in luma.indices {
            let start = Double(first.luma[i])
            let gap = Double(luma[i]) - start - share * (Double(second.luma[i]) - start)
            rest += gap * gap
        }
        return rest < Self.mostUnmixed * length
    }

    /// Of 255, with the margin of limited range and some noise.
    private static let brightestBlack: UInt8 = 40
    /// Away from the ends, where every frame fits.
    private static let mixedShares = 0.3...0.7
    /// Of the squares: a frame of a moving camera leaves 0.3 and more.
    private static let mostUnmixed = 0.08

    /// Whether a second frame would show nothing new.
    package func isNearly(_ other: FrameGrid) -> Bool {
        distance(to: other) < Self.nearDistance
            && (hash ^ other.hash).nonzeroBitCount <= Self.nearBits
    }

    /// Whether a second frame may show the same, seen from elsewhere or a moment later.
    package func isAlike(_ other: FrameGrid) -> Bool {
        distance(to: other) < Self.alikeDistance
            && (hash ^ other.hash).nonzeroBitCount <= Self.alikeBits
    }

    /// Frames of one still shot are 0 to 4 apart, with people who move in it 4 to 10.
    private static let nearDistance = 5.0
    /// Of 64; other pictures differ in 20 and more.
    private static let nearBits = 6
    private static let alikeDistance = 20.0
    private static let alikeBits = 16
}
