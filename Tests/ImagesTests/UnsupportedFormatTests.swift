import Images
import Signals
import TestKit
import Testing

@Suite struct UnsupportedFormatTests {
    struct Sentence: Sendable, CustomTestStringConvertible {
        let start: [UInt8]
        let what: String
        let remedy: String
        var testDescription: String { what }

        init(_ start: [UInt8], _ what: String, _ remedy: String) {
            self.start = start
            self.what = what
            self.remedy = remedy
        }

        /// A picture that some command converts.
        init(_ start: [UInt8], is format: String, _ command: String, from package: String) {
            self.init(
                start, "the picture is \(format), which is not read here",
                "convert it first: \(command) (Debian package \(package))")
        }
    }

    @Test(arguments: [
        Sentence(
            ascii("GIF89a"), is: "a GIF", "convert 'in.gif[0]' out.png", from: "imagemagick"),
        Sentence(
            ascii("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic"), is: "HEIC",
            "heif-convert in.heic out.jpg", from: "libheif-examples"),
        Sentence(
            ascii("\0\0\0\u{1C}ftypmif1\0\0\0\0mif1avifmiaf"), is: "AVIF",
            "avifdec in.avif out.png", from: "libavif-bin"),
        Sentence(
            ascii("\0\0\0\u{18}ftypisom\0\0\0\0isomavc1"), is: "a film",
            "ffmpeg -i in.mp4 -frames:v 1 out.png", from: "ffmpeg"),
        Sentence(
            [0x49, 0x49, 42, 0, 8, 0, 0, 0], is: "a TIFF", "convert 'in.tiff[0]' out.png",
            from: "imagemagick"),
        Sentence(
            [0x4D, 0x4D, 0, 42, 0, 0, 0, 8], is: "a TIFF", "convert 'in.tiff[0]' out.png",
            from: "imagemagick"),
        Sentence(
            ascii("BM\u{36}\0\0\0\0\0\0\0\u{36}\0\0\0\u{28}\0\0\0"), is: "a BMP",
            "convert in.bmp out.png", from: "imagemagick"),
        Sentence(
            ascii("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            is: "an SVG drawing", "rsvg-convert -o out.png in.svg", from: "librsvg2-bin"),
        Sentence(
            ascii("%PDF-1.7\n"), is: "a PDF document",
            "pdftoppm -png -r 150 -singlefile in.pdf out", from: "poppler-utils"),
        Sentence(
            [0xFF, 0x0A, 0xFA], is: "JPEG XL", "djxl in.jxl out.png", from: "libjxl-tools"),
        Sentence(
            ascii("\0\0\0\u{0C}jP  \r\n"), is: "JPEG 2000", "opj_decompress -i in.jp2 -o out.png",
            from: "libopenjp2-tools"),
        Sentence(
            [0, 0, 1, 0, 1, 0], is: "a Windows icon", "convert 'ico:in.ico[0]' out.png",
            from: "imagemagick"),
        Sentence(
            ascii("8BPS\0\u{01}"), is: "a Photoshop document", "convert 'in.psd[0]' out.png",
            from: "imagemagick"),
        Sentence(
            ascii("P6\n4 4\n255\n"), is: "a Netpbm picture", "pnmtopng in.pnm > out.png",
            from: "netpbm"),
        Sentence(
            [], "there are 0 bytes where a picture should be",
            "check that the command before the pipe wrote something"),
        Sentence(
            ascii("<!DOCTYPE html>\n<title>404</title>"), "this is a page of HTML, not a picture",
            "give a JPEG, PNG or WebP picture"),
        Sentence(
            ascii("Ünïcode words, BM or not."), "this is text, not a picture",
            "give a JPEG, PNG or WebP picture"),
        Sentence(
            ascii("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"),
            "this is a Git LFS pointer, not the picture that it stands for",
            "fetch the picture: git lfs pull"),
        Sentence(
            [1, 2, 3, 4, 0, 0, 0], "these bytes are no picture of a known format",
            "give a JPEG, PNG or WebP picture; the command file says what the bytes are"),
    ])
    func `what is not read here is named with the way out`(sentence: Sentence) {
        #expect {
            try decodeImage(sentence.start)
        } throws: { error in
            guard let error = error as? ImageError else { return false }
            return error.what == sentence.what && error.remedy == sentence.remedy
                && error.exitStatus == .damagedInput
        }
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: [
            ("images/formats/pillow", ".tif", "a TIFF"), ("hostile/gif", ".gif", "a GIF"),
            ("images/formats/libavif", ".avif", "AVIF"),
            ("images/formats/image-rs", ".bmp", "a BMP"),
        ])
    func `real files of other formats are named`(
        folder: String, ending: String, format: String
    ) throws {
        let files = try SharedTestData.files(in: folder).filter { $0.hasSuffix(ending) }
        #expect(!files.isEmpty)
        for file in files {
            let bytes = try SharedTestData.bytes(inFile: file)
            #expect("\(file)") {
                try decodeImage(bytes)
            } throws: { error in
                guard case .unsupported(format, _)? = error as? ImageError else { return false }
                return true
            }
        }
    }
}

private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
