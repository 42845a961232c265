import Foundation
import Glibc
import Inference
import Kernels
import TestKit
import Testing

@Suite struct PreparedWeightsTests {
    let model: PreparedSample

    init() throws { model = try PreparedSample() }

    @Test func `what is kept multiplies as what was packed, bit for bit`() throws {
        let fresh = try model.products(keptAt: [])
        #expect(try model.products() == fresh)
        #expect(try model.keptFiles() == [model.keptName])
        #expect(try model.products() == fresh)
        try PreparedFile(path: model.keptPath).verify()
    }

    @Test func `a start that finds the file does not pack`() throws {
        let first = try model.products()
        // Nothing that a start compares tells this change.
        try model.changeBehindTheHead()
        #expect(try model.products() == first)
        #expect(try model.products(keptAt: []) != first)
    }

    @Test func `weights that changed are packed anew`() throws {
        _ = try model.products()
        for change in PreparedSample.Change.allCases {
            try model.apply(change)
            let fresh = try model.products(keptAt: [])
            #expect(try model.products() == fresh, "\(change)")
            #expect(try model.products() == fresh, "\(change)")
            #expect(try model.keptFiles() == [model.keptName])
        }
    }

    @Test func `a tokenizer that changed is read anew`() throws {
        #expect(try model.encode("abba") == [2, 1, 0])
        #expect(try model.encode("abba") == [2, 1, 0])
        try model.write(tokenizer: #"{"b":1,"a":0,"ab":3}"#)
        #expect(try model.encode("abba") == [3, 1, 0])
        #expect(try model.encode("abba") == [3, 1, 0])
    }

    @Test func `a kept file with one wrong byte, or cut short, is made anew`() throws {
        let fresh = try model.products()
        let whole = try model.keptBytes()
        let table = try model.tableOffset(of: whole)
        let spots = Array(0..<64) + Array(table..<whole.count)
        for spot in spots where !(48..<64).contains(spot) {
            var damaged = whole
            damaged[spot] ^= 0x10
            try model.overwriteKept(damaged)
            #expect(throws: PreparedFault.self, "byte \(spot)") {
                try PreparedFile(path: model.keptPath)
            }
        }
        for length in [0, 1, 7, 63, 64, 65, table, whole.count - 1] {
            try model.overwriteKept(Array(whole[..<length]))
            #expect(try model.products() == fresh, "\(length) bytes")
            #expect(try model.keptBytes() == whole, "\(length) bytes")
        }
    }

    @Test(arguments: [0, 63, 65, -64, 1 << 40, Int.max - 63, Int.min])
    func `an entry that leads out of the file is not followed`(begin: Int) throws {
        let fresh = try model.products()
        let whole = try model.keptBytes()
        // An entry ends in where it begins, its length and its digest.
        for field in [24, 16] {
            try model.overwriteKept(try model.patched(whole, fromEnd: field, to: begin))
            // A file that lacks what is asked for goes, and the start after that makes it anew.
            #expect(try model.products() == fresh)
            #expect(try model.products() == fresh)
            #expect(try model.keptBytes() == whole)
        }
    }

    @Test func `a table of nonsense with right digests harms nobody`() throws {
        _ = try model.products()
        let whole = try model.keptBytes()
        let table = try model.tableOffset(of: whole)
        var numbers = SeededNumbers(seed: 11)
        for _ in 0..<300 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...3, using: &numbers) {
                let spot = Int.random(in: table..<whole.count, using: &numbers)
                damaged[spot] = UInt8.random(in: 0...255, using: &numbers)
            }
            try model.overwriteKept(try model.withRightDigests(damaged))
            #expect(try model.encode("abba") == [2, 1, 0])
        }
    }

    @Test func `tables of a tokenizer that are damaged are read anew`() throws {
        _ = try model.encode("abba")
        let whole = try model.keptBytes()
        let outline = try #require(whole.firstRange(of: Array(#""merges":[]"#.utf8)))
        var damaged = whole
        damaged[outline.lowerBound + 1] = UInt8(ascii: "w")
        try model.overwriteKept(damaged)
        #expect(try model.encode("abba") == [2, 1, 0])
        #expect(try model.encode("abba") == [2, 1, 0])
        #expect(try model.keptBytes() == whole)
    }

    @Test func `a file of another version, of the other order of bytes, or of something else`()
        throws
    {
        let fresh = try model.products()
        let whole = try model.keptBytes()
        var later = whole
        later[8] += 1
        try model.overwriteKept(later)
        let error = #expect(throws: PreparedFault.self) { try PreparedFile(path: model.keptPath) }
        #expect(error == .version(UInt32(later[8])))
        #expect(try model.products() == fresh)
        var turned = whole
        turned.replaceSubrange(12..<16, with: whole[12..<16].reversed())
        try model.overwriteKept(turned)
        #expect(throws: PreparedFault.damaged(part: "the order of bytes")) {
            try PreparedFile(path: model.keptPath)
        }
        #expect(try model.products() == fresh)
        #expect(try model.keptBytes() == whole)
        #expect(throws: PreparedFault.otherFile) { try PreparedFile(path: model.weightsPath) }
    }

    @Test func `damage among the weights is found by verifying`() throws {
        _ = try model.products()
        var damaged = try model.keptBytes()
        damaged[64 + 1_000] ^= 1
        try model.overwriteKept(damaged)
        let file = try PreparedFile(path: model.keptPath)
        #expect(throws: PreparedFault.damaged(part: "'first.weight'")) { try file.verify() }
        let error = PreparedFileError(path: "x", fault: .damaged(part: "'first.weight'"))
        #expect(error.what == "x is damaged: 'first.weight' is not as it was written")
    }

    @Test func `a file made for a model with other layers is replaced at the next start`() throws {
        _ = try model.products(of: ["first"])
        let fresh = try model.products(keptAt: [])
        #expect(try model.products() == fresh)
        #expect(try model.keptFiles() == [])
        #expect(try model.products() == fresh)
        #expect(try model.keptFiles() == [model.keptName])
        #expect(try PreparedFile(path: model.keptPath).entryCount == 3)
    }

    @Test func `where no file can be made the next place is taken, and none is no harm`() throws {
        let fresh = try model.products(keptAt: [])
        #expect(try model.products(keptAt: ["/proc/none/model"]) == fresh)
        let second = model.folder.path + "/a/cache/model"
        #expect(try model.products(keptAt: ["/proc/none/model", second]) == fresh)
        #expect(MappedFile.exists(second + model.keptEnding))
        #expect(try model.products(keptAt: ["/proc/none/model", second]) == fresh)
        #expect(try model.keptFiles() == [])
    }

    @Test func `of two that make one file, one does`() throws {
        let fresh = try model.products(keptAt: [])
        let first = try model.checkpoint()
        let second = try model.checkpoint()
        #expect(try model.products(of: first) == fresh)
        #expect(try model.products(of: second) == fresh)
        try second.finish()
        #expect(try model.keptFiles() == [".\(model.keptName).part"])
        try first.finish()
        #expect(try model.keptFiles() == [model.keptName])
        try PreparedFile(path: model.keptPath).verify()
    }

    @Test func `what a killed process left is overwritten`() throws {
        let fresh = try model.products(keptAt: [])
        try model.folder.write(
            "model/.\(model.keptName).part", [UInt8](repeating: 7, count: 3_000_000))
        #expect(try model.products() == fresh)
        #expect(try model.keptFiles() == [model.keptName])
        try PreparedFile(path: model.keptPath).verify()
    }

    @Test func `a model that does not load, or changes while it does, leaves nothing`() throws {
        do {
            let checkpoint = try model.checkpoint()
            _ = try model.products(["first"], of: checkpoint)
            #expect(throws: WeightsError.self) { try checkpoint.finish() }
        }
        #expect(try model.keptFiles() == [])
        let checkpoint = try model.checkpoint()
        _ = try model.products(of: checkpoint)
        try model.apply(.time)
        try checkpoint.finish()
        #expect(try model.keptFiles() == [])
    }

    @Test func `small weights are not kept, nor those that stay as they are stored`() throws {
        let small = PreparedPlaces([model.stem], .int8)
        #expect(try Checkpoint(folder: model.modelPath, keptAt: small).prepared == nil)
        let whole = PreparedPlaces([model.stem], .f32, leastBytes: 0)
        #expect(whole.paths == [])
        #expect(try Checkpoint(folder: model.modelPath, keptAt: whole).prepared == nil)
    }
}
