// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A model with its cache as a source of logits. A text's logits are the same bits whatever else is being written: prompts
// are read alone, in pieces whose borders are the same for all, and passes on the CPU compute row by row (see RowPass). On
// a GPU this doesn't hold to the last bit: sums depend on a batch's shape, and the logits are rounded to the model's dtype
// before they are handed on, in bf16 to steps of 1/8 at a logit of 20. What a new prompt has in common with one that is
// still in the cache is copied, whole pieces at a time. One thread.
#pragma once

#include "training/generate/kv_slots.h"
#include "training/generate/logits_source.h"
#include "training/generate/row_pass.h"
#include "training/generate/tensor_pass.h"

#include <optional>

namespace cw {

class ModelSource final : public LogitsSource {
public:
    // Borders of the pieces that a prompt is read in: the first one where the instruction's shared words end more or less, the
    // others far apart, since every piece reads all weights anew.
    static constexpr std::int64_t kFirstPiece = 256;
    static constexpr std::int64_t kPromptPiece = 1024;

    // Texts of at most `capacity` tokens, drafts included, in `slots` slots. `threads` of the CPU. The model must outlive
    // the source. Takes KvSlots::bytesFor() of memory.
    ModelSource(const ServingModel& model, std::int64_t slots, std::int64_t capacity, int threads);

    std::int64_t rowWidth() const override { return m_model.config().vocabulary; }
    Status begin(std::int64_t slot, size_t job, const TokenIds& prompt) override;
    Result<const float*> score(std::span<const PassRow> rows) override;
    void release(std::int64_t) override {} // its keys may still serve the next prompt

    // Prompt tokens read and those that were copied instead, so far.
    std::int64_t promptTokens() const { return m_promptTokens; }
    std::int64_t copiedTokens() const { return m_copiedTokens; }

private:
    const float* scoreOnDevice(std::span<const PassRow> rows);
    std::int64_t copyBeginning(std::int64_t slot, const TokenIds& prompt);
    Status checkRoom(std::int64_t tokens) const;

    const ServingModel& m_model;
    KvSlots m_cache;
    RotaryTable m_rotary;
    TensorPass m_tensorPass;
    std::optional<RowPass> m_rowPass; // on the CPU
    std::vector<TokenIds> m_prompts;  // by slot: whose keys stand at its beginning
    at::Tensor m_logits;              // of the last pass on another device
    std::int64_t m_promptTokens = 0;
    std::int64_t m_copiedTokens = 0;
};

} // namespace cw
