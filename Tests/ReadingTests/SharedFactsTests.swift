import Reading
import Signals
import TestKit
import Testing

@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct SharedFactsTests {
    /// A pineapple cut out on white is the one that could be either.
    @Test func `photographs are called photographs, and none is called drawn or blank`() throws {
        for path in try sharedPhotographs() {
            let kind = Facts(measuring: try shared(path)).kind
            #expect(kind == (path.contains("pineapple") ? .unclear : .photograph), "\(path)")
        }
    }

    @Test(arguments: [
        ("text/lorem_ipsum_screenshot.png", Facts.Kind.screenshot),
        ("text/exceltable.png", .screenshot),
        ("text/phototest-rotated-180.png", .textPage),
        ("charts/arc_pie.png", .drawing), ("charts/bar.png", .drawing),
        ("charts/bar_grouped.png", .drawing), ("charts/line.png", .drawing),
        ("charts/point_2d.png", .drawing), ("charts/rect_heatmap_weather.png", .drawing),
        ("photos/horse.png", .drawing),
        // Shaded: between the kinds, and said to be.
        ("charts/geo_choropleth.png", .unclear), ("captioned/hummingbird.jpg", .unclear),
    ])
    func `a drawn picture is called what it is`(path: String, kind: Facts.Kind) throws {
        #expect(Facts(measuring: try shared(path)).kind == kind)
    }

    @Test func `sharp photographs are not called blurred, softened ones are`() throws {
        for path in try sharedPhotographs() {
            #expect(!Facts(measuring: try shared(path)).isBlurred, "\(path)")
        }
        for path in ["photos/chelsea.png", "photos/kodim23.png", "captioned/larch.jpg"] {
            #expect(Facts(measuring: softened(try shared(path))).isBlurred, "\(path)")
        }
    }

    @Test func `light is told where it stands out`() throws {
        #expect(Facts(measuring: try shared("photos/rocket.jpg")).light == .dark)
        #expect(Facts(measuring: try shared("photos/hubble_deep_field.jpg")).light == .dark)
        #expect(Facts(measuring: try shared("captioned/coral_kite_and_cold.jpg")).light == .bright)
        #expect(Facts(measuring: try shared("photos/chelsea.png")).light == nil)
    }

    @Test func `colours are those of the caption`() throws {
        let camera = Facts(measuring: try shared("photos/camera.png"))
        #expect(camera.isBlackAndWhite)
        #expect(
            Facts(measuring: try shared("photos/chelsea.png")).colours.main.first?.name == .brown)
        #expect(
            Facts(measuring: try shared("captioned/red-panda.jpg")).colours.main.first?.name
                == .green)
        let dusk = Facts(measuring: try shared("photos/rocket.jpg")).colours.main.map(\.name)
        #expect(Set(dusk).isSubset(of: [.navy, .blue, .black]), "\(dusk)")
    }

    /// Three passes of a mean over 9 by 9 pixels: near a Gaussian of 4.5 pixels.
    private func softened(_ image: Image) -> Image {
        var pixels = image.pixels
        let row = 3 * image.width
        for _ in 0..<3 {
            pixels = averaged(
                pixels, lines: image.height, lineStep: row, length: image.width, step: 3)
            pixels = averaged(
                pixels, lines: image.width, lineStep: 3, length: image.height, step: row)
        }
        return Image(width: image.width, height: image.height, pixels: pixels)
    }

    private func averaged(
        _ source: [UInt8], lines: Int, lineStep: Int, length: Int, step: Int
    ) -> [UInt8] {
        var result = source
        for line in 0..<lines {
            for c in 0..<3 {
                let at = { line * lineStep + max(0, min($0, length - 1)) * step + c }
                var sum = (-5...3).reduce(0) { $0 + Int(source[at($1)]) }
                for place in 0..<length {
                    sum += Int(source[at(place + 4)]) - Int(source[at(place - 5)])
                    result[at(place)] = UInt8(sum / 9)
                }
            }
        }
        return result
    }
}
