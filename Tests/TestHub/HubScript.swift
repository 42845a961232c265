/// How a hub of the tests behaves; as it is made, as the real one does.
package struct HubScript: Sendable {
    /// An answer that is none.
    package struct Refusal: Sendable {
        package let status: Int
        package let headers: [(String, String)]

        package init(_ status: Int, _ headers: [(String, String)] = []) {
            self.status = status
            self.headers = headers
        }
    }

    /// Where small files are is told by a relative address, that of large files by another host's.
    package enum Target: Sendable { case listing, file, cache, storage }

    /// Given to the next requests of a kind, one each.
    package var refusals: [(target: Target, refusal: Refusal)] = []
    /// Given to every request of a kind.
    package var standingRefusal: (target: Target, refusal: Refusal)?
    /// The bodies of files end after so many bytes, and the connection with them.
    package var cutAfter: Int?
    /// The bodies of files stop there, and the connection stays.
    package var stallAfter: Int?
    /// Bodies of files come no faster.
    package var bytesPerSecond: Int?
    package var ignoresRanges = false
    /// Parts begin one byte late.
    package var shiftsRanges = false
    /// Bytes more, or fewer, than are listed.
    package var lengthChange = 0
    /// How many of the next bodies of a kind have a byte changed.
    package var spoiledBodies: (target: Target, count: Int) = (.file, 0)
    package var listsDigests = true
    /// Where the hub leads for large files; nil for its own storage.
    package var redirect: String?
    /// A repository that has another name now.
    package var renamed: (old: String, new: String)?
    /// The only token that is let in; nil lets everybody in.
    package var token: String?

    package init() {}
}

/// A request that came.
package struct HubRequest: Sendable, Equatable {
    /// Whether it came to the storage, which is another server than the hub.
    package let isStorage: Bool
    package let path: String
    package let range: String?
    package let authorization: String?
}
