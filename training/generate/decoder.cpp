// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/decoder.h"

#include "training/generate/slot_cache.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/tensor.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cassert>
#include <limits>

namespace cw {

namespace {

// A text under way; its place in the list is its slot in the cache.
struct Text {
    DecodeJob job;
    TokenIds tokens;
    bool hasEnded = false;
};

// One run of a decoder.
class Session {
public:
    Session(const Transformer& model, const Adapter* adapter, const Tokenizer& tokenizer, const TokenIds& stops, const DecodeQueue& queue,
            std::int64_t slots, std::int64_t capacity)
        : m_model(model), m_adapter(adapter), m_tokenizer(tokenizer), m_stops(stops), m_queue(queue),
          m_cache(model.config(), model.dtype(), model.device(), slots, capacity) {}

    Result<bool> run() {
        for (;;) {
            if (m_queue.shouldStop && m_queue.shouldStop())
                return false;
            CW_TRY(fillSlots());
            if (m_texts.empty())
                return true;
            step();
            CW_TRY(releaseEnded());
        }
    }

private:
    // Starts texts while there are free slots and jobs. A text may end with its first token.
    Status fillSlots() {
        while (m_cache.used() < m_cache.slots()) {
            CW_TRY_ASSIGN(job, m_queue.next());
            if (!job)
                return {};
            start(std::move(*job));
            CW_TRY(releaseEnded());
        }
        return {};
    }

    void start(DecodeJob job) {
        const auto length = static_cast<std::int64_t>(job.prompt.size());
        m_cache.beginText(length);
        const at::Tensor hidden = m_model.forward({.tokens = onDevice(job.prompt).view({1, length}), .adapter = m_adapter, .cache = &m_cache});
        m_texts.push_back({std::move(job), {}, false});
        choose(m_texts.back(), logits(hidden.select(1, length - 1)).data_ptr<float>());
    }

    // One more token for every text.
    void step() {
        TokenIds last;
        for (const Text& text : m_texts)
            last.push_back(text.tokens.back());
        m_cache.beginStep();
        const at::Tensor hidden = m_model.forward({.tokens = onDevice(last).unsqueeze(1),
                                                   .positions = m_cache.stepPositions(),
                                                   .mask = m_cache.stepMask(),
                                                   .adapter = m_adapter,
                                                   .cache = &m_cache});
        const at::Tensor scores = logits(hidden.select(1, 0));
        for (size_t i = 0; i < m_texts.size(); ++i)
            choose(m_texts[i], scores.data_ptr<float>() + static_cast<std::int64_t>(i) * scores.size(1));
    }

    at::Tensor onDevice(const TokenIds& ids) const { return at::tensor(ids, at::kLong).to(m_model.device()); }

    // hidden [B, hidden] -> f32 [B, vocabulary] in main memory.
    at::Tensor logits(const at::Tensor& hidden) const { return m_model.logits(hidden).to(at::kCPU, at::kFloat).contiguous(); }

    void choose(Text& text, const float* scores) const {
        const std::int64_t token = text.job.constraint ? bestAllowed(text.job.constraint->allowed(), scores) : best(scores);
        text.tokens.push_back(token);
        if (text.job.constraint) {
            text.job.constraint->accept(token, m_tokenizer.tokenBytes(token));
            text.hasEnded = text.job.constraint->isEnded();
        } else {
            text.hasEnded = isStop(token) || static_cast<std::int64_t>(text.tokens.size()) == text.job.maxNewTokens;
        }
    }

    bool isStop(std::int64_t token) const { return std::find(m_stops.begin(), m_stops.end(), token) != m_stops.end(); }

    // The most likely token, the first one at a tie. Rows of the output matrix beyond the tokenizer's ids are padding.
    std::int64_t best(const float* scores) const {
        const std::int64_t count = std::min(m_tokenizer.vocabSize(), m_model.config().vocabulary);
        return std::max_element(scores, scores + count) - scores;
    }

    static std::int64_t bestAllowed(const TokenMask& allowed, const float* scores) {
        std::int64_t best = -1;
        float most = -std::numeric_limits<float>::infinity();
        allowed.forEach([&](std::int64_t id) {
            if (best < 0 || scores[id] > most) {
                best = id;
                most = scores[id];
            }
        });
        assert(best >= 0);
        return best;
    }

    // Hands over the texts that have ended and frees their slots.
    Status releaseEnded() {
        for (size_t slot = 0; slot < m_texts.size();) {
            if (!m_texts[slot].hasEnded) {
                ++slot;
                continue;
            }
            std::swap(m_texts[slot], m_texts.back()); // as the cache does
            const Text ended = std::move(m_texts.back());
            m_texts.pop_back();
            m_cache.release(static_cast<std::int64_t>(slot));
            CW_TRY(m_queue.done(ended.job.id, decoded(ended)));
        }
        return {};
    }

    DecodedText decoded(const Text& text) const {
        DecodedText result{text.tokens, static_cast<std::int64_t>(text.tokens.size()), FinishReason::Length};
        if (text.job.constraint || isStop(text.tokens.back())) {
            result.tokens.pop_back();
            result.finish = FinishReason::Stop;
        }
        return result;
    }

    const Transformer& m_model;
    const Adapter* m_adapter;
    const Tokenizer& m_tokenizer;
    const TokenIds& m_stops;
    const DecodeQueue& m_queue;
    SlotCache m_cache;
    std::vector<Text> m_texts;
};

} // namespace

Result<bool> Decoder::run(const DecodeQueue& queue, std::int64_t slots, std::int64_t capacity) const {
    const c10::InferenceMode inference;
    return Session(m_model, m_adapter, m_tokenizer, m_stops, queue, slots, capacity).run();
}

} // namespace cw
