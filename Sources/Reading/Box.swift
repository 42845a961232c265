/// A rectangle in pixels of the picture, counted from its top left corner.
package struct Box: Sendable, Equatable, Encodable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The smallest box that holds both.
    func union(_ other: Box) -> Box {
        let left = min(x, other.x)
        let top = min(y, other.y)
        let right = max(x + width, other.x + other.width)
        let bottom = max(y + height, other.y + other.height)
        return Box(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The box in a picture `factor` times as large, of `width` by `height` pixels; it keeps
    /// within it and covers a pixel at least.
    func scaled(by factor: Double, width limit: Int, height lowest: Int) -> Box {
        let left = max(0, min(Int(Double(x) * factor), limit - 1))
        let top = max(0, min(Int(Double(y) * factor), lowest - 1))
        let right = min(limit, Int((Double(x + width) * factor).rounded(.up)))
        let bottom = min(lowest, Int((Double(y + height) * factor).rounded(.up)))
        return Box(x: left, y: top, width: max(1, right - left), height: max(1, bottom - top))
    }
}
