import Signals
import Testing

@Suite struct SignalsTests {
    @Test func `what came with a program is beside its folder, or in the checkout above it`() {
        func places(_ executable: String) -> [String] {
            Installation.places(of: "voices", inCheckout: "voices", executable: executable)
        }
        #expect(
            places("/usr/bin/speak")
                == ["/usr/share/curbcut/voices", "/usr/bin/voices", "/usr/voices", "/voices"])
        #expect(places("/a/.build/x/release/speak").contains("/a/voices"))
        #expect(places("") == [])
        #expect(Installation.executable.hasPrefix("/"))
    }

    @Test func `an image made in memory is as large as its pixels say`() {
        let image = Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
        #expect(image.details == Image.Details(fullWidth: 2, fullHeight: 1))
    }

    @Test func `an image with too few bytes is our own mistake`() async {
        await #expect(processExitsWith: .failure) {
            _ = Image(width: 2, height: 2, pixels: [0])
        }
    }

    @Test func `an image without pixels is our own mistake`() async {
        await #expect(processExitsWith: .failure) {
            _ = Image(width: 0, height: 2, pixels: [])
        }
    }

    @Test func `a waveform's duration is its samples over its rate`() {
        #expect(Waveform(samples: [0, 0, 0], sampleRate: 2).durationSeconds == 1.5)
        #expect(Waveform(sampleRate: 22_050).durationSeconds == 0)
    }

    @Test func `exit statuses are those of sysexits`() {
        #expect(ExitStatus.usage.rawValue == 64)
        #expect(ExitStatus.damagedInput.rawValue == 65)
        #expect(ExitStatus.missingInput.rawValue == 66)
        #expect(ExitStatus.unavailable.rawValue == 69)
        #expect(ExitStatus.internalFault.rawValue == 70)
        #expect(ExitStatus.inputOutput.rawValue == 74)
    }
}
