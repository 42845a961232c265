import Foundation
import Images
import Signals
import TestKit
import Testing

/// Files that once crashed, hung or exhausted a decoder.
@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct HostileInputTests {
    /// In a process of its own, so that memory can be measured and a crash is seen as one.
    @Test func `hostile files end in a picture or an error, soon and small`() async {
        await #expect(processExitsWith: .success) {
            var count = 0
            for folder in ["jpeg", "png", "webp", "gif", "bmp", "tiff", "other"] {
                for file in try SharedTestData.files(in: "hostile/" + folder) {
                    let bytes = try SharedTestData.bytes(inFile: file)
                    // A decoder that hangs ends the process; the limit leaves room for a busy machine.
                    alarm(60)
                    let error = imageError(of: bytes)
                    try #require(error == nil || error?.what.isEmpty == false)
                    count += 1
                }
            }
            try #require(count > 250)
            let peak = try peakMegabytes()
            try #require(peak < 200)
        }
    }

    @Test(arguments: [
        (
            "png/bomb_50000x50000_1bit.png",
            "the PNG picture says it is 50000 x 50000 pixels, more than 200000000"
        ),
        (
            "png/wuffs_hippopotamus.regular.truncated.png",
            "the PNG data ends before the picture is complete"
        ),
        (
            "jpeg/dims_65500_1kb.jpg",
            "the JPEG picture says it is 65500 x 65500 pixels, more than 200000000"
        ),
        ("other/html_named.mp4", "this is a page of HTML, not a picture"),
        (
            "other/lfs-pointer.safetensors",
            "this is a Git LFS pointer, not the picture that it stands for"
        ),
        ("other/zero-bytes.jpg", "there are 0 bytes where a picture should be"),
        ("other/random.bin.jpg", "these bytes are no picture of a known format"),
    ])
    func `what is wrong is said`(file: String, what: String) throws {
        #expect(imageError(of: try SharedTestData.bytes("hostile/" + file))?.what == what)
    }

    @Test(arguments: ["butterfly_cut10.jpg", "butterfly_cut50.jpg", "butterfly_cut95.jpg"])
    func `a cut photo is not a photo`(file: String) throws {
        let error = imageError(of: try SharedTestData.bytes("hostile/jpeg/" + file))
        guard case .endsEarly(.jpeg, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `text that expands to 200 MB is not read`() throws {
        let image = try decodeImage(SharedTestData.bytes("hostile/png/ztxt_bomb.png"))
        #expect(image.width == 1 && image.height == 1)
    }

    @Test func `a JPEG named PNG is a JPEG`() throws {
        let image = try decodeImage(SharedTestData.bytes("hostile/other/jpeg_named.png"))
        #expect(image.details.format == "JPEG")
    }

    /// Files of PngSuite whose name starts with x are corrupt, each in its own way.
    @Test func `PngSuite's corrupt files are refused`() throws {
        let files = try SharedTestData.files(in: "hostile/png").filter {
            $0.contains("/pngsuite_x")
        }
        #expect(files.count == 9)
        for file in files {
            #expect(imageError(of: try SharedTestData.bytes(inFile: file)) != nil, "\(file)")
        }
    }
}

private func imageError(of bytes: [UInt8]) -> ImageError? {
    do {
        _ = try decodeImage(bytes)
        return nil
    } catch {
        return error
    }
}
