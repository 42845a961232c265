import Inference
import ModelStore
import Signals

/// What can be installed, best first for each task.
package struct CatalogueEntry: Sendable, Equatable {
    package enum Task: Sendable { case describing, answering }

    package let name: String
    package let repository: String
    package let task: Task
    package let licence: String
    package let megabytes: Int
}

package enum Catalogue {
    package static let entries = [
        CatalogueEntry(
            name: "blip-image-captioning-base", repository: "Salesforce/blip-image-captioning-base",
            task: .describing, licence: "BSD-3-Clause", megabytes: 990),
        CatalogueEntry(
            name: "blip-vqa-base", repository: "Salesforce/blip-vqa-base",
            task: .answering, licence: "BSD-3-Clause", megabytes: 1540),
    ]

    package static func imageDescriber(
        in folder: ModelFolder, precision: Precision, beams: Int, maximumTokens: Int?
    ) throws -> any ImageDescriber {
        throw ModelStoreError.missingFile("config.json", folder: folder.path)
    }

    package static func questionAnswerer(
        in folder: ModelFolder, precision: Precision, beams: Int, maximumTokens: Int?
    ) throws -> any QuestionAnswerer {
        throw ModelStoreError.missingFile("config.json", folder: folder.path)
    }
}
