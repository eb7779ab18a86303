// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/tensor_pass.h"

#include "training/kernels/fused_ops.h"
#include "training/model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/tensor.h>

namespace cw {

struct TensorPass::Rows {
    std::span<const TextPiece> pieces;
    at::Tensor cosine, sine; // f32 [N, headWidth / 2]
    std::vector<at::Tensor> masks; // bool [1, 1, T, S], by piece
};

namespace {

// The tokens of all pieces, int64 [N].
at::Tensor tokensOf(std::span<const TextPiece> pieces, at::Device device) {
    TokenIds ids;
    for (const TextPiece& piece : pieces)
        ids.insert(ids.end(), piece.tokens.begin(), piece.tokens.end());
    return at::tensor(ids, at::kLong).to(device);
}

std::int64_t lengthOf(const TextPiece& piece) {
    return static_cast<std::int64_t>(piece.tokens.size());
}

// The rows of a table at the pieces' positions.
at::Tensor atPositions(const at::Tensor& table, std::span<const TextPiece> pieces) {
    std::vector<at::Tensor> parts;
    for (const TextPiece& piece : pieces)
        parts.push_back(table.narrow(0, piece.start, lengthOf(piece)));
    return parts.size() == 1 ? parts.front().contiguous() : at::cat(parts);
}

} // namespace

RotaryTable rotaryTable(const ModelConfig& config, std::int64_t capacity, at::Device device) {
    const RotaryAngles angles = rotaryAngles(at::arange(capacity, at::TensorOptions(device).dtype(at::kLong)), config);
    const std::int64_t half = config.headWidth / 2;
    return {angles.cosine.view({capacity, half}), angles.sine.view({capacity, half})};
}

at::Tensor TensorPass::run(std::span<const TextPiece> pieces, bool wantsHidden) {
    const Transformer& model = m_model.transformer();
    Rows rows{pieces, atPositions(m_rotary.cosine, pieces), atPositions(m_rotary.sine, pieces), {}};
    for (const TextPiece& piece : pieces)
        rows.masks.push_back(causalMask(lengthOf(piece), piece.start + lengthOf(piece), model.config().slidingWindow,
                                        m_model.device()));
    at::Tensor hidden = at::embedding(model.embedding(), tokensOf(pieces, m_model.device()));
    for (size_t layer = 0; layer < model.layers().size(); ++layer) {
        const Transformer::Layer& weights = model.layers()[layer];
        const auto normed = [&](const at::Tensor& norm) { return rmsNorm(hidden, norm, model.config().normEpsilon).out; };
        const at::Tensor input = normed(weights.attentionNorm);
        remember(rows, layer, input);
        if (!wantsHidden && layer + 1 == model.layers().size())
            return {};
        hidden += project(attend(rows, layer, input), layer, Projection::Output);
        const at::Tensor middle = normed(weights.mlpNorm);
        hidden += project(swiglu(project(middle, layer, Projection::Gate), project(middle, layer, Projection::Up)), layer,
                          Projection::Down);
    }
    return rmsNorm(hidden, model.finalNorm(), model.config().normEpsilon).out;
}

at::Tensor TensorPass::project(const at::Tensor& x, size_t layer, Projection projection) const {
    const Adapter* adapter = m_model.adapter();
    const at::Tensor projected =
        cw::project(x, m_model.dense(layer, projection), adapter ? &adapter->pair(layer, projection) : nullptr);
    const at::Tensor& bias = m_model.transformer().layers()[layer].biases[static_cast<size_t>(projection)];
    return bias.defined() ? projected + bias : projected;
}

// [N, heads * headWidth]; each head normed where the model does that.
at::Tensor TensorPass::heads(const at::Tensor& x, size_t layer, Projection projection, const at::Tensor& norm) const {
    const at::Tensor all = project(x, layer, projection);
    if (!norm.defined())
        return all;
    return rmsNorm(all.view({-1, m_model.config().headWidth}), norm, m_model.config().normEpsilon).out.view(all.sizes());
}

void TensorPass::remember(const Rows& rows, size_t layer, const at::Tensor& normed) {
    const std::int64_t width = m_model.config().headWidth;
    at::Tensor keys = heads(normed, layer, Projection::Key, m_model.transformer().layers()[layer].keyNorm);
    rotateInPlace(keys, rows.cosine, rows.sine, /*back=*/false);
    const at::Tensor values = project(normed, layer, Projection::Value);
    std::int64_t row = 0;
    for (const TextPiece& piece : rows.pieces) {
        const std::int64_t length = lengthOf(piece);
        const auto put = [&](const at::Tensor& slab, const at::Tensor& from) {
            slab.narrow(1, piece.start, length).copy_(from.narrow(0, row, length).view({length, -1, width}).transpose(0, 1));
        };
        put(m_cache.keys(layer, piece.slot), keys);
        put(m_cache.values(layer, piece.slot), values);
        row += length;
    }
}

at::Tensor TensorPass::attend(const Rows& rows, size_t layer, const at::Tensor& normed) const {
    const std::int64_t width = m_model.config().headWidth;
    at::Tensor queries = heads(normed, layer, Projection::Query, m_model.transformer().layers()[layer].queryNorm);
    rotateInPlace(queries, rows.cosine, rows.sine, /*back=*/false);
    std::vector<at::Tensor> attended;
    std::int64_t row = 0;
    for (size_t i = 0; i < rows.pieces.size(); ++i) {
        const TextPiece& piece = rows.pieces[i];
        const std::int64_t length = lengthOf(piece), seen = piece.start + length;
        const auto cached = [&](const at::Tensor& slab) { return slab.narrow(1, 0, seen).unsqueeze(0); };
        const at::Tensor own = queries.narrow(0, row, length).view({length, -1, width}).transpose(0, 1).unsqueeze(0);
        // A piece that begins its text needs no mask: attend() then takes the faster causal way.
        const bool isPlain = piece.start == 0;
        const at::Tensor out = cw::attend(own, cached(m_cache.keys(layer, piece.slot)), cached(m_cache.values(layer, piece.slot)),
                                          isPlain ? at::Tensor() : rows.masks[i], m_model.config().slidingWindow);
        attended.push_back(out.squeeze(0).transpose(0, 1).reshape({length, -1}));
        row += length;
    }
    return attended.size() == 1 ? attended.front() : at::cat(attended);
}

} // namespace cw
