// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/packed_pass.h"

#include "training/generate/cached_attention.h"
#include "training/kernels/fused_ops.h"

#include <ATen/Context.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/mm.h>

namespace cw {

struct PackedPass::Rows {
    PassLayout layout;
    at::Tensor cosine, sine; // f32 [N, headWidth / 2]
};

namespace {

// Where LibTorch is asked for deterministic algorithms it sorts the places of each write into the cache, and fills every
// new tensor first. The places of a pass differ, so neither changes a result.
class PlainWrites {
public:
    PlainWrites() { set(false, false); }
    ~PlainWrites() { set(m_wasOn, m_warned); }
    PlainWrites(const PlainWrites&) = delete;
    PlainWrites& operator=(const PlainWrites&) = delete;

private:
    static void set(bool isOn, bool warns) { at::globalContext().setDeterministicAlgorithms(isOn, warns); }

    bool m_wasOn = at::globalContext().deterministicAlgorithms();
    bool m_warned = at::globalContext().deterministicAlgorithmsWarnOnly();
};

} // namespace

PackedPass::PackedPass(const ServingModel& model, KvSlots& cache, const RotaryTable& rotary)
    : m_model(model), m_cache(cache), m_rotary(rotary) {
    for (size_t layer = 0; layer < model.transformer().layers().size(); ++layer) {
        auto& linears = m_layers.emplace_back();
        for (size_t p = 0; p < kProjections; ++p)
            linears[p] = linearOf(layer, static_cast<Projection>(p));
    }
}

PackedPass::Linear PackedPass::linearOf(size_t layer, Projection projection) const {
    Linear linear{m_model.dense(layer, projection).t(),
                  m_model.transformer().layers()[layer].biases[static_cast<size_t>(projection)],
                  {},
                  {}};
    if (!m_model.adapter() || !m_model.adapter()->pair(layer, projection).isPresent())
        return linear;
    const LoraPair& pair = m_model.adapter()->pair(layer, projection);
    const auto turned = [&](const at::Tensor& factor) { return factor.detach().to(m_model.dtype()).t(); };
    linear.a = turned(pair.a);
    linear.b = turned(pair.b);
    linear.scale = pair.scale;
    return linear;
}

at::Tensor PackedPass::run(std::span<const TextPiece> pieces) {
    const PlainWrites plain;
    const Transformer& model = m_model.transformer();
    Rows rows{layOut(pieces, m_cache, m_model.device()), {}, {}};
    rows.cosine = at::index_select(m_rotary.cosine, 0, rows.layout.positions);
    rows.sine = at::index_select(m_rotary.sine, 0, rows.layout.positions);
    const bool wantsHidden = rows.layout.scored.numel() > 0;
    at::Tensor hidden = at::embedding(model.embedding(), rows.layout.tokens);
    for (size_t layer = 0; layer < m_layers.size(); ++layer) {
        at::Tensor input = norm(hidden, model.layers()[layer].attentionNorm);
        const KeysAndValues fresh = remember(rows, layer, input);
        if (!wantsHidden && layer + 1 == m_layers.size())
            return {};
        addProduct(hidden, attend(rows, layer, input, fresh), layer, Projection::Output);
        input = at::Tensor(); // a long prompt's is large
        feedForward(hidden, layer);
    }
    return norm(at::index_select(hidden, 0, rows.layout.scored), model.finalNorm());
}

at::Tensor PackedPass::norm(const at::Tensor& x, const at::Tensor& weight) const {
    return rmsNorm(x, weight, m_model.config().normEpsilon).out;
}

at::Tensor PackedPass::product(const at::Tensor& x, size_t layer, Projection projection) const {
    const Linear& linear = m_layers[layer][static_cast<size_t>(projection)];
    at::Tensor y = linear.bias.defined() ? at::addmm(linear.bias, x, linear.weight) : at::mm(x, linear.weight);
    if (linear.a.defined())
        y.addmm_(at::mm(x, linear.a), linear.b, /*beta=*/1, /*alpha=*/linear.scale);
    return y;
}

void PackedPass::addProduct(at::Tensor& into, const at::Tensor& x, size_t layer, Projection projection) const {
    const Linear& linear = m_layers[layer][static_cast<size_t>(projection)];
    into.addmm_(x, linear.weight);
    if (linear.bias.defined())
        into.add_(linear.bias);
    if (linear.a.defined())
        into.addmm_(at::mm(x, linear.a), linear.b, /*beta=*/1, /*alpha=*/linear.scale);
}

// [N, heads * headWidth]; each head normed where the model does that, and turned by its token's position.
at::Tensor PackedPass::turnedHeads(const at::Tensor& x, size_t layer, Projection projection, const at::Tensor& headNorm,
                                   const Rows& rows) const {
    at::Tensor all = product(x, layer, projection);
    if (headNorm.defined())
        all = norm(all.view({-1, m_model.config().headWidth}), headNorm).view(all.sizes());
    rotateInPlace(all, rows.cosine, rows.sine, /*back=*/false);
    return all;
}

PackedPass::KeysAndValues PackedPass::remember(const Rows& rows, size_t layer, const at::Tensor& normed) {
    const at::Tensor& keyNorm = m_model.transformer().layers()[layer].keyNorm;
    const auto put = [&](at::Tensor slab, const at::Tensor& from) {
        slab.index_copy_(0, rows.layout.places, from.view({from.size(0), slab.size(1), slab.size(2)}));
    };
    KeysAndValues fresh{turnedHeads(normed, layer, Projection::Key, keyNorm, rows), product(normed, layer, Projection::Value)};
    put(m_cache.keySlab(layer), fresh.keys);
    put(m_cache.valueSlab(layer), fresh.values);
    return fresh;
}

at::Tensor PackedPass::attend(const Rows& rows, size_t layer, const at::Tensor& normed, const KeysAndValues& fresh) const {
    const at::Tensor queries =
        turnedHeads(normed, layer, Projection::Query, m_model.transformer().layers()[layer].queryNorm, rows);
    return attendCached({queries, fresh.keys, fresh.values}, m_cache.keySlab(layer), m_cache.valueSlab(layer), rows.layout.ranges,
                        m_model.config().slidingWindow);
}

void PackedPass::feedForward(at::Tensor& hidden, size_t layer) const {
    const at::Tensor middle = norm(hidden, m_model.transformer().layers()[layer].mlpNorm);
    addProduct(hidden, swiglu(product(middle, layer, Projection::Gate), product(middle, layer, Projection::Up)), layer,
               Projection::Down);
}

} // namespace cw
