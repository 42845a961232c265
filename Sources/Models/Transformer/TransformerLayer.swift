import Inference

/// Attention and a two-layer perceptron, each normalised before and added after: a layer of BLIP's
/// vision encoder, and of both encoders of CLIP.
///
/// Source: `modeling_blip.py`, classes `BlipEncoderLayer`, `BlipAttention`, `BlipMLP`;
/// `modeling_clip.py`, classes `CLIPEncoderLayer`, `CLIPAttention`, `CLIPMLP`.
struct TransformerLayer: Sendable {
    private let attentionNorm: LayerNorm
    private let projections: Projections
    private let attend: Attention
    private let project: Linear
    private let perceptron: Perceptron
    private let sizes: LayerSizes
    private let precision: Precision

    /// How a checkpoint holds the matrices of queries, keys and values.
    enum Layout {
        /// One below the other, `qkv`; what follows is `projection`.
        case joined
        /// `q_proj`, `k_proj` and `v_proj`; what follows is `out_proj`. Rows see all others, or those
        /// before them.
        case apart(seeing: KeyValueCache.Sight)
    }

    private enum Projections {
        case joined(Linear)
        case apart(
            queries: Linear, keys: Linear, values: Linear, seeing: KeyValueCache.Sight)
    }

    /// - Parameters:
    ///   - weights: where `self_attn` and `mlp` are
    ///   - layout: of `self_attn`
    ///   - sizes: the encoder's
    ///   - precision: what products are computed in
    /// - Throws: `WeightsError` where a tensor is missing or misshapen.
    init(
        _ weights: Weights, _ layout: Layout, _ sizes: LayerSizes, _ precision: Precision
    ) throws(WeightsError) {
        let (width, mlpWidth) = (sizes.width, sizes.mlpWidth)
        func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(WeightsError) -> Linear {
            try Linear(weights.at(name), inputs: inputs, outputs: outputs, precision: precision)
        }
        func norm(_ name: String) throws(WeightsError) -> LayerNorm {
            try LayerNorm(weights.at(name), width: width, epsilon: sizes.epsilon)
        }
        attentionNorm = try norm("layer_norm1")
        switch layout {
        case .joined:
            projections = .joined(try linear("self_attn.qkv", width, 3 * width))
            project = try linear("self_attn.projection", width, width)
        case .apart(let sight):
            projections = .apart(
                queries: try linear("self_attn.q_proj", width, width),
                keys: try linear("self_attn.k_proj", width, width),
                values: try linear("self_attn.v_proj", width, width), seeing: sight)
            project = try linear("self_attn.out_proj", width, width)
        }
        attend = Attention(heads: sizes.headCount, width: width, precision: precision)
        perceptron = Perceptron(
            norm: try norm("layer_norm2"), widen: try linear("mlp.fc1", width, mlpWidth),
            activation: sizes.activation, narrow: try linear("mlp.fc2", mlpWidth, width))
        self.sizes = sizes
        self.precision = precision
    }

    /// - Parameter x: `[n, width]`
    /// - Returns: `[n, width]`
    func callAsFunction(_ x: Tensor) -> Tensor {
        let mixed: Tensor
        switch projections {
        case .joined(let all): mixed = attend(joined: attentionNorm(x, into: [all])[0])
        case .apart(let queries, let keys, let values, let sight):
            let made = attentionNorm(x, into: [queries, keys, values])
            mixed =
                sight == .all
                ? attend(made[0], made[1], made[2]) : past(made[0], made[1], made[2])
        }
        return perceptron(project(mixed, adding: x))
    }

    /// What the first row becomes, for an encoder that passes on no other.
    ///
    /// - Parameter x: `[n, width]`
    /// - Returns: `[1, width]`
    func firstRow(of x: Tensor) -> Tensor {
        let normed = attentionNorm(x)
        let mixed =
            switch projections {
            case .joined(let all): attend(joined: all(normed)).onlyRow(0)
            case .apart(let queries, let keys, let values, .all):
                attend(queries(normed.onlyRow(0)), keys(normed), values(normed))
            // It sees itself alone.
            case .apart(_, _, let values, .past): values(normed.onlyRow(0))
            }
        return perceptron(project(mixed, adding: x.onlyRow(0)))
    }

    /// Each row sees itself and those before it.
    private func past(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> Tensor {
        var cache = KeyValueCache(
            of: .text, heads: sizes.headCount, width: sizes.width, precision: precision,
            capacity: k.rows)
        cache.append(k, v, rows: 0..<k.rows)
        var mixed = q.values
        cache.attend(q, rows: 0..<q.rows, seeing: .past, into: &mixed)
        return Tensor(mixed, shape: q.shape)
    }
}

extension Tensor {
    /// One row by itself, `[1, width]`.
    func onlyRow(_ index: Int) -> Tensor { Tensor(row(index), shape: [1, width]) }
}
