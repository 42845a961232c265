import Inference
import ModelStore
import Models
import Signals

/// Weights packed for this processor before their first use.
package enum Packing {
    package enum Outcome: Sendable {
        /// The file that starts will map.
        case file(String)
        /// Why none is made, as a sentence goes on after the model's name.
        case needless(String)
    }

    /// Packs a model's weights where they are not packed yet; what was packed is read whole first, and
    /// made anew where a byte of it has changed.
    ///
    /// - Parameters:
    ///   - folder: an installed model, which knows where files made from it are kept
    ///   - precision: what it is to compute in
    /// - Returns: what there is now
    /// - Throws: the model's own errors, `KeepingError` where the file cannot be kept anywhere.
    package static func pack(_ folder: ModelFolder, precision: Precision) throws -> Outcome {
        guard !PreparedPlaces(["model"], precision).paths.isEmpty else {
            return .needless(
                "is not packed for \(precision.rawValue): its weights are used as they are")
        }
        guard !folder.keptStems.isEmpty else {
            return .needless("is not packed: \(KeptFiles.variable) is off")
        }
        if let old = try Catalogue.preparedFile(of: folder, precision: precision), isDamaged(old) {
            Disk.remove(old.path)
        }
        if let file = try Catalogue.prepare(folder, precision: precision) {
            return .file(file.path)
        }
        let weights = folderNames(in: folder.path)
            .filter { $0.hasSuffix(".safetensors") || $0 == ModelFolder.ggmlFile }
            .reduce(0) { $0 + (Disk.size(folder.path + "/" + $1) ?? 0) }
        // Inference's PreparedPlaces, "leastBytes".
        if weights >= 32 << 20 {
            throw KeepingError.noPlaceToPack(folder.keptStems.map(Disk.parent))
        }
        return .needless("is not packed: it is small, and packed at each start within milliseconds")
    }

    private static func isDamaged(_ file: PreparedFile) -> Bool {
        do throws(PreparedFault) {
            try file.verify()
            return false
        } catch {
            return true
        }
    }
}
