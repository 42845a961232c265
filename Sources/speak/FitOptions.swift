import ArgumentParser
import Speech

/// How long the speech may last.
struct FitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Last at most so long, spoken as much faster as that takes; says on standard error "
                + "what it took. Where even the limit is too slow: status 65, and no sound.",
            valueName: "seconds"))
    var fit: Double?

    @Option(help: ArgumentHelp("With --fit: at most so many times faster.", valueName: "times"))
    var fitLimit = 1.4

    func validate() throws {
        if let fit, !Fit.secondsRange.contains(fit) {
            throw ValidationError("--fit takes 0.1 to 600 seconds.")
        }
        if !Fit.limits.contains(fitLimit) { throw ValidationError("--fit-limit takes 1 to 3.") }
    }

    var asked: Fit? { fit.map { Fit(seconds: $0, limit: fitLimit) } }
}
