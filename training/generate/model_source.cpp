// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/model_source.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace cw {

namespace {

// The last border at or before `tokens`; 0: none.
std::int64_t borderBefore(std::int64_t tokens) {
    constexpr std::int64_t kFirst = ModelSource::kFirstPiece;
    return tokens < kFirst ? 0 : tokens - (tokens - kFirst) % ModelSource::kPromptPiece;
}

std::int64_t borderBehind(std::int64_t border) {
    return border == 0 ? ModelSource::kFirstPiece : border + ModelSource::kPromptPiece;
}

// f32 [N, vocabulary], on the model's device. The product of CUDA sums in f32 and can hand that on; others round to bf16.
at::Tensor logitsOf(const Transformer& model, const at::Tensor& hidden) {
    if (hidden.is_cuda() && hidden.scalar_type() == at::kBFloat16)
        return at::mm(hidden, model.head().t(), at::kFloat);
    return model.logits(hidden).to(at::kFloat);
}

} // namespace

ModelSource::ModelSource(const ServingModel& model, std::int64_t slots, std::int64_t capacity, int threads,
                         std::optional<PassForm> form)
    : m_model(model), m_form(form.value_or(model.device().is_cpu() ? PassForm::ByRow : PassForm::Packed)),
      m_cache(model.config(), model.dtype(), model.device(), slots, capacity, isPacked() ? KvOrder::ByToken : KvOrder::ByHead),
      m_rotary(rotaryTable(model.config(), capacity, model.device())), m_prompts(static_cast<size_t>(slots)) {
    if (isPacked()) {
        m_packedPass.emplace(model, m_cache, m_rotary);
        return;
    }
    m_tensorPass.emplace(model, m_cache, m_rotary);
    m_rowPass.emplace(model, m_cache, m_rotary, threads);
}

// Of tokens that two prompts have in common, those whose keys may be copied.
std::int64_t ModelSource::copyable(std::int64_t common) const {
    if (!isPacked())
        return borderBefore(common);
    return common < kFirstPiece ? 0 : common;
}

std::int64_t ModelSource::endOfPiece(std::int64_t begin) const {
    return isPacked() ? begin + kPackedPiece : borderBehind(begin);
}

Status ModelSource::checkRoom(std::int64_t tokens) const {
    if (tokens <= m_cache.capacity())
        return {};
    return Error{ErrorCode::BadInput,
                 "A text has " + std::to_string(tokens) + " tokens and the cache holds " + std::to_string(m_cache.capacity()) + ".",
                 "Cut the contract into smaller windows."};
}

Status ModelSource::begin(std::int64_t slot, size_t, const TokenIds& prompt) {
    const c10::InferenceMode inference;
    const auto length = static_cast<std::int64_t>(prompt.size());
    CW_TRY(checkRoom(length));
    for (std::int64_t at = copyBeginning(slot, prompt), count = 0; at < length; at += count) {
        count = std::min(endOfPiece(at), length) - at;
        const TextPiece piece{slot, at, std::span(prompt).subspan(static_cast<size_t>(at), static_cast<size_t>(count))};
        if (isPacked())
            m_packedPass->run({&piece, 1});
        else
            m_tensorPass->run({&piece, 1}, /*wantsHidden=*/false);
        m_promptTokens += count;
    }
    m_prompts[static_cast<size_t>(slot)] = prompt;
    return {};
}

// What some slot has already, its own included; gives the tokens.
std::int64_t ModelSource::copyBeginning(std::int64_t slot, const TokenIds& prompt) {
    std::int64_t most = 0, donor = slot;
    for (std::int64_t other = 0; other < m_cache.slots(); ++other) {
        const TokenIds& known = m_prompts[static_cast<size_t>(other)];
        const auto common = std::ranges::mismatch(known, prompt).in1 - known.begin();
        const std::int64_t whole = copyable(common);
        if (whole > most || (whole == most && other == slot)) {
            most = whole;
            donor = other;
        }
    }
    if (donor != slot && most > 0)
        m_cache.copy(donor, slot, most);
    m_copiedTokens += most;
    return most;
}

Result<const float*> ModelSource::score(std::span<const PassRow> rows) {
    const c10::InferenceMode inference;
    for (const PassRow& row : rows)
        CW_TRY(checkRoom(row.keep + static_cast<std::int64_t>(row.tokens.size())));
    return isPacked() ? scorePacked(rows) : m_rowPass->run(rows);
}

// One copy of all logits into memory that the GPU writes to directly.
const float* ModelSource::scorePacked(std::span<const PassRow> rows) {
    std::vector<TextPiece> pieces;
    for (const PassRow& row : rows)
        pieces.push_back({row.slot, row.keep, row.tokens, row.scored});
    const at::Tensor logits = logitsOf(m_model.transformer(), m_packedPass->run(pieces));
    if (!m_logits.defined() || m_logits.size(0) < logits.size(0)) {
        const auto options = at::TensorOptions().dtype(at::kFloat).pinned_memory(logits.is_cuda());
        m_logits = at::empty(logits.sizes(), options);
    }
    m_logits.narrow(0, 0, logits.size(0)).copy_(logits);
    return m_logits.const_data_ptr<float>();
}

} // namespace cw
