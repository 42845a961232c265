import Inference
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/whisper-alignment/`, made by `make_whisper_alignment.py`.
@Suite struct CheapestPathTests {
    struct Facts: Decodable {
        struct Path: Decodable {
            let rows: [Int]
            let columns: [Int]
        }
        let paths: [String: Path]
    }

    @Test func `the path through random and tied costs is the reference's`() throws {
        let fixture = try Fixture.named("whisper-alignment")
        let paths = try fixture.facts(Facts.self).paths
        #expect(paths.count == 18)
        for (name, expected) in paths {
            let path = CheapestPath(try fixture.tensor("matrix.\(name)"))
            #expect(path.rows == expected.rows, "\(name)")
            #expect(path.columns == expected.columns, "\(name)")
        }
    }

    @Test func `a row begins where the path first reaches it`() {
        let costs = Tensor([0, 9, 9, 9, 9, 0, 0, 9, 9, 9, 9, 0], shape: [3, 4])
        #expect(CheapestPath(costs).firstColumns == [0, 1, 3])
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `costs that are no numbers still give a path to the end`(cost: Float) {
        let costs = Tensor([Float](repeating: cost, count: 12), shape: [3, 4])
        let path = CheapestPath(costs)
        #expect(path.firstColumns.count == 3)
        #expect(path.rows.last == 2 && path.columns.last == 3)
        #expect(path.rows.first == 0 && path.columns.first == 0)
    }

    @Test func `nothing has no path`() {
        #expect(CheapestPath(Tensor([], shape: [0, 4])).firstColumns.isEmpty)
        #expect(CheapestPath(Tensor([], shape: [3, 0])).firstColumns.isEmpty)
    }
}
