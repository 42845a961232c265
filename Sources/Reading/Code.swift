import Signals

/// A QR or bar code found in a picture.
package struct Code: Sendable, Equatable, Encodable {
    package let kind: Kind
    /// What it says; bytes that are not UTF-8 are shown as U+FFFD.
    package let text: String
    /// Where it is, in pixels of the picture; a bar code's box may be thin, being that of the
    /// lines on which it was read.
    package let box: Box

    package init(kind: Kind, text: String, box: Box) {
        self.kind = kind
        self.text = text
        self.box = box
    }

    /// The families that zbar reads, in words.
    package enum Kind: String, Sendable, Encodable {
        case qr = "QR code"
        case sq = "SQ code"
        case ean2 = "EAN-2 bar code"
        case ean5 = "EAN-5 bar code"
        case ean8 = "EAN-8 bar code"
        case ean13 = "EAN-13 bar code"
        case isbn10 = "ISBN-10 bar code"
        case isbn13 = "ISBN-13 bar code"
        case upcA = "UPC-A bar code"
        case upcE = "UPC-E bar code"
        case composite = "EAN bar code with an add-on"
        case interleaved = "Interleaved 2 of 5 bar code"
        case dataBar = "GS1 DataBar bar code"
        case dataBarExpanded = "GS1 DataBar Expanded bar code"
        case codabar = "Codabar bar code"
        case code39 = "Code 39 bar code"
        case code93 = "Code 93 bar code"
        case code128 = "Code 128 bar code"
        case pdf417 = "PDF417 code"
    }
}

/// The codes in a picture, in the order found.
///
/// - Parameter image: any size.
/// - Returns: none where there is no code, and none for the kinds that zbar does not know (Aztec,
///   Data Matrix, Micro QR).
/// - Throws: `ReadingError.codeScannerMissing` where libzbar is not installed.
package func readCodes(_ image: Image) throws(ReadingError) -> [Code] {
    let scanner = try CodeScanner()
    let grey = GreyPicture(image)
    let shrinking = shrinking(width: grey.width, height: grey.height)
    let small = grey.shrunk(by: shrinking)
    // A code that was photographed from near has modules of many pixels; one in a thumbnail has
    // two or less, and is read after enlarging.
    let views = [(small, Double(shrinking))] + enlargedView(of: small, scale: Double(shrinking))
    for (view, scale) in views {
        let codes = try scanner.search(view)
        guard codes.isEmpty else {
            return codes.map { $0.scaled(by: scale, width: image.width, height: image.height) }
        }
    }
    return []
}

/// A scanned page at half its 300 dots per inch: bars are still two pixels wide.
///
/// Twice as many
/// pixels cost 0.3 s more, and twice that for the second look at the inverted picture.
private let mostPixelsToSearch = 2_500_000

private func shrinking(width: Int, height: Int) -> Int {
    var factor = 1
    while (width / factor) * (height / factor) > mostPixelsToSearch { factor += 1 }
    return factor
}

/// Pictures up to this many pixels are searched again at twice the size where nothing was found:
/// 20 ms at most, and thumbnails of QR codes need it.
private let mostPixelsToEnlarge = 100_000

private func enlargedView(of picture: GreyPicture, scale: Double) -> [(GreyPicture, Double)] {
    guard picture.width * picture.height <= mostPixelsToEnlarge else { return [] }
    return [(picture.enlarged(by: 2), scale / 2)]
}

extension Code {
    fileprivate func scaled(by scale: Double, width: Int, height: Int) -> Code {
        Code(kind: kind, text: text, box: box.scaled(by: scale, width: width, height: height))
    }
}
