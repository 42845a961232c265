import FoundationEssentials

/// Which proxy is asked to lead to an address, as curl and Python's requests read it.
///
/// `https_proxy` and `http_proxy` are for addresses that begin so, `all_proxy` for both; each may be
/// written in capitals, and the small letters count first. `no_proxy` names those who are asked without
/// one. This machine itself never needs one.
package struct Proxies: Sendable, Equatable {
    package struct Proxy: Sendable, Hashable {
        package let host: String
        package let port: Int
        let user: String?
        let password: String?
        /// The variable that names it.
        package let variable: String

        /// As messages name it: never with the password.
        package var name: String { "\(host):\(port)" }
    }

    private let forHTTPS: Proxy?
    private let forHTTP: Proxy?
    private let exceptions: ProxyExceptions

    /// - Parameter environment: the variables
    /// - Throws: `FetchError.badProxy`.
    package init(environment: [String: String]) throws(FetchError) {
        func value(_ variable: String) -> (name: String, text: String)? {
            [variable, variable.uppercased()].lazy
                .compactMap { name in environment[name].map { (name, $0) } }
                .first { !$0.1.isEmpty }
        }
        func proxy(_ variable: String) throws(FetchError) -> Proxy? {
            guard let (name, text) = value(variable) ?? value("all_proxy") else { return nil }
            return try Proxies.proxy(text, from: name)
        }
        forHTTPS = try proxy("https_proxy")
        forHTTP = try proxy("http_proxy")
        exceptions = ProxyExceptions(value("no_proxy")?.text ?? "")
    }

    /// All that may be needed, each once.
    package var all: Set<Proxy> { Set([forHTTPS, forHTTP].compactMap(\.self)) }

    /// - Parameter address: what is to be got
    /// - Returns: who is asked to lead there; nil where nobody needs to be.
    package func proxy(for address: URL) -> Proxy? {
        guard let proxy = address.scheme == "https" ? forHTTPS : forHTTP,
            let host = address.host()
        else { return nil }
        let port = address.port ?? (address.scheme == "https" ? 443 : 80)
        return exceptions.contain(host, port: port) ? nil : proxy
    }

    /// `http://USER:PASSWORD@HOST:PORT`; scheme, user and port may be missing.
    private static func proxy(
        _ text: String, from variable: String
    ) throws(FetchError) -> Proxy {
        let address = text.contains("://") ? text : "http://" + text
        guard let url = URL(string: address), url.scheme?.lowercased() == "http",
            let host = url.host(), !host.isEmpty
        else { throw .badProxy(variable) }
        return Proxy(
            host: host.filter { $0 != "[" && $0 != "]" }, port: url.port ?? 80,
            user: url.user(percentEncoded: false), password: url.password(percentEncoded: false),
            variable: variable)
    }
}
