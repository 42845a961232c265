import Reading
import Testing

@Suite struct CaptureDateTests {
    @Test func `a camera's date is kept to the second`() throws {
        let date = try #require(CaptureDate(exif: "2024:05:01 12:30:09"))
        #expect(date.iso8601 == "2024-05-01T12:30:09")
    }

    @Test(arguments: [
        "", "0000:00:00 00:00:00", "2024:13:01 12:30:00", "2023:02:29 12:00:00",
        "2024:05:01 24:00:00", "2024:05:01", "    :  :     :  :  ", "2024-05-01 12:30:00",
        "2024:05:+1 12:30:00", "2024:05:01 12:30:00 +01:00", "99999999999999999999:05:01 12:30:00",
    ])
    func `what is no date is no date`(text: String) {
        #expect(CaptureDate(exif: text) == nil)
    }

    @Test func `a leap day exists in leap years alone`() {
        #expect(CaptureDate(exif: "2024:02:29 12:00:00") != nil)
        #expect(CaptureDate(exif: "1900:02:29 12:00:00") == nil)
        #expect(CaptureDate(exif: "2000:02:29 12:00:00") != nil)
    }
}
