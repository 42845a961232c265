import ArgumentParser
import Foundation
import Signals
import TestKit
import Testing
import ToolKit

@Suite struct OutputTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func options(_ arguments: String...) throws -> OutputOptions {
        try OutputOptions.parse(arguments)
    }

    @Test func `a file appears under its name only when it is complete`() throws {
        let path = folder.path + "/out.txt"
        try options("-o", path).withOutput { output in
            output.write("one line")
            try output.endLine()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        #expect(try folder.text("out.txt") == "one line\n")
        #expect(try folder.names == ["out.txt"])
    }

    @Test func `a failure leaves the older file as it was and nothing beside it`() throws {
        let path = try folder.write("out.txt", "old")
        #expect(throws: InputError.empty) {
            try options("-o", path).withOutput { output in
                output.write("new")
                try output.endLine()
                throw InputError.empty
            }
        }
        #expect(try folder.text("out.txt") == "old")
        #expect(try folder.names == ["out.txt"])
    }

    @Test(arguments: [(1, 2, true), (1, 1, false)])
    func `what came of the good inputs is kept, where there are any`(
        failures: Int, inputs: Int, isKept: Bool
    ) throws {
        let path = folder.path + "/out.txt"
        #expect(throws: SomeInputsFailed.self) {
            try options("-o", path).withOutput { output in
                try output.endLine()
                throw SomeInputsFailed(
                    firstStatus: .damagedInput, failureCount: failures, inputCount: inputs)
            }
        }
        #expect(FileManager.default.fileExists(atPath: path) == isKept)
    }

    @Test func `the permissions of the file that is replaced stay`() throws {
        let path = try folder.write("out.txt", "old")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try options("-o", path).withOutput { try $0.endLine() }
        let now = try FileManager.default.attributesOfItem(atPath: path)
        #expect(now[.posixPermissions] as? Int == 0o640)
    }

    @Test func `a symbolic link still leads to the file that is replaced`() throws {
        try folder.write("real.txt", "old")
        let link = folder.path + "/link.txt"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "real.txt")
        try options("-o", link).withOutput { output in
            output.write("new")
            try output.endLine()
        }
        #expect(try folder.text("real.txt") == "new\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.txt")
    }

    @Test func `a missing folder, a folder and a full device are named`() throws {
        let missing = folder.path + "/none/out.txt"
        #expect(throws: OutputError.noFolder(name: missing)) {
            try options("-o", missing).withOutput { _ in }
        }
        #expect(throws: OutputError.isFolder(name: folder.path)) {
            try options("-o", folder.path).withOutput { _ in }
        }
        #expect(throws: OutputError.full(name: "/dev/full")) {
            try options("-o", "/dev/full").withOutput { try $0.endLine() }
        }
    }

    @Test func `an existing file is left alone when asked`() throws {
        let path = try folder.write("out.txt", "old")
        try options("-o", path, "--skip-existing").withOutput { _ in
            Issue.record("the work was done although its result was there")
        }
        #expect(try folder.text("out.txt") == "old")
        #expect(throws: (any Error).self) { try options("--skip-existing") }
    }
}
