import CLibraries

/// The libraries that the tools use, asked by opening them as the loader would.
enum LibraryCheck {
    private struct Known {
        let name: String
        /// What happens without it.
        let loss: String
        /// Of Debian.
        let package: String
        let isNeeded: Bool

        init(_ name: String, _ loss: String, _ package: String, isNeeded: Bool = false) {
            self.name = name
            self.loss = loss
            self.package = package
            self.isNeeded = isNeeded
        }
    }

    private static var all: [Known] {
        // Safe: the texts are constants of the C target.
        let ffmpeg = (0...).lazy.map {
            unsafe cc_ffmpeg_name($0).map { unsafe String(cString: $0) }
        }
        .prefix { $0 != nil }.compactMap(\.self)
        return [
            Known(
                "libjpeg.so.62", "describe-image does not start", "libjpeg62-turbo", isNeeded: true),
            Known("libpng16.so.16", "describe-image does not start", "libpng16-16", isNeeded: true),
            Known("libwebp.so.7", "describe-image does not start", "libwebp7", isNeeded: true),
            Known(
                "libwebpdemux.so.2", "describe-image does not start", "libwebpdemux2",
                isNeeded: true),
            Known("libespeak-ng.so.1", "speak does not start", "libespeak-ng1", isNeeded: true),
            Known(
                "libsndfile.so.1", "speak and transcribe do not start", "libsndfile1",
                isNeeded: true),
            Known("libmd4c.so.0", "speak does not start", "libmd4c0", isNeeded: true),
            Known("libtesseract.so.5", "text in pictures is not read", "libtesseract5"),
            Known("libzbar.so.0", "codes in pictures are not read", "libzbar0"),
            Known("libxml2.so.2", "speak does not read HTML and SSML", "libxml2"),
            Known("libasound.so.2", "speak writes files only", "libasound2"),
        ]
            + ffmpeg.map { name in
                // libavcodec.so.59 is in libavcodec59.
                Known(
                    name, "films and most compressed sound are not read",
                    name.replacing(".so.", with: ""))
            }
    }

    /// One line for all that are there, and one for each that is not.
    static var findings: [Finding] {
        var there: [String] = []
        var missing: [Finding] = []
        for library in all {
            var text = [CChar](repeating: 0, count: 300)
            // Safe: the name lives through the call, which writes at most `text.count` bytes.
            let isThere = unsafe cc_library_version(library.name, &text, text.count)
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let said = String(decoding: bytes, as: UTF8.self)
            let short = String(library.name.prefix { $0 != "." })
            if isThere {
                there.append("\(short) \(said)")
            } else {
                missing.append(
                    Finding(
                        short, library.isNeeded ? .broken : .lacking,
                        "without it \(library.loss) (\(said))",
                        mend: "sudo apt install \(library.package)"))
            }
        }
        return [Finding("Libraries", .fine, there.joined(separator: ", "))] + missing
    }
}
