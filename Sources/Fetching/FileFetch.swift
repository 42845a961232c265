import AsyncHTTPClient
import Keeping
import NIOCore

/// A file that is wanted.
struct FileGoal: Sendable, Equatable {
    /// In the model's folder.
    let name: String
    let address: String
    /// As its publisher gives it; nil where nobody said.
    let size: Int?
    let digest: FileDigest?
}

/// Fetches files into a folder, each going on where it stopped.
struct FileFetch: Sendable {
    let exchange: Exchange
    let patience: Patience
    let progress: PullProgress

    /// - Parameters:
    ///   - goal: what is wanted
    ///   - folder: where to; what an earlier run left there is used if it is right
    /// - Returns: the file, whose size and digest are as its publisher gave them
    /// - Throws: `FetchError`, `KeepingError`.
    func callAsFunction(
        _ goal: FileGoal, into folder: String
    ) async throws -> InstallRecord.File {
        let path = folder + "/" + goal.name
        if let kept = try kept(goal, at: path) {
            progress.add(kept.byteCount, isNew: false)
            return kept
        }
        do {
            let part = try PartialFile(path + ".part", size: goal.size, expected: goal.digest)
            progress.add(part.count, isNew: false)
            try await complete(part, goal)
            try part.finish(as: path)
            return InstallRecord.File(
                name: goal.name, byteCount: part.count, digest: await part.value)
        } catch let fault as DiskFault {
            throw KeepingError(fault, writing: folder)
        }
    }

    /// What an earlier run finished, read again: it may be of another revision.
    private func kept(_ goal: FileGoal, at path: String) throws -> InstallRecord.File? {
        guard let size = Disk.size(path) else { return nil }
        if size == goal.size ?? size {
            do {
                let digest = try FileDigest.of(path, like: goal.digest)
                if digest == goal.digest ?? digest {
                    return InstallRecord.File(name: goal.name, byteCount: size, digest: digest)
                }
            } catch {
                throw KeepingError.unreadable(path, reason: error.words)
            }
        }
        Disk.remove(path)
        return nil
    }

    /// Tries until the file is whole, or nothing came for too many tries.
    private func complete(_ part: PartialFile, _ goal: FileGoal) async throws {
        var failures = 0
        var hasRestarted = false
        while true {
            let before = part.count
            do {
                return try await attempt(part, goal)
            } catch let error as FetchError {
                // A connection that was given up is no failure of the network.
                try Task.checkCancellation()
                if case .wrongDigest = error {
                    // Once: bytes can be spoilt on the way, but a server that lies does so again.
                    guard !hasRestarted else { throw error }
                    hasRestarted = true
                }
                failures = part.count > before ? 1 : failures + 1
                guard let delay = patience.delay(after: failures, error) else { throw error }
                progress.say("\(error.what); trying again in \(delay.seconds) seconds")
                try await Task.sleep(for: delay)
            }
        }
    }

    private func attempt(_ part: PartialFile, _ goal: FileGoal) async throws {
        var expected = goal.digest
        if part.count == 0 || part.count != goal.size {
            let answer = try await exchange.get(goal.address, for: goal.name, from: part.count)
            try await receive(answer, into: part, goal)
            // git's digest begins with the size, so it is known from the listing or not at all.
            if expected == nil, case .sha256? = answer.linkedDigest {
                expected = answer.linkedDigest
            }
        }
        guard let expected else { return }
        guard await part.value == expected else {
            progress.add(-part.count, isNew: false)
            try part.restart()
            throw FetchError.wrongDigest(
                goal.name, host: hostName(goal.address), kind: expected.name)
        }
    }

    private func receive(
        _ answer: Exchange.Answer, into part: PartialFile, _ goal: FileGoal
    ) async throws {
        if answer.status == 416 || answer.status == 206 && answer.contentRange?.begin != part.count
        {
            progress.add(-part.count, isNew: false)
            try part.restart()
            throw FetchError.wrongRange(goal.name, host: answer.host)
        }
        if answer.status == 200, part.count > 0 {
            // This server knows no ranges.
            progress.add(-part.count, isNew: false)
            try part.restart()
        }
        let promised =
            answer.status == 206
            ? answer.contentRange?.total : answer.contentLength
        let expected = goal.size ?? answer.linkedSize
        if let promised, let expected, promised != expected {
            throw FetchError.wrongSize(
                goal.name, host: answer.host, expected: expected, found: promised)
        }
        let total = expected ?? promised
        do {
            for try await piece in answer.body {
                try await part.append(piece)
                progress.add(piece.readableBytes, isNew: true)
                if let total, part.count > total { break }
            }
        } catch let fault as DiskFault {
            throw fault
        } catch let error as HTTPClientError where error == .readTimeout {
            throw FetchError.silent(host: answer.host, seconds: patience.silenceSeconds)
        } catch {
            throw FetchError.cutOff(goal.name, received: part.count, of: total)
        }
        guard let total else { return }
        if part.count < total {
            throw FetchError.cutOff(goal.name, received: part.count, of: total)
        }
        if part.count > total {
            let found = part.count
            try part.restart()
            throw FetchError.wrongSize(
                goal.name, host: answer.host, expected: total, found: found)
        }
    }

    private func hostName(_ address: String) -> String {
        String(address.split(separator: "/").dropFirst().first ?? "")
    }
}

extension Duration {
    /// Whole seconds, rounded up, as a sentence has them.
    fileprivate var seconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}
