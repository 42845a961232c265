import ArgumentParser
import Fetching
import Keeping
import Signals
import ToolKit

struct Doctor: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at all that the tools need here, and say what is missing.",
        discussion: """
            One line for each thing: libraries, kernels for this processor, languages of text, voices, \
            models, folders, sound device, the way to the hub. A line that begins with Missing or \
            Broken ends in the command that mends it. The exit status is 0 only if the main job works: \
            a test picture is described and the words are spoken into a file.
            """)

    static let example: String? = "curbcut doctor"

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let findings =
            Keeping.Doctor(environment: environment).findings
            + fetchFindings(environment: environment)
        var output = Output()
        for finding in findings {
            try report.write(finding.sentence, finding.json, to: &output)
        }
        if !findings.areFit { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }
}
