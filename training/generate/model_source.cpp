// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/model_source.h"

#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>
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

} // namespace

ModelSource::ModelSource(const ServingModel& model, std::int64_t slots, std::int64_t capacity, int threads)
    : m_model(model), m_cache(model.config(), model.dtype(), model.device(), slots, capacity),
      m_rotary(rotaryTable(model.config(), capacity, model.device())), m_tensorPass(model, m_cache, m_rotary),
      m_prompts(static_cast<size_t>(slots)) {
    if (model.device().is_cpu())
        m_rowPass.emplace(model, m_cache, m_rotary, threads);
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
    for (std::int64_t at = copyBeginning(slot, prompt); at < length; at = borderBehind(at)) {
        const std::int64_t count = std::min(borderBehind(at), length) - at;
        const TextPiece piece{slot, at, std::span(prompt).subspan(static_cast<size_t>(at), static_cast<size_t>(count))};
        m_tensorPass.run({&piece, 1}, /*wantsHidden=*/false);
        m_promptTokens += count;
    }
    m_prompts[static_cast<size_t>(slot)] = prompt;
    return {};
}

// The pieces that some slot has already, its own included; gives their tokens.
std::int64_t ModelSource::copyBeginning(std::int64_t slot, const TokenIds& prompt) {
    std::int64_t most = 0, donor = slot;
    for (std::int64_t other = 0; other < m_cache.slots(); ++other) {
        const TokenIds& known = m_prompts[static_cast<size_t>(other)];
        const auto common = std::ranges::mismatch(known, prompt).in1 - known.begin();
        const std::int64_t whole = borderBefore(common);
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
    return m_rowPass ? m_rowPass->run(rows) : scoreOnDevice(rows);
}

const float* ModelSource::scoreOnDevice(std::span<const PassRow> rows) {
    std::vector<TextPiece> pieces;
    TokenIds scored; // their rows
    std::int64_t end = 0;
    for (const PassRow& row : rows) {
        pieces.push_back({row.slot, row.keep, row.tokens});
        end += static_cast<std::int64_t>(row.tokens.size());
        for (std::int64_t i = end - row.scored; i < end; ++i)
            scored.push_back(i);
    }
    const at::Tensor hidden = m_tensorPass.run(pieces, /*wantsHidden=*/true);
    const at::Tensor index = at::tensor(scored, at::kLong).to(m_model.device());
    m_logits = m_model.transformer().logits(at::index_select(hidden, 0, index)).to(at::kCPU, at::kFloat).contiguous();
    return m_logits.const_data_ptr<float>();
}

} // namespace cw
