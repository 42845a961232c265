import Describing
import Models

extension CaptionerOptions {
    /// - Parameter request: what is wanted of each picture.
    /// - Returns: nil where no caption is wanted, or no captioner was named and none is installed.
    /// - Throws: `ModelStoreError`, and the model's own errors.
    func captioner(for request: Request) throws -> (any ImageDescriber)? {
        guard request.wantsCaption else { return nil }
        if let captioner = try choice.captioner() { return captioner }
        if prefix != nil { throw NoModelError(task: .describing) }
        return nil
    }
}
