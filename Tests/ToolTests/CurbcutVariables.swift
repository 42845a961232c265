/// Variables for curbcut, in which nothing of this machine's own user shows through.
///
/// - Parameters:
///   - home: the user's folder; models are kept in its folder models
///   - endpoint: of the hub
/// - Returns: what the tool is to be given.
func curbcutVariables(home: String, endpoint: String) -> [String: String] {
    let emptied = [
        "XDG_DATA_HOME", "XDG_CACHE_HOME", "HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE",
        "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE", "CURBCUT_OFFLINE", "CURBCUT_STARTER_MODELS", "CURBCUT_PREPARED",
        "SSL_CERT_FILE", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
        "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    ]
    let given = [
        "HOME": home, "CURBCUT_MODELS": home + "/models", "HF_ENDPOINT": endpoint,
    ]
    return Dictionary(uniqueKeysWithValues: emptied.map { ($0, "") }).merging(given) { $1 }
}
