import Kernels

/// The way through a matrix of costs, from its first cell to its last, whose sum is least: dynamic
/// time warping.
///
/// Each step goes to the next row, the next column, or both; of equal ways the reference's.
/// Source: openai/whisper, `timing.py`, functions `dtw_cpu` and `backtrace`.
package struct CheapestPath: Sendable, Equatable {
    /// Cell by cell.
    package let rows: [Int]
    package let columns: [Int]

    /// - Parameter costs: `[rows, columns]`; none is an infinity or NaN
    package init(_ costs: Tensor) {
        let (height, width) = (costs.rows, costs.width)
        var steps = [UInt8](repeating: 0, count: height * width)
        var sums = [Float](repeating: 0, count: width + 1)
        // Safe: all three are as large as the kernel asks for.
        unsafe cc_cheapest_steps(costs.values, height, width, &steps, &sums)
        var (row, column) = (height - 1, width - 1)
        var (rows, columns): ([Int], [Int]) = ([], [])
        while row >= 0, column >= 0 {
            rows.append(row)
            columns.append(column)
            let step = Int(steps[row * width + column])
            // Along the first row and the first column there is one way only.
            if row == 0 && column == 0 { break }
            let next = (
                row: row > 0 && (column == 0 || step != CC_STEP_COLUMN),
                column: column > 0 && (row == 0 || step != CC_STEP_ROW)
            )
            row -= next.row ? 1 : 0
            column -= next.column ? 1 : 0
        }
        self.rows = rows.reversed()
        self.columns = columns.reversed()
    }

    /// The column in which each row begins.
    package var firstColumns: [Int] {
        zip(rows, columns).reduce(into: []) { first, cell in
            if cell.0 == first.count { first.append(cell.1) }
        }
    }
}
