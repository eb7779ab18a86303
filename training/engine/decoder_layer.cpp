// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/engine/decoder_layer.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

namespace cw {

namespace {

constexpr std::int64_t kGroups = 4; // dropout masks of a layer

// Head norms see every head of every token as a row.
at::Tensor headRows(const at::Tensor& x, std::int64_t headWidth) {
    return x.view({-1, headWidth});
}

at::Tensor headNormed(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
    return rmsNorm(headRows(x, weight.size(0)), weight, epsilon).out.view(x.sizes());
}

at::Tensor headNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight, double epsilon) {
    const at::Tensor rows = headRows(x, weight.size(0));
    at::Tensor into = at::zeros_like(rows);
    const at::Tensor inverseRoot = rmsNorm(rows, weight, epsilon).inverseRoot;
    addRmsNormGradient(headRows(grad, weight.size(0)), rows, weight, inverseRoot, into);
    return into.view(x.sizes());
}

LayerTape keeping(at::Tensor input, Attended attended) {
    LayerTape tape;
    tape.input = std::move(input);
    tape.attended = std::move(attended);
    return tape;
}

} // namespace

DecoderLayer::DecoderLayer(const Transformer& model, const Adapter* adapter, size_t index, const PassShape& shape,
                           const PassSettings& settings, at::Tensor rows)
    : m_weights(model.layers()[index]), m_config(model.config()), m_shape(shape),
      m_checkpointing(settings.checkpointing), m_rows(std::move(rows)) {
    std::int64_t salt = static_cast<std::int64_t>(index) * kGroups;
    const auto group = [&](std::initializer_list<Projection> projections) {
        const DropoutMask mask =
            dropoutMask(settings.dropout, settings.key.seed, settings.key.step, settings.key.pass, salt++);
        return loraGroup(adapter, index, projections, model.dtype(), mask);
    };
    m_input = group({Projection::Query, Projection::Key, Projection::Value});
    m_output = group({Projection::Output});
    m_middle = group({Projection::Gate, Projection::Up});
    m_down = group({Projection::Down});
}

at::Tensor DecoderLayer::forward(const at::Tensor& hidden, LayerTape& tape) const {
    tape.input = hidden;
    runAll(tape);
    at::Tensor out = at::addmm(tape.middle, tape.active, weight(Projection::Down).t());
    addLoraUp(m_down, Projection::Down, tape.downActive, out);
    forget(tape);
    return out;
}

void DecoderLayer::runAll(LayerTape& tape) const {
    normInput(tape);
    project(tape);
    attend(tape);
    mix(tape);
    normMiddle(tape);
    expand(tape);
    activate(tape);
}

void DecoderLayer::normInput(LayerTape& tape) const {
    if (!tape.normed.out.defined())
        tape.normed = rmsNorm(tape.input, m_weights.attentionNorm, m_config.normEpsilon);
}

void DecoderLayer::project(LayerTape& tape) const {
    if (tape.queries.defined())
        return;
    const at::Tensor& x = tape.normed.out;
    tape.downInput = loraDown(m_input, x);
    const auto projected = [&](Projection projection) {
        at::Tensor out = plain(x, projection);
        addLoraUp(m_input, projection, tape.downInput, out);
        return out;
    };
    tape.queries = projected(Projection::Query);
    tape.keys = projected(Projection::Key);
    tape.values = projected(Projection::Value);
    if (m_weights.queryNorm.defined()) {
        tape.plainQueries = tape.queries;
        tape.plainKeys = tape.keys;
        tape.queries = headNormed(tape.plainQueries, m_weights.queryNorm, m_config.normEpsilon);
        tape.keys = headNormed(tape.plainKeys, m_weights.keyNorm, m_config.normEpsilon);
    }
    rotateInPlace(tape.queries, m_shape.cosine, m_shape.sine, /*back=*/false);
    rotateInPlace(tape.keys, m_shape.cosine, m_shape.sine, /*back=*/false);
}

void DecoderLayer::attend(LayerTape& tape) const {
    if (!tape.attended.out.defined())
        tape.attended = attendPacked(tape.queries, tape.keys, tape.values, heads());
}

void DecoderLayer::mix(LayerTape& tape) const {
    if (tape.middle.defined())
        return;
    const at::Tensor attended = ofRows(tape.attended.out);
    tape.downAttended = loraDown(m_output, attended);
    tape.middle = at::addmm(ofRows(tape.input), attended, weight(Projection::Output).t());
    if (const at::Tensor& bias = m_weights.biases[static_cast<size_t>(Projection::Output)]; bias.defined())
        tape.middle.add_(bias);
    addLoraUp(m_output, Projection::Output, tape.downAttended, tape.middle);
}

void DecoderLayer::normMiddle(LayerTape& tape) const {
    if (!tape.middleNormed.out.defined())
        tape.middleNormed = rmsNorm(tape.middle, m_weights.mlpNorm, m_config.normEpsilon);
}

void DecoderLayer::expand(LayerTape& tape) const {
    if (tape.gate.defined())
        return;
    const at::Tensor& x = tape.middleNormed.out;
    tape.downMiddle = loraDown(m_middle, x);
    tape.gate = plain(x, Projection::Gate);
    addLoraUp(m_middle, Projection::Gate, tape.downMiddle, tape.gate);
    tape.up = plain(x, Projection::Up);
    addLoraUp(m_middle, Projection::Up, tape.downMiddle, tape.up);
}

void DecoderLayer::activate(LayerTape& tape) const {
    if (!tape.active.defined())
        tape.active = swiglu(tape.gate, tape.up);
    if (!tape.downActive.defined())
        tape.downActive = loraDown(m_down, tape.active);
}

void DecoderLayer::forget(LayerTape& tape) const {
    switch (m_checkpointing) {
    case Checkpointing::None:
        break;
    case Checkpointing::Cheap:
        tape.normed = {};
        tape.middleNormed = {};
        tape.active.reset();
        break;
    case Checkpointing::Attention:
        tape = keeping(tape.input, std::move(tape.attended));
        break;
    case Checkpointing::Full:
        tape = keeping(tape.input, {});
        break;
    }
}

at::Tensor DecoderLayer::backward(at::Tensor grad, LayerTape& tape, bool wantsInput) const {
    runAll(tape);
    mlpBackward(grad, tape);
    at::Tensor byInput = attentionBackward(std::move(grad), tape, wantsInput);
    tape = {};
    return byInput;
}

// Turns the derivative by the layer's output into that by the middle. Tensors go as soon as nothing needs them.
void DecoderLayer::mlpBackward(at::Tensor& grad, LayerTape& tape) const {
    at::Tensor byActive = at::mm(grad, weight(Projection::Down));
    loraBackward(m_down, {{Projection::Down, grad}}, tape.active, tape.downActive, &byActive);
    tape.active.reset();
    swigluGradient(byActive, tape.gate, tape.up); // these are now the derivatives by gate and up
    byActive.reset();
    at::Tensor byNormed = at::mm(tape.gate, weight(Projection::Gate));
    byNormed.addmm_(tape.up, weight(Projection::Up));
    loraBackward(m_middle, {{Projection::Gate, tape.gate}, {Projection::Up, tape.up}}, tape.middleNormed.out,
                 tape.downMiddle, &byNormed);
    tape.gate.reset();
    tape.up.reset();
    addRmsNormGradient(byNormed, tape.middle, m_weights.mlpNorm, tape.middleNormed.inverseRoot, grad);
}

at::Tensor DecoderLayer::attentionBackward(at::Tensor grad, LayerTape& tape, bool wantsInput) const {
    const std::int64_t count = tape.input.size(0);
    at::Tensor byAttended = at::mm(grad, weight(Projection::Output));
    loraBackward(m_output, {{Projection::Output, grad}}, ofRows(tape.attended.out), tape.downAttended, &byAttended);
    tape.middle.reset();
    tape.middleNormed = {};
    const AttentionGradient by = projectionGradients(toAll(byAttended, count), tape);
    byAttended.reset();
    at::Tensor byNormed;
    if (wantsInput) {
        byNormed = at::mm(by.queries, weight(Projection::Query));
        byNormed.addmm_(by.keys, weight(Projection::Key)).addmm_(by.values, weight(Projection::Value));
    }
    loraBackward(m_input,
                 {{Projection::Query, by.queries}, {Projection::Key, by.keys}, {Projection::Value, by.values}},
                 tape.normed.out, tape.downInput, wantsInput ? &byNormed : nullptr);
    if (!wantsInput)
        return {};
    grad = toAll(grad, count);
    addRmsNormGradient(byNormed, tape.input, m_weights.attentionNorm, tape.normed.inverseRoot, grad);
    return grad;
}

// By the projections' outputs: back through attention, rotation and head norms.
AttentionGradient DecoderLayer::projectionGradients(const at::Tensor& byAttended, LayerTape& tape) const {
    AttentionGradient by =
        attendPackedGradient(byAttended, tape.queries, tape.keys, tape.values, tape.attended, heads());
    tape.queries.reset();
    tape.keys.reset();
    tape.values.reset();
    tape.attended = {};
    rotateInPlace(by.queries, m_shape.cosine, m_shape.sine, /*back=*/true);
    rotateInPlace(by.keys, m_shape.cosine, m_shape.sine, /*back=*/true);
    if (m_weights.queryNorm.defined()) {
        by.queries = headNormGradient(by.queries, tape.plainQueries, m_weights.queryNorm, m_config.normEpsilon);
        by.keys = headNormGradient(by.keys, tape.plainKeys, m_weights.keyNorm, m_config.normEpsilon);
    }
    return by;
}

const at::Tensor& DecoderLayer::weight(Projection projection) const {
    return m_weights.weights[static_cast<size_t>(projection)];
}

at::Tensor DecoderLayer::plain(const at::Tensor& x, Projection projection) const {
    const at::Tensor& bias = m_weights.biases[static_cast<size_t>(projection)];
    return at::linear(x, weight(projection), bias.defined() ? std::optional<at::Tensor>(bias) : std::nullopt);
}

at::Tensor DecoderLayer::ofRows(const at::Tensor& x) const {
    return m_rows.defined() ? at::index_select(x, 0, m_rows) : x;
}

// The derivative by x from that by ofRows(x).
at::Tensor DecoderLayer::toAll(const at::Tensor& x, std::int64_t count) const {
    return m_rows.defined() ? at::zeros({count, x.size(1)}, x.options()).index_copy_(0, m_rows, x) : x;
}

PackedHeads DecoderLayer::heads() const {
    return {m_shape.packing, m_config.headWidth, m_config.slidingWindow};
}

} // namespace cw
