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

// One C target per library family, so that a tool loads only what it uses.
let ground: [Target] = [
    .target(name: "Kernels", cSettings: strictC),
    .target(
        name: "CImages", cSettings: strictC,
        linkerSettings: [
            .linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("webp"),
            .linkedLibrary("webpdemux"),
        ]),
    // These three open their library when it is first needed; their headers say why.
    .target(name: "CTesseract", cSettings: strictC),
    .target(name: "CZBar", cSettings: strictC),
    .target(name: "CMedia", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(
        name: "CSoundFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(
        name: "CESpeak", pkgConfig: "espeak-ng", providers: [.apt(["libespeak-ng-dev"])]),
    .systemLibrary(
        name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    // Its own header says why it is not linked; pkg-config would link it.
    .target(
        name: "CXml2", cSettings: strictC + [.unsafeFlags(["-I/usr/include/libxml2"])],
        linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(name: "CZLib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSoundDevice", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
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
        ],
        swiftSettings: strict),
    // What transcribe writes, apart from its arguments.
    .target(
        name: "Transcribing",
        dependencies: [
            "Audio", "Inference", "ModelStore", "Models", "Signals", "Subtitles", "ToolKit",
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
]

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["Signals", "TestKit"], swiftSettings: strict)
}

let checks: [Target] = [
    .target(
        name: "TestKit", dependencies: ["Inference", "Signals"], path: "Tests/TestKit",
        swiftSettings: strict),
    tests("SignalsTests", []),
    tests("KernelsTests", ["Kernels"]),
    tests("InferenceTests", ["Inference", "Kernels"]),
    tests("ModelsTests", ["Images", "Inference", "Models", "ModelStore"]),
    tests("ImagesTests", ["Images"]),
    tests("AudioTests", ["Audio", "CSoundFile"]),
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
    tests("ToolTests", ["describe-image", "speak", "transcribe"]),
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
        dependencies: ["Audio", "Images", "Inference", "Speech", "Subtitles", argumentParser],
        path: "Tests/FuzzTests", exclude: ["leaks-of-libraries.txt"], swiftSettings: strict),
]

let package = Package(
    name: "curbcut",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
    ],
    targets: ground + work + meaning + edge + tools + checks,
    cLanguageStandard: .gnu2x)
