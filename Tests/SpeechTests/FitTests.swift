import Speech
import Testing

@Suite struct FitTests {
    /// A speech of two seconds at 100 words a minute.
    private func seconds(at rate: Int) -> Double { 200 / Double(rate) }

    private func rate(seconds wanted: Double, limit: Double = 3) -> Int {
        let fit = Fit(seconds: wanted, limit: limit)
        return fit.slowest(
            from: 100, fastest: fit.fastest(from: 100), lasting: seconds(at:), speak: { $0 })
    }

    @Test func `speech is no faster than it must be`() {
        #expect(rate(seconds: 2) == 100)
        #expect(rate(seconds: 30) == 100)
        #expect(rate(seconds: 1) == 200)
        #expect(rate(seconds: 1.5) == 134)
    }

    @Test func `the limit holds, and so does the engine's`() {
        #expect(Fit(seconds: 1, limit: 2).fastest(from: 175) == 350)
        #expect(Fit(seconds: 1, limit: 3).fastest(from: 175) == 450)
        #expect(Fit(seconds: 1, limit: 1).fastest(from: 175) == 175)
    }
}
