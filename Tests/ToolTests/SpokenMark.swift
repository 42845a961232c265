/// A line of `speak --marks`.
struct SpokenMark: Decodable {
    let time: Int
    let type: String
    let start: Int
    let end: Int
    let value: String
    let sample: Int
    let char_start: Int
}
