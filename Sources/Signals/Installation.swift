import Glibc

/// Where the running program lies, and what came with it.
package enum Installation {
    /// The path of the running program, links resolved; empty where the system does not say.
    package static var executable: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        // Safe: the call writes at most `buffer.count` bytes.
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        return String(
            decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Where a folder that came with a program may be, likeliest first.
    ///
    /// - Parameters:
    ///   - name: of the folder in `../share/curbcut`, seen from the program, "voices"
    ///   - checkout: the folder in a checkout, for a program that was built inside of one
    ///   - executable: the program's path, without links
    /// - Returns: paths, whether anything is there or not.
    package static func places(
        of name: String, inCheckout checkout: String, executable: String
    ) -> [String] {
        let parts = executable.split(separator: "/")
        func folder(_ depth: Int, _ rest: String) -> String {
            (parts.dropLast(depth).map { "/" + $0 } + ["/" + rest]).joined()
        }
        let installed = parts.count >= 2 ? [folder(2, "share/curbcut/" + name)] : []
        // .build/x86_64-unknown-linux-gnu/release/speak is three folders down.
        return installed + (1...5).filter { $0 <= parts.count }.map { folder($0, checkout) }
    }
}
