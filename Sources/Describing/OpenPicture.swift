import Reading
import Signals

/// A decoded picture, and what is found in it without a model.
package struct OpenPicture: Sendable {
    /// As the user named it.
    let name: String
    /// Before each line where output has to say which picture it belongs to; else nil.
    let label: String?
    let image: Image
    let facts: Facts
    let openingTime: Duration
    let text: Finding<[TextBlock]>
    let codes: Finding<[Code]>
}
