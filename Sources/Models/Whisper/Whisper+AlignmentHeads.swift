extension Whisper.Settings {
    /// Which heads follow the sound in a published model, told by its shape.
    ///
    /// Source: openai/whisper, `__init__.py`, `_ALIGNMENT_HEADS`. large-v1 and large-v2 have one
    /// shape; the newer is taken.
    ///
    /// - Parameter config: the model's
    /// - Returns: nil for any other shape
    static func publishedHeads(_ config: Whisper.Config) -> [Head]? {
        let shape = Shape(
            layers: config.decoder.layerCount, heads: config.decoder.headCount,
            mels: config.melCount, isEnglish: config.vocabularySize == 51_864)
        return published[shape]?.flatMap { layer, heads in
            heads.map { Head(layer: layer, head: $0) }
        }
    }

    private struct Shape: Hashable {
        let layers: Int
        let heads: Int
        let mels: Int
        let isEnglish: Bool
    }

    /// Layers, and the heads of each.
    private static let published: [Shape: KeyValuePairs<Int, [Int]>] = [
        // tiny.en
        Shape(layers: 4, heads: 6, mels: 80, isEnglish: true): [
            1: [0], 2: [0, 5], 3: [0, 1, 2, 3, 4],
        ],
        // tiny
        Shape(layers: 4, heads: 6, mels: 80, isEnglish: false): [
            2: [2], 3: [0, 2, 3, 4, 5],
        ],
        // base.en
        Shape(layers: 6, heads: 8, mels: 80, isEnglish: true): [
            3: [3], 4: [7], 5: [1, 5, 7],
        ],
        // base
        Shape(layers: 6, heads: 8, mels: 80, isEnglish: false): [
            3: [1], 4: [2, 3, 7], 5: [1, 2, 4, 6],
        ],
        // small.en
        Shape(layers: 12, heads: 12, mels: 80, isEnglish: true): [
            6: [6], 7: [0, 3, 8], 8: [2, 5, 7], 9: [0, 4, 8, 10], 10: [0, 1, 2, 3, 6, 11],
            11: [2, 4],
        ],
        // small
        Shape(layers: 12, heads: 12, mels: 80, isEnglish: false): [
            5: [3, 9], 8: [0, 4, 7, 8], 9: [0, 7, 9], 10: [5],
        ],
        // medium.en
        Shape(layers: 24, heads: 16, mels: 80, isEnglish: true): [
            11: [4], 14: [1, 12, 14], 15: [4], 16: [0, 4, 9], 17: [12, 14], 18: [7, 10, 15],
            20: [0, 3, 9, 14], 21: [12],
        ],
        // medium
        Shape(layers: 24, heads: 16, mels: 80, isEnglish: false): [
            13: [15], 15: [4, 15], 16: [1], 20: [0], 23: [4],
        ],
        // large-v2
        Shape(layers: 32, heads: 20, mels: 80, isEnglish: false): [
            10: [12], 13: [17], 16: [11, 12, 13], 17: [15, 16], 18: [4, 11, 19], 19: [11],
            21: [2, 3], 22: [3, 9, 12], 23: [5, 7, 13], 25: [5], 26: [1, 12], 27: [15],
        ],
        // large-v3
        Shape(layers: 32, heads: 20, mels: 128, isEnglish: false): [
            7: [0], 10: [17], 12: [18], 13: [12], 16: [1], 17: [14], 19: [11], 21: [4], 24: [1],
            25: [6],
        ],
        // large-v3-turbo
        Shape(layers: 4, heads: 20, mels: 128, isEnglish: false): [
            2: [4, 11], 3: [3, 6, 11, 14],
        ],
    ]
}
