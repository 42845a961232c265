import ArgumentParser
import Keeping
import Signals
import ToolKit

struct Doctor: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at all that the tools need here, and say what is missing.",
        discussion: """
            One line for each thing: libraries, kernels for this processor, voices, models, sound \
            device. A line that begins with Missing or Broken ends in the command that mends it. \
            The exit status is 0 only if the main job works: a picture can be described and the \
            words spoken into a file.
            """)

    static let example: String? = "curbcut doctor"

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let doctor = Keeping.Doctor(environment: environment)
        var output = Output()
        for finding in doctor.findings {
            try report.write(finding.sentence, finding.json, to: &output)
        }
        if !doctor.isFit { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }
}
