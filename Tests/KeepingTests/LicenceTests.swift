import Keeping
import Testing

@Suite struct LicenceTests {
    @Test(arguments: ["MIT", "apache-2.0", "BSD-3-Clause", "cc-by-4.0", "gpl-3.0"])
    func `an open licence asks for nothing`(name: String) {
        #expect(Licence(name).terms == .open)
    }

    @Test(arguments: [
        "cc-by-nc-4.0", "CC-BY-NC-SA-4.0", "fair-noncommercial-research-license",
        "apple-research", "openrail-non-commercial",
    ])
    func `a licence against commercial use is known by its name`(name: String) {
        #expect(Licence(name).terms == .nonCommercial)
        #expect(Licence(name).sentence.contains("does not allow commercial use"))
    }

    @Test(arguments: [nil, "", "other", "llama3.1", "gemma"])
    func `what nobody here knows has to be read`(name: String?) {
        #expect(Licence(name).terms == .unknown)
    }
}
