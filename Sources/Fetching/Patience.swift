/// How long is waited, and how often tried again.
package struct Patience: Sendable, Equatable {
    package let connectSeconds: Int
    /// Without a byte from the server.
    package let silenceSeconds: Int
    /// Failures in a row without a byte between them.
    package let retries: Int
    /// Before the first repetition; each further one waits twice as long.
    package let firstDelay: Duration
    /// What a server may ask for; where it asks for more, its user decides.
    package let longestWaitSeconds: Int

    package init(
        connectSeconds: Int = 20, silenceSeconds: Int = 60, retries: Int = 5,
        firstDelay: Duration = .seconds(1), longestWaitSeconds: Int = 120
    ) {
        self.connectSeconds = connectSeconds
        self.silenceSeconds = silenceSeconds
        self.retries = retries
        self.firstDelay = firstDelay
        self.longestWaitSeconds = longestWaitSeconds
    }

    /// - Parameters:
    ///   - failures: in a row, this one too
    ///   - error: the last
    /// - Returns: how long to wait before the next try; nil where it is time to give up.
    func delay(after failures: Int, _ error: FetchError) -> Duration? {
        guard error.mayPass, failures <= retries else { return nil }
        if let seconds = error.waitSeconds {
            return seconds <= longestWaitSeconds ? .seconds(seconds) : nil
        }
        let doubled = firstDelay * (1 << min(failures - 1, 5))
        // Many machines that lost one server must not come back in one moment.
        return min(doubled, .seconds(30)) * Double.random(in: 0.75...1.25)
    }
}
