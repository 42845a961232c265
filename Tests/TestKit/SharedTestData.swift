import Foundation

/// The third-party test data, which lies beside the repository on the developers' machines.
///
/// A user's checkout has none: tests that need it are enabled only where it is.
///
///     @Test(.enabled(if: SharedTestData.isPresent, SharedTestData.absence))
package enum SharedTestData {
    /// `CURBCUT_TEST_DATA`, else `../shared/testdata` seen from the repository.
    package static let folder: String =
        ProcessInfo.processInfo.environment["CURBCUT_TEST_DATA"]
        ?? Repository.folder + "/../shared/testdata"

    package static let isPresent = FileManager.default.fileExists(atPath: folder)

    package static let absence = "the third-party test data is not on this machine"

    /// The content of a file named relative to the test data's folder.
    package static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }

    /// Full paths of the plain files in a folder, sorted; hidden files left out.
    package static func files(in path: String) throws -> [String] {
        let full = folder + "/" + path
        return try FileManager.default.contentsOfDirectory(atPath: full).sorted()
            .filter { !$0.hasPrefix(".") }.map { full + "/" + $0 }
    }
}

/// The checkout that these tests were built from.
package enum Repository {
    /// Without a slash at its end.
    package static let folder: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)  // Tests/TestKit/SharedTestData.swift
        return parts.joined(separator: "/")
    }()

    /// Committed fixtures; each folder holds a README with provenance.
    package static let fixtures = folder + "/Tests/Fixtures"
}
