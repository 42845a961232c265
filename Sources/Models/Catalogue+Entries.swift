extension Catalogue {
    /// What can be installed, best first for each task.
    package static let entries =
        describers + answerers + speechEntries + [sileroDetector] + comparers

    private static let describers = [
        CatalogueEntry(
            name: "blip-image-captioning-base",
            repository: "Salesforce/blip-image-captioning-base",
            task: .describing, licence: "BSD-3-Clause", megabytes: 990,
            purpose: "describes a picture in one English sentence",
            score: blip(.captionAgreement, 133.3, "captions of COCO, base model")),
        CatalogueEntry(
            name: "blip-image-captioning-large",
            repository: "Salesforce/blip-image-captioning-large",
            task: .describing, licence: "BSD-3-Clause", megabytes: 1_879,
            purpose: "describes a picture in one English sentence",
            score: blip(.captionAgreement, 136.7, "captions of COCO, large model")),
        // Knows drawings only, so it comes after all others.
        CatalogueEntry(
            name: "starter-scenes", repository: nil, task: .describing,
            licence: "Apache-2.0", megabytes: 6,
            purpose: "describes simple drawings, charts and signs in one English sentence"),
    ]

    private static let answerers = [
        CatalogueEntry(
            name: "blip-vqa-base", repository: "Salesforce/blip-vqa-base", task: .answering,
            licence: "BSD-3-Clause", megabytes: 1_539,
            purpose: "answers English questions about a picture in a few words",
            score: blip(.answerAccuracy, 78.24, "VQA v2, test-dev, without CapFilt-L")),
        CatalogueEntry(
            name: "blip-vqa-capfilt-large", repository: "Salesforce/blip-vqa-capfilt-large",
            task: .answering, licence: "BSD-3-Clause", megabytes: nil,
            purpose: "answers English questions about a picture in a few words",
            score: blip(.answerAccuracy, 78.25, "VQA v2, test-dev, with CapFilt-L")),
    ]

    /// First those that keep up with speech on two cores, then by size.
    private static let speechEntries = [
        whisper("base", 290, readSpeech: 5.01), whisper("small", 967, readSpeech: 3.43),
        whisper("tiny", 151, readSpeech: 7.54), whisper("medium", 3_056, readSpeech: 2.90),
        whisper("large-v3-turbo", 1_618, licence: "MIT", wordErrors: 7.83, translates: false),
        whisper("large-v3", 3_087, wordErrors: 7.44), whisper("large-v2", 6_173, wordErrors: 7.84),
        whisper("large", 6_173, readSpeech: 3.0),
        whisper("base.en", 290, wordErrors: 10.32), whisper("small.en", 967, wordErrors: 8.59),
        whisper("tiny.en", 151, wordErrors: 12.81), whisper("medium.en", 3_056, wordErrors: 8.09),
        distilled("small.en", 332, wordErrors: 12.1), distilled("medium.en", 789, wordErrors: 11.1),
        distilled("large-v2", 1_513, wordErrors: 10.1),
        distilled("large-v3", 1_513, wordErrors: 9.7),
        CatalogueEntry(
            name: "distil-large-v3.5", repository: "distil-whisper/distil-large-v3.5",
            task: .transcribing, licence: "MIT", megabytes: nil, purpose: englishSpeech,
            score: leaderboard(7.21)),
        CatalogueEntry(
            name: "starter-speech", repository: nil, task: .transcribing,
            licence: "Apache-2.0", megabytes: 5,
            purpose: "writes down English that eSpeak NG speaks, and no other speech",
            isTakenOnlyByName: true),
    ]

    private static let sileroDetector = CatalogueEntry(
        name: "silero-vad", repository: nil, task: .detecting, licence: "MIT", megabytes: 1,
        purpose: "finds where somebody speaks, also in noise",
        pinned: PinnedFiles(
            repository: "snakers4/silero-vad", commit: "806dcba3f0b5d95282d0889a074954a2f8c6397b",
            files: [
                PinnedFiles.File(
                    path: "src/silero_vad/data/silero_vad_16k.safetensors", byteCount: 1_239_748,
                    sha256: "c59271c284ae9c8335d795d60e0bfdb71aaaceec578d9bd9ffc1b8153c319ea1")
            ]))

    /// The least first: each tells near-duplicates apart, and the others take more time for it.
    private static let comparers = [
        clip("base-patch32", revision: "refs/pr/15", 605, named: 63.3),
        clip("base-patch16", revision: "refs/pr/4", 599, named: 68.3),
        clip("large-patch14", revision: "main", 1_711, named: 75.5),
    ]

    /// OpenAI's repositories of the base models have safetensors in a proposed change alone, the one
    /// that the example of candle fetches; main has pickle.
    private static func clip(
        _ size: String, revision: String, _ megabytes: Int, named: Double
    ) -> CatalogueEntry {
        CatalogueEntry(
            name: "clip-vit-\(size)", repository: "openai/clip-vit-\(size)", revision: revision,
            task: .comparing, licence: "MIT", megabytes: megabytes,
            purpose: "tells which frames of a film show the same",
            score: PublishedScore(
                measure: .namingAccuracy, value: named,
                source: "ImageNet without training on it, the tables of OpenCLIP"))
    }

    private static let englishSpeech = "writes down English speech"

    // `wordErrors` as the leaderboard has them, which lists few of the models for many languages;
    // `readSpeech` as the model's own card has it.
    private static func whisper(
        _ size: String, _ megabytes: Int, licence: String = "Apache-2.0",
        wordErrors: Double? = nil, readSpeech: Double? = nil, translates: Bool = true
    ) -> CatalogueEntry {
        let manyLanguages =
            "writes down speech in about a hundred languages"
            + (translates ? " and translates it into English" : "")
        return CatalogueEntry(
            name: "whisper-\(size)", repository: "openai/whisper-\(size)", task: .transcribing,
            licence: licence, megabytes: megabytes,
            purpose: size.hasSuffix(".en") ? englishSpeech : manyLanguages,
            score: wordErrors.map(leaderboard) ?? readSpeech.map { card($0, of: "whisper-\(size)") }
        )
    }

    /// Clearly read English alone, so it is lower than the leaderboard's average would be.
    private static func card(_ wordErrors: Double, of name: String) -> PublishedScore {
        PublishedScore(
            measure: .wordErrorRate, value: wordErrors,
            source: "clearly read English alone, LibriSpeech test-clean, the card of \(name) on "
                + "Hugging Face")
    }

    private static func distilled(
        _ size: String, _ megabytes: Int, wordErrors: Double
    ) -> CatalogueEntry {
        CatalogueEntry(
            name: "distil-\(size)", repository: "distil-whisper/distil-\(size)",
            task: .transcribing, licence: "MIT", megabytes: megabytes, purpose: englishSpeech,
            score: PublishedScore(
                measure: .wordErrorRate, value: wordErrors,
                source: "short recordings, the card of distil-whisper on Hugging Face"))
    }

    /// The average of eight sets of English speech.
    private static func leaderboard(_ wordErrors: Double) -> PublishedScore {
        PublishedScore(
            measure: .wordErrorRate, value: wordErrors,
            source: "Open ASR Leaderboard, English short-form average of 26 March 2026")
    }

    private static func blip(
        _ measure: PublishedScore.Measure, _ value: Double, _ what: String
    ) -> PublishedScore {
        PublishedScore(
            measure: measure, value: value, source: "\(what), the paper of BLIP, arXiv 2201.12086")
    }
}
