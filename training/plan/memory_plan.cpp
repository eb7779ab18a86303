// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/memory_plan.h"

#include "training/generate/model_source.h"
#include "training/loss/head_loss.h"
#include "training/plan/kernel_buffers.h"

#include <algorithm>

namespace cw {

namespace {

using Held = Ledger::Held;

constexpr std::int64_t kF32 = 4, kInt64 = 8, kF64 = 8;
constexpr std::int64_t kCudaBlock = 512;                  // LibTorch's allocator rounds up to it
constexpr std::int64_t kCudaWorkspace = 33 * 1024 * 1024; // of cuBLAS on Hopper, as LibTorch asks for it

std::vector<LayerRanks> ranksByLayer(const MemoryRequest& request) {
    return request.layerRanks.empty() ? std::vector(static_cast<size_t>(request.config.layers), ranksOf(request.lora))
                                      : request.layerRanks;
}

// A training step's tensors, named as in the recipes and engine/training_pass.
class StepLedger {
public:
    StepLedger(Ledger& ledger, const MemoryRequest& request)
        : m_ledger(ledger), m_request(request), m_config(request.config), m_element(request.isBf16 ? 2 : 4),
          m_count(request.pass.tokens()), m_labelled(request.pass.labelled), m_ranks(ranksByLayer(request)),
          m_gradients(static_cast<size_t>(m_config.layers), std::vector<Held>(2 * kProjections)) {
        holdStanding();
    }

    void train() {
        holdBatch();
        std::vector<LayerLedger::Tape> tapes(static_cast<size_t>(m_config.layers));
        Held last = forward(tapes);
        Held lastRoot = m_ledger.take(MemoryUse::Working, m_labelled * kF32);
        const Held hidden = rows(MemoryUse::Working, m_labelled, m_config.hidden);
        const Held weights = m_ledger.take(MemoryUse::Working, m_labelled * kF32);
        if (m_request.isPairs)
            headLogProbs();
        const Held logProbs = m_ledger.take(MemoryUse::Head, m_labelled * kF32);
        const Held gradHidden = rows(MemoryUse::Working, m_labelled, m_config.hidden);
        head(true);
        Held grad = rows(MemoryUse::Working, m_labelled, m_config.hidden);
        last = lastRoot = nullptr;
        for (size_t i = tapes.size(); i-- > 0;)
            grad = layer(i).backward(std::move(grad), tapes[i], i > 0);
    }

    void validate() {
        holdBatch();
        holdAngles();
        Held hidden = rows(MemoryUse::Working, m_count, m_config.hidden);
        for (size_t i = 0; i < m_gradients.size(); ++i) {
            LayerLedger::Tape tape;
            hidden = layer(i, false).forward(hidden, tape);
        }
        const Held normed = rows(MemoryUse::Working, m_labelled, m_config.hidden);
        headLogProbs();
    }

    // See ModelSource: `pass` of the request is a piece of a prompt, the longest that is read at once.
    void answer(std::int64_t slots, std::int64_t capacity) {
        const std::int64_t keyWidth = m_config.kvHeads * m_config.headWidth;
        const Held cache = m_ledger.take(MemoryUse::Working, 2 * m_config.layers * slots * capacity * keyWidth * m_element);
        const Held angles = m_ledger.take(MemoryUse::Working, capacity * m_config.headWidth * kF32); // cosine and sine
        {
            holdBatch();
            Held hidden = rows(MemoryUse::Working, m_count, m_config.hidden);
            for (size_t i = 0; i < m_gradients.size(); ++i) {
                LayerLedger::Tape tape;
                LayerLedger layer(m_ledger, m_request, m_ranks[i], /*isLast=*/false, m_gradients[i], /*keepsTape=*/false);
                hidden = layer.forward(hidden, tape);
            }
        }
        m_ledger.touch(MemoryUse::Head, slots * m_config.vocabulary * kF32);
    }

private:
    // What lives through the whole run.
    void holdStanding() {
        const auto stand = [&](MemoryUse use, std::int64_t bytes) { m_standing.push_back(m_ledger.take(use, bytes)); };
        const std::int64_t parameters = loraParameters(m_request);
        stand(MemoryUse::Weights, m_config.parameters() * m_element);
        stand(MemoryUse::Adapter, parameters * kF32 * (m_request.hasStart ? 2 : 1));
        stand(MemoryUse::Optimiser, (2 * parameters + adapterTensors()) * kF32); // two moments, and a count of steps
        if (m_request.isCuda)
            stand(MemoryUse::Allocator, kCudaWorkspace);
    }

    std::int64_t adapterTensors() const {
        std::int64_t count = 0;
        for (const LayerRanks& ranks : m_ranks)
            count += 2 * std::ranges::count_if(ranks, [](std::int64_t rank) { return rank > 0; });
        return count;
    }

    void holdBatch() {
        m_standing.push_back(m_ledger.take(MemoryUse::Working, 2 * m_count * kInt64));    // tokens, positions
        m_standing.push_back(m_ledger.take(MemoryUse::Working, 3 * m_labelled * kInt64)); // rows, targets, examples
        if (!m_request.isFirstPass)
            holdGradients();
    }

    // Those of the step's passes before.
    void holdGradients() {
        for (size_t i = 0; i < m_gradients.size(); ++i)
            for (size_t p = 0; p < kProjections; ++p) {
                const MatrixSize size = sizeOf(static_cast<Projection>(p), m_config);
                m_gradients[i][2 * p] = m_ledger.take(MemoryUse::Gradients, m_ranks[i][p] * size.in * kF32);
                m_gradients[i][2 * p + 1] = m_ledger.take(MemoryUse::Gradients, m_ranks[i][p] * size.out * kF32);
            }
    }

    // Of the rotation: computed in f64.
    void holdAngles() {
        const std::int64_t numbers = m_count * m_config.headWidth / 2;
        m_standing.push_back(m_ledger.take(MemoryUse::Working, 2 * numbers * kF32)); // cosine, sine
        m_ledger.touch(MemoryUse::Working, 2 * numbers * kF64);
    }

    Held forward(std::vector<LayerLedger::Tape>& tapes) {
        holdAngles();
        Held hidden = rows(MemoryUse::Activations, m_count, m_config.hidden);
        for (size_t i = 0; i < tapes.size(); ++i)
            hidden = layer(i).forward(hidden, tapes[i]);
        return hidden;
    }

    // See headLoss(): logits, f32 already on a GPU, their f32 log-softmax, and with gradients these in the model's dtype.
    void head(bool withGradients) {
        const std::int64_t chunk = headChunkRows(m_labelled, m_config.vocabulary);
        const std::int64_t numbers = chunk * m_config.vocabulary;
        {
            const bool isRounded = m_request.isBf16 && !m_request.isCuda;
            const Held logits = m_ledger.take(MemoryUse::Head, numbers * (isRounded ? m_element : kF32));
            const Held wide = isRounded ? m_ledger.take(MemoryUse::Head, numbers * kF32) : nullptr;
            m_ledger.touch(MemoryUse::Head, numbers * kF32);
        }
        if (!withGradients)
            return;
        const Held gradient = m_ledger.take(MemoryUse::Head, numbers * kF32);
        const Held narrow = m_request.isBf16 ? m_ledger.take(MemoryUse::Head, numbers * m_element) : nullptr;
        if (!m_request.isCuda)
            m_ledger.touch(MemoryUse::Allocator, productBuffers(m_config.vocabulary, m_config.hidden,
                                                                m_request.isBf16, m_request.threads));
    }

    void headLogProbs() {
        const Held logProbs = m_ledger.take(MemoryUse::Head, 2 * m_labelled * kF32);
        head(false);
    }

    LayerLedger layer(size_t index, bool keepsTape = true) {
        return {m_ledger, m_request, m_ranks[index], index + 1 == m_gradients.size(), m_gradients[index], keepsTape};
    }
    Held rows(MemoryUse use, std::int64_t count, std::int64_t width) {
        return m_ledger.take(use, count * width * m_element);
    }

    Ledger& m_ledger;
    const MemoryRequest& m_request;
    const ModelConfig& m_config;
    std::int64_t m_element; // bytes
    std::int64_t m_count;
    std::int64_t m_labelled;
    std::vector<LayerRanks> m_ranks;            // by layer
    std::vector<std::vector<Held>> m_gradients; // by layer: A and B of each projection
    std::vector<Held> m_standing;
};

template <typename Step> MemoryPlan planWith(const MemoryRequest& request, Step step) {
    Ledger ledger(request.isCuda ? kCudaBlock : 1);
    {
        StepLedger tensors(ledger, request);
        step(tensors);
    }
    return {ledger.partsAtPeak(), ledger.peak()};
}

// Between two steps: without gradients, which the optimiser gave back.
MemoryRequest withoutGradients(MemoryRequest request) {
    request.checkpointing = Checkpointing::Full;
    request.lora.dropout = 0;
    request.isFirstPass = true;
    return request;
}

} // namespace

MemoryPlan planMemory(const MemoryRequest& request) {
    return planWith(request, [](StepLedger& step) { step.train(); });
}

MemoryPlan planValidation(const MemoryRequest& request) {
    return planWith(withoutGradients(request), [](StepLedger& step) { step.validate(); });
}

// A training pass's forward half stands for that of decoding, which gives some tensors back a little earlier.
MemoryPlan planAnswering(const MemoryRequest& request, std::int64_t slots, std::int64_t capacity) {
    const std::int64_t first = std::min(ModelSource::kFirstPiece, capacity); // see ModelSource
    const std::int64_t longest = request.isCuda ? std::min(ModelSource::kPackedPiece, capacity)
                                                : std::clamp(capacity - first, first, std::max(first, ModelSource::kPromptPiece));
    MemoryRequest piece = withoutGradients(request);
    piece.pass = {{longest}, 0};
    return planWith(piece, [&](StepLedger& step) { step.answer(slots, capacity); });
}

std::vector<MemoryPart> toParts(const MemoryParts& parts) {
    std::vector<MemoryPart> named;
    for (size_t i = 0; i < kMemoryUses; ++i)
        named.push_back({std::string(toString(static_cast<MemoryUse>(i))), parts[i]});
    return named;
}

std::int64_t loraParameters(const MemoryRequest& request) {
    std::int64_t count = 0;
    for (const LayerRanks& ranks : ranksByLayer(request))
        for (size_t p = 0; p < kProjections; ++p) {
            const MatrixSize size = sizeOf(static_cast<Projection>(p), request.config);
            count += ranks[p] * (size.in + size.out);
        }
    return count;
}

std::int64_t loraParameters(const ModelConfig& config, const LoraSettings& lora) {
    return loraParameters({.config = config, .lora = lora, .pass = {}});
}

} // namespace cw
