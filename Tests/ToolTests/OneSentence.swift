import TestKit
import Testing

/// Checks that a tool failed as it should: no answer, one line that begins with its name.
func expectOneSentence(_ run: ToolRun.Result, of tool: String, status: Int32) {
    #expect(run.status == status, "\(run)")
    #expect(run.output.isEmpty, "\(run)")
    #expect(run.errors.hasPrefix("\(tool): "), "\(run)")
    #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run)")
}
