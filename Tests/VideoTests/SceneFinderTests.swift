import Testing

import Video

/// Cuts, and what is none.
@Suite struct SceneFinderTests {
    /// A frame of columns; `shift` moves them.
    private func grid(_ base: Int, shift: Int = 0, light: Int = 0) -> FrameGrid {
        let luma = (0..<(FrameGrid.width * FrameGrid.height)).map { i in
            let x = i % FrameGrid.width + shift
            return UInt8(max(0, min(255, 60 + (x * base) % 120 + light)))
        }
        return FrameGrid(
            luma: luma, chroma: [UInt8](repeating: 128, count: luma.count / 8), sharpness: 1)
    }

    private func findings(
        _ frames: [FrameGrid], framesPerSecond: Double = 25
    ) -> [SceneFinder.Finding] {
        var finder = SceneFinder()
        var found: [SceneFinder.Finding] = []
        for (i, frame) in frames.enumerated() {
            found += finder.see(frame, at: Double(i) / framesPerSecond)
        }
        if let last = finder.finish() { found.append(last) }
        return found.filter { $0 != .perhaps && $0 != .notACut }
    }

    @Test func `a step that stands out is a cut`() {
        let frames = (0..<20).map { _ in grid(3) } + (0..<20).map { _ in grid(7) }
        #expect(findings(frames) == [.cut(atSeconds: 0.8)])
    }

    @Test func `a flash is no cut`() {
        let frames =
            (0..<20).map { _ in grid(3) } + [grid(3, light: 150)] + (0..<20).map { _ in grid(3) }
        #expect(findings(frames).isEmpty)
    }

    @Test func `a camera that moves makes no cut`() {
        let frames = (0..<40).map { grid(5, shift: 2 * $0) }
        #expect(findings(frames).isEmpty)
    }

    @Test func `a dissolve counts once the picture rests`() {
        let (first, second) = (grid(3), grid(7, light: 20))
        let mixed = (1...20).map { step in
            FrameGrid(
                luma: zip(first.luma, second.luma).map { a, b in
                    UInt8((Int(a) * (21 - step) + Int(b) * step) / 21)
                }, chroma: first.chroma, sharpness: 1)
        }
        let frames = (0..<20).map { _ in first } + mixed + (0..<20).map { _ in second }
        guard case .dissolved(let seconds)? = findings(frames).first else {
            Issue.record("\(findings(frames))")
            return
        }
        #expect(findings(frames).count == 1 && (1.5...1.8).contains(seconds))
    }

    @Test func `a camera that comes to rest elsewhere has moved`() {
        let frames =
            (0..<20).map { _ in grid(2) } + (0..<30).map { grid(2, shift: $0) }
            + (0..<20).map { _ in grid(2, shift: 29) }
        guard case .moved? = findings(frames).first else {
            Issue.record("\(findings(frames))")
            return
        }
        #expect(findings(frames).count == 1)
    }

    @Test func `in a show of slides each slide is a scene`() {
        let slides = [3, 7, 11, 5].map { grid($0) }
        #expect(
            findings(slides, framesPerSecond: 1)
                == [.cut(atSeconds: 1), .cut(atSeconds: 2), .cut(atSeconds: 3)])
    }
}
