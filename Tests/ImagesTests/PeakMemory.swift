import Foundation
import Testing

/// The most memory that this process ever held; for tests that run in a process of their own.
///
/// Not `ru_maxrss`: that starts from what the parent held when it started the process.
func peakMegabytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return try #require(kilobytes.flatMap { Int($0) }) / 1024
}
