import CMedia

/// FFmpeg's libraries as Debian packs them.
enum CMediaPackages {
    /// For `apt install`: it brings the others.
    static var names: String {
        // Safe: the name is a constant of the C file.
        unsafe String(cString: cc_media_package())
    }

    /// Opens them.
    ///
    /// - Throws: `SoundInputError.libraryMissing` or `.libraryMismatch`.
    static func load() throws(SoundInputError) {
        var library: UnsafePointer<CChar>?
        // Safe: the name is a constant of the C file.
        let state = unsafe cc_media_load(&library)
        let name = unsafe library.map { unsafe String(cString: $0) } ?? "libavformat"
        switch state {
        case CC_LIBRARY_READY: return
        case CC_LIBRARY_MISSING: throw .libraryMissing(library: name)
        default: throw .libraryMismatch(library: name)
        }
    }
}
