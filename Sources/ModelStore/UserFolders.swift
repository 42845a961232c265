/// Folders that the environment gives its user: those of the XDG base directory specification, and
/// those of Hugging Face's own programs.
package enum UserFolders {
    /// `XDG_DATA_HOME`, by default `~/.local/share`.
    static func data(_ environment: [String: String]) -> String? {
        absolute("XDG_DATA_HOME", environment) ?? home(environment).map { $0 + "/.local/share" }
    }

    /// `XDG_CACHE_HOME`, by default `~/.cache`.
    static func cache(_ environment: [String: String]) -> String? {
        absolute("XDG_CACHE_HOME", environment) ?? home(environment).map { $0 + "/.cache" }
    }

    /// Where Hugging Face's programs keep models.
    ///
    /// Source: `huggingface_hub/constants.py`, `HF_HUB_CACHE`.
    static func hubCache(_ environment: [String: String]) -> String? {
        named("HF_HUB_CACHE", environment) ?? named("HUGGINGFACE_HUB_CACHE", environment)
            ?? hubHome(environment).map { $0 + "/hub" }
    }

    /// The file in which `hf auth login` keeps a token.
    ///
    /// Source: `huggingface_hub/constants.py`, `HF_TOKEN_PATH`.
    package static func hubToken(_ environment: [String: String]) -> String? {
        named("HF_TOKEN_PATH", environment) ?? hubHome(environment).map { $0 + "/token" }
    }

    private static func hubHome(_ environment: [String: String]) -> String? {
        named("HF_HOME", environment) ?? cache(environment).map { $0 + "/huggingface" }
    }

    private static func home(_ environment: [String: String]) -> String? {
        absolute("HOME", environment)
    }

    /// The XDG base directory specification has relative paths ignored; so do we.
    private static func absolute(_ variable: String, _ environment: [String: String]) -> String? {
        environment[variable].flatMap { $0.hasPrefix("/") ? $0.trimmingEndSlashes : nil }
    }

    /// A variable of Hugging Face's, which may be relative, or begin with "~" where no shell read it.
    private static func named(_ variable: String, _ environment: [String: String]) -> String? {
        guard let path = environment[variable], !path.isEmpty else { return nil }
        guard path == "~" || path.hasPrefix("~/") else { return path.trimmingEndSlashes }
        return home(environment).map { ($0 + path.dropFirst()).trimmingEndSlashes }
    }
}
