/// A table on its way to the ear: each cell after the name of its column.
struct SpokenTable {
    private var headers: [Passage] = []
    private var row: [Passage] = []
    private var rowIsHeader = true
    private(set) var isInCell = false

    mutating func startRow() {
        row = []
        rowIsHeader = true
        isInCell = false
    }

    /// - Parameter isHeader: whether the cell names its column or row.
    mutating func startCell(isHeader: Bool) {
        row.append(Passage())
        rowIsHeader = rowIsHeader && isHeader
        isInCell = true
    }

    mutating func add(_ text: Passage) {
        guard !row.isEmpty else { return }
        row[row.count - 1].append(text)
    }

    mutating func endCell() { isInCell = false }

    /// - Returns: "City: Oslo, People: 700,000"; nil for the row of headers and an empty one.
    mutating func endRow() -> Passage? {
        defer { row = [] }
        isInCell = false
        if rowIsHeader, headers.isEmpty, !row.isEmpty {
            headers = row.map(\.trimmed)
            return nil
        }
        var sentence = Passage()
        for (column, cell) in row.enumerated() {
            let text = cell.trimmed
            guard let place = text.source?.lowerBound else { continue }
            if !sentence.isEmpty { sentence.append(unwritten: ", ", at: place) }
            if headers.indices.contains(column), !headers[column].isEmpty {
                sentence.append(unwritten: headers[column].text + ": ", at: place)
            }
            sentence.append(text)
        }
        if let end = sentence.source?.upperBound { sentence.append(unwritten: ".", at: end) }
        return sentence.isEmpty ? nil : sentence
    }
}
