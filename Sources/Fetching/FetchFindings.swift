import Keeping
import Signals

/// Whether a pull could go about its work, as far as that shows without the network.
///
/// - Parameter environment: the variables that say where the hub is, and who leads there
/// - Returns: lines for `curbcut doctor`.
package func fetchFindings(environment: [String: String]) -> [Finding] {
    let subject = "Models are fetched from"
    do throws(FetchError) {
        try Pull(environment: environment).checkOffline()
        let hub = try Hub(environment: environment)
        let proxies = try Proxies(environment: environment)
        let token = hub.token.map { ", with the token of \($0.source)" } ?? ""
        let proxy = hub.endpointAddress.flatMap { proxies.proxy(for: $0) }
            .map { ", through the proxy \($0.name) of \($0.variable)" }
        return [Finding(subject, .fine, hub.endpoint + token + (proxy ?? ""))]
            + authorities(environment)
    } catch {
        if case .offline = error {
            return [Finding(subject, .fine, "nowhere: \(error.what)")]
        }
        return [Finding("way to models", .lacking, error.what, mend: error.remedy)]
    }
}

/// Who is trusted to say who a server is.
private func authorities(_ environment: [String: String]) -> [Finding] {
    let named = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    // swift-nio-ssl, LinuxCABundle.swift.
    let files =
        named.map { [$0] } ?? [
            "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        ]
    guard !files.contains(where: { Disk.size($0) != nil }) else { return [] }
    return [
        Finding(
            "certificates", .lacking,
            named.map { "SSL_CERT_FILE names \($0), which cannot be read" }
                ?? "curbcut pull trusts no server",
            mend: named == nil ? "sudo apt install ca-certificates" : "unset SSL_CERT_FILE")
    ]
}
