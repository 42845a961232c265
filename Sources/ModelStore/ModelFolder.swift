/// An installed model: a folder in the layout that Hugging Face publishes.
package struct ModelFolder: Sendable, Equatable {
    /// Without a slash at its end.
    package let path: String
    /// As users write it after `--model`.
    package let name: String
    /// Where files made from the model's own may be kept, best first: paths without an ending; none
    /// where nothing is to be kept.
    package let keptStems: [String]

    package init(path: String, name: String, keptStems: [String] = []) {
        self.path = path
        self.name = name
        self.keptStems = keptStems
    }

    /// - Parameter file: a name inside the folder, "config.json".
    /// - Returns: where that file is; nil where it is not there.
    package func path(of file: String) -> String? {
        let full = path + "/" + file
        return Folders.kind(full) == .file ? full : nil
    }

    /// - Parameters:
    ///   - file: a name inside the folder.
    ///   - limit: the most bytes that the file may have.
    /// - Returns: all of the file.
    /// - Throws: `ModelStoreError` where it is missing, too large or unreadable.
    package func bytes(of file: String, limit: Int) throws(ModelStoreError) -> [UInt8] {
        guard let full = path(of: file) else {
            throw .missingFile(file, folder: path)
        }
        do {
            return try Folders.contents(of: full, limit: limit)
        } catch {
            switch error {
            case .tooLarge: throw .tooLarge(file, folder: path, limit: limit)
            case .failed(let reason): throw .unreadable(file, folder: path, reason: reason)
            }
        }
    }
}
