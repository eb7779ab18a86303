// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/tensor_pass.h"

#include "training/kernels/fused_ops.h"
#include "training/model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/lerp.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/tensor.h>

namespace cw {

struct TensorPass::Rows {
    std::span<const TextPiece> pieces;
    at::Tensor cosine, sine; // f32 [N, headWidth / 2]
    std::vector<at::Tensor> masks; // bool [1, 1, T, S], by piece; undefined where none is needed
};

namespace {

// The tokens of all pieces, int64 [N].
at::Tensor tokensOf(std::span<const TextPiece> pieces, at::Device device) {
    TokenIds ids;
    for (const TextPiece& piece : pieces)
        ids.insert(ids.end(), piece.tokens.begin(), piece.tokens.end());
    return at::tensor(ids, at::kLong).to(device);
}

// Attention of a piece that begins at `start`, in two parts without a mask: over all that lies before it, and over itself.
// They are joined by their sums (see kernels/attention_rows.h). queries [1, heads, T, width]; keys, values of kvHeads and
// start + T positions, on the CPU.
at::Tensor attendInTwo(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, std::int64_t start) {
    const auto part = [&](std::int64_t from, std::int64_t count, bool isCausal) {
        return at::_scaled_dot_product_flash_attention_for_cpu(queries, keys.narrow(2, from, count), values.narrow(2, from, count),
                                                               /*dropout_p=*/0.0, isCausal);
    };
    const auto [before, beforeSum] = part(0, start, false);
    const auto [own, ownSum] = part(start, queries.size(2), true);
    const at::Tensor share = at::sigmoid(beforeSum - ownSum).unsqueeze(-1); // [1, heads, T, 1]
    return at::lerp(own.to(at::kFloat), before.to(at::kFloat), share).to(queries.scalar_type());
}

// The rows of a table at the pieces' positions.
at::Tensor atPositions(const at::Tensor& table, std::span<const TextPiece> pieces) {
    std::vector<at::Tensor> parts;
    for (const TextPiece& piece : pieces)
        parts.push_back(table.narrow(0, piece.start, piece.length()));
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
    for (const TextPiece& piece : pieces) {
        const std::int64_t seen = piece.start + piece.length(), window = model.config().slidingWindow;
        const bool needsMask = piece.start > 0 && window > 0 && seen > window;
        rows.masks.push_back(needsMask ? causalMask(piece.length(), seen, window, m_model.device()) : at::Tensor());
    }
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
        const std::int64_t length = piece.length();
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
        const std::int64_t length = piece.length(), seen = piece.start + length;
        const auto cached = [&](const at::Tensor& slab) { return slab.narrow(1, 0, seen).unsqueeze(0); };
        const at::Tensor own = queries.narrow(0, row, length).view({length, -1, width}).transpose(0, 1).unsqueeze(0);
        const at::Tensor keys = cached(m_cache.keys(layer, piece.slot)), values = cached(m_cache.values(layer, piece.slot));
        const at::Tensor out = rows.masks[i].defined() || piece.start == 0
                                   ? cw::attend(own, keys, values, rows.masks[i], m_model.config().slidingWindow)
                                   : attendInTwo(own, keys, values, piece.start);
        attended.push_back(out.squeeze(0).transpose(0, 1).reshape({length, -1}));
        row += length;
    }
    return attended.size() == 1 ? attended.front() : at::cat(attended);
}

} // namespace cw
