import Inference

/// Prints how near two results are: the cosine of their angle, and the largest difference.
func report(_ name: String, _ a: Tensor, _ b: Tensor) {
    let worst = zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
    print("\(name)\t\(cosine(a.values, b.values))\t\(worst)")
}

/// The cosine of the angle between two lists of numbers seen as vectors.
private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    var (dot, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
        dot += Double(x) * Double(y)
        aa += Double(x) * Double(x)
        bb += Double(y) * Double(y)
    }
    return dot / (aa * bb).squareRoot()
}
