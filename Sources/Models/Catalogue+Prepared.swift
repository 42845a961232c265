import Inference
import ModelStore

extension Catalogue {
    /// Packs a model's weights and keeps them, where they are not kept yet: what its first use does.
    ///
    /// - Parameters:
    ///   - folder: an installed model, which knows where files made from it are kept
    ///   - precision: what it is to compute in
    /// - Returns: the file that later starts map; nil where weights are so few, or of such a
    ///   precision, that they are not kept, and where no file can be made
    /// - Throws: an `Explained` error that names the file at fault.
    package static func prepare(
        _ folder: ModelFolder, precision: Precision
    ) throws -> PreparedFile? {
        switch try task(of: folder) {
        case .describing:
            _ = try imageDescriber(in: folder, precision: precision, beams: 1, maximumTokens: nil)
        case .answering:
            _ = try questionAnswerer(
                in: folder, precision: precision, beams: 1, maximumTokens: nil)
        case .transcribing: _ = try speechRecognizer(in: folder, precision: precision)
        case .comparing: _ = try imageEmbedder(in: folder, precision: precision)
        case .detecting: return nil
        }
        return try preparedFile(of: folder, precision: precision)
    }

    /// The file that a start would map now: whole, of this version, and made from the model's files.
    ///
    /// - Parameters:
    ///   - folder: an installed model, which knows where files made from it are kept
    ///   - precision: what it is to compute in
    /// - Returns: the file, whose contents are not read yet; nil where there is none
    /// - Throws: `WeightsError` where the model's own weights cannot be opened.
    package static func preparedFile(
        of folder: ModelFolder, precision: Precision
    ) throws(WeightsError) -> PreparedFile? {
        let places = PreparedPlaces(folder.keptStems, precision)
        if let path = folder.path(of: ModelFolder.ggmlFile) {
            let file = try GgmlFile(path: path)
            return Checkpoint(file, tensors: file.tensors, keptAt: places).prepared?.file
        }
        return try Checkpoint(folder: folder.path, keptAt: places).prepared?.file
    }

    /// Every file that was kept for a model, for any precision and processor, of use or not.
    ///
    /// - Parameter folder: an installed model, which knows where files made from it are kept
    /// - Returns: their paths
    package static func preparedPaths(of folder: ModelFolder) -> [String] {
        PreparedPlaces.allPaths(folder.keptStems).filter(MappedFile.exists)
    }
}
