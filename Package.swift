// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let httpClient = Target.Dependency.product(
    name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

// One C target per library family, so that a tool loads only what it uses.
let ground: [Target] = [
    .target(name: "Kernels", cSettings: strictC),
    .target(
        name: "CImages", cSettings: strictC,
        linkerSettings: [
            .linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("webp"),
            .linkedLibrary("webpdemux"),
        ]),
    // These four open their library when it is first needed; their headers say why.
    .target(name: "CTesseract", cSettings: strictC),
    .target(name: "CESpeak", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CZBar", cSettings: strictC),
    .target(name: "CMedia", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(
        name: "CSoundFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(
        name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    // Its own header says why it is not linked; pkg-config would link it.
    .target(
        name: "CXml2", cSettings: strictC + [.unsafeFlags(["-I/usr/include/libxml2"])],
        linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(name: "CZLib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSoundDevice", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
    // Opens each library that a tool may use, to ask for its version; it links none.
    .target(name: "CLibraries", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CDisk", cSettings: strictC),
    .target(name: "Signals", swiftSettings: strict),
]

let work: [Target] = [
    .target(name: "Inference", dependencies: ["Kernels", "Signals"], swiftSettings: strict),
    .target(name: "Images", dependencies: ["CImages", "Signals"], swiftSettings: strict),
    .target(
        name: "Audio", dependencies: ["CMedia", "CSoundDevice", "CSoundFile", "Signals"],
        swiftSettings: strict),
    .target(
        name: "Reading", dependencies: ["CTesseract", "CZBar", "Signals"], swiftSettings: strict),
    .target(
        name: "Speech", dependencies: ["CESpeak", "CMarkdown", "CXml2", "Signals"],
        swiftSettings: strict),
    .target(name: "ModelStore", dependencies: ["Signals"], swiftSettings: strict),
    // Above its neighbours: a film's bytes are read as a recording's are, an animated WebP by Images.
    .target(
        name: "Video", dependencies: ["Audio", "CMedia", "Images", "Reading", "Signals"],
        swiftSettings: strict),
    .target(name: "Subtitles", dependencies: ["Signals"], swiftSettings: strict),
]

let meaning: [Target] = [
    .target(
        name: "Models", dependencies: ["CZLib", "Inference", "ModelStore", "Signals"],
        swiftSettings: strict)
]

let edge: [Target] = [
    .target(name: "ToolKit", dependencies: ["Signals", argumentParser], swiftSettings: strict),
    // What describe-image says, apart from its arguments, so that tests and other tools can call it.
    .target(
        name: "Describing",
        dependencies: [
            "Images", "Inference", "ModelStore", "Models", "Reading", "Signals", "ToolKit",
            argumentParser,
        ],
        swiftSettings: strict),
    // What transcribe writes, apart from its arguments.
    .target(
        name: "Transcribing",
        dependencies: [
            "Audio", "Inference", "ModelStore", "Models", "Signals", "Subtitles", "ToolKit",
        ],
        swiftSettings: strict),
    // What curbcut does with models that are here: checks, imports, removes, lists, doctors.
    .target(
        name: "Keeping",
        dependencies: [
            "CDisk", "CLibraries", "CSoundDevice", "Inference", "Kernels", "ModelStore", "Models",
            "Reading", "Signals", "ToolKit", crypto,
        ],
        swiftSettings: strict),
    // What caption-video-frames says of a film; above its neighbours, for it joins what they do.
    .target(
        name: "Filming",
        dependencies: [
            "Audio", "Describing", "Images", "Inference", "Models", "Reading", "Signals", "Speech",
            "Subtitles", "ToolKit", "Transcribing", "Video",
        ],
        swiftSettings: strict),
    // The only target that opens sockets, and only curbcut links it.
    .target(
        name: "Fetching",
        dependencies: [
            "Inference", "Keeping", "ModelStore", "Models", "Signals", "ToolKit", httpClient,
            nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"), nioSSL,
        ],
        swiftSettings: strict),
]

let tools: [Target] = [
    .executableTarget(
        name: "describe-image",
        dependencies: [
            "Describing", "Inference", "ModelStore", "Models", "Signals", "ToolKit", argumentParser,
        ],
        swiftSettings: strict),
    .executableTarget(
        name: "transcribe",
        dependencies: [
            "Audio", "Inference", "ModelStore", "Models", "Subtitles", "ToolKit", "Transcribing",
            argumentParser,
        ],
        swiftSettings: strict),
    .executableTarget(
        name: "speak",
        dependencies: ["Audio", "Signals", "Speech", "Subtitles", "ToolKit", argumentParser],
        swiftSettings: strict),
    .executableTarget(
        name: "caption-video-frames",
        dependencies: [
            "Describing", "Filming", "Inference", "ModelStore", "Speech", "ToolKit",
            "Transcribing", "Video", argumentParser,
        ],
        swiftSettings: strict),
    .executableTarget(
        name: "curbcut",
        dependencies: [
            "Fetching", "Inference", "Keeping", "ModelStore", "Models", "Signals", "ToolKit",
            argumentParser,
        ],
        swiftSettings: strict),
]

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["Signals", "TestKit"], swiftSettings: strict)
}

let checks: [Target] = [
    .target(
        name: "TestKit", dependencies: ["Inference", "Signals"], path: "Tests/TestKit",
        swiftSettings: strict),
    // A hub on loopback that behaves as the real one does, and misbehaves when told.
    .target(
        name: "TestHub",
        dependencies: [crypto, nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"), nioSSL],
        path: "Tests/TestHub", swiftSettings: strict),
    tests("KeepingTests", ["Inference", "Keeping", "Models", "ModelStore"]),
    tests("FetchingTests", ["Fetching", "Keeping", "Models", "ModelStore", "TestHub", nioSSL]),
    tests("SignalsTests", []),
    tests("KernelsTests", ["Kernels"]),
    tests("InferenceTests", ["Inference", "Kernels"]),
    tests("ModelsTests", ["Images", "Inference", "Models", "ModelStore"]),
    tests("ImagesTests", ["Images"]),
    tests("AudioTests", ["Audio", "CSoundFile"]),
    tests("VideoTests", ["Images", "Reading", "Video"]),
    tests("ReadingTests", ["Images", "Reading"]),
    tests("SpeechTests", ["Speech"]),
    tests("ModelStoreTests", ["ModelStore"]),
    tests("ToolKitTests", ["ToolKit", argumentParser]),
    tests(
        "DescribingTests",
        ["Describing", "Inference", "ModelStore", "Models", "Reading", "ToolKit"]),
    tests("SubtitlesTests", ["Subtitles"]),
    tests(
        "TranscribingTests",
        ["Audio", "Inference", "Models", "ModelStore", "Subtitles", "ToolKit", "Transcribing"]),
    // The tools are run, not imported: the dependency has them built.
    tests(
        "ToolTests",
        ["caption-video-frames", "curbcut", "describe-image", "speak", "transcribe", "TestHub"]
    ),
    tests(
        "FilmingTests",
        ["Audio", "Describing", "Filming", "Models", "Reading", "Speech", "Video"]),
    // What the processor and its memory do at most, for `bench roofline`.
    .target(
        name: "Peaks", dependencies: ["Kernels"], path: "Tests/Benchmarks/peaks",
        cSettings: strictC),
    .executableTarget(
        name: "bench",
        dependencies: [
            "Images", "Inference", "Kernels", "Models", "ModelStore", "Peaks", "Signals",
            argumentParser,
        ],
        path: "Tests/Benchmarks/bench", swiftSettings: strict),
    .executableTarget(
        name: "fuzz-parsers",
        dependencies: [
            "Audio", "Images", "Inference", "Speech", "Subtitles", "Video", argumentParser,
        ],
        path: "Tests/FuzzTests", exclude: ["leaks-of-libraries.txt"], swiftSettings: strict),
]

let package = Package(
    name: "curbcut",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    ],
    targets: ground + work + meaning + edge + tools + checks,
    cLanguageStandard: .gnu2x)
