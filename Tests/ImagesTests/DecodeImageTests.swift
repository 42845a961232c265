import Images
import Signals
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/images/`, made by `make_image_fixtures.py`.
@Suite struct DecodeImageTests {
    @Test func `the fixtures are there`() {
        #expect(PictureTruth.all.count == 85)
    }

    @Test(arguments: PictureTruth.all)
    func `a picture gives the pixels it was made from`(truth: PictureTruth) throws {
        let image = try decodeImage(PictureTruth.bytes(truth.file))
        try #require(image.width == truth.width && image.height == truth.height)
        let gaps = zip(image.pixels, truth.pixels).map { abs(Int($0) - Int($1)) }
        let worst = try #require(gaps.max())
        #expect(worst <= truth.tolerance, "\(worst) at byte \(gaps.firstIndex(of: worst) ?? -1)")
        #expect(image.details.hasTransparency == truth.hasTransparency)
        #expect(image.details.fullWidth == truth.width)
        #expect(image.details.fullHeight == truth.height)
    }

    @Test(arguments: [("gray.jpg", "JPEG"), ("gray-1.png", "PNG"), ("lossy.webp", "WebP")])
    func `the format is named as people know it`(file: String, format: String) throws {
        #expect(try decodeImage(PictureTruth.bytes(file)).details.format == format)
    }

    @Test func `the camera and the date come from EXIF`() throws {
        let details = try decodeImage(PictureTruth.bytes("exif-facts.jpg")).details
        #expect(details.camera == "NIKON D70")
        #expect(details.captureDate == "2024:05:01 12:30:00")
    }

    @Test(arguments: [
        (5, 10, 6), (3, 5, 3), (6, 10, 6), (7, 19, 11), (11, 19, 11), (12, 37, 21), (500, 37, 21),
    ])
    func `a JPEG shrinks while both sides stay long enough`(
        shorterSide: Int, width: Int, height: Int
    ) throws {
        let bytes = try PictureTruth.bytes("rgb-420.jpg")  // 37 x 21
        let image = try decodeImage(bytes, limits: DecodingLimits(shorterSide: shorterSide))
        #expect(image.width == width && image.height == height)
        #expect(image.details.fullWidth == 37 && image.details.fullHeight == 21)
    }

    @Test func `a JPEG on its side shrinks upright`() throws {
        let bytes = try PictureTruth.bytes("exif-6.jpg")  // 24 x 13 upright
        let image = try decodeImage(bytes, limits: DecodingLimits(shorterSide: 6))
        #expect(image.width == 12 && image.height == 7)
        #expect(image.details.fullWidth == 24 && image.details.fullHeight == 13)
        // Cells of so small pictures do not hold quite the same part of the scene.
        #expect(largestGap(cells(image), cells(try decodeImage(bytes))) < 20)
    }

    @Test func `the pixel limit counts the full size`() throws {
        let bytes = try PictureTruth.bytes("rgb-420.jpg")
        let enough = DecodingLimits(maxPixels: 37 * 21, shorterSide: 1)
        #expect(try decodeImage(bytes, limits: enough).width == 5)
        let error = ImageError.tooLarge(format: .jpeg, width: 37, height: 21, maxPixels: 776)
        #expect(throws: error) {
            try decodeImage(bytes, limits: DecodingLimits(maxPixels: 776, shorterSide: 1))
        }
    }

    @Test(arguments: ["progressive.jpg", "rgb-420.jpg", "gray-alpha-16.png", "animated.webp"])
    func `one decoding equals the next`(file: String) throws {
        let bytes = try PictureTruth.bytes(file)
        #expect(try decodeImage(bytes) == decodeImage(bytes))
    }
}
