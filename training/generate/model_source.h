// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A model with its cache as a source of logits. A text's logits are the same bits whatever else is being written: prompts
// are read alone, in pieces whose borders are the same for all, and passes on the CPU compute row by row (see RowPass). On
// a GPU this doesn't hold to the last bit: sums depend on a batch's shape (see PackedPass). What a new prompt has in common
// with one that is still in the cache is copied, on the CPU whole pieces at a time. One thread.
#pragma once

#include "training/generate/kv_slots.h"
#include "training/generate/logits_source.h"
#include "training/generate/packed_pass.h"
#include "training/generate/row_pass.h"
#include "training/generate/tensor_pass.h"

#include <optional>

namespace cw {

enum class PassForm {
    ByRow, // the CPU's: prompts by TensorPass, answers by RowPass
    Packed // a GPU's
};

class ModelSource final : public LogitsSource {
public:
    // Borders of the pieces that a prompt is read in: the first one where the instruction's shared words end more or less, the
    // others far apart, since every piece reads all weights anew.
    static constexpr std::int64_t kFirstPiece = 256;
    static constexpr std::int64_t kPromptPiece = 1024;
    // Of a packed pass: enough rows to keep a GPU's matrix units busy. Less than kFirstPiece is not worth copying.
    static constexpr std::int64_t kPackedPiece = 4096;

    // Texts of at most `capacity` tokens, drafts included, in `slots` slots. `threads` of the CPU. The model must outlive
    // the source. Takes KvSlots::bytesFor() of memory. Without `form` the device decides.
    ModelSource(const ServingModel& model, std::int64_t slots, std::int64_t capacity, int threads,
                std::optional<PassForm> form = std::nullopt);

    std::int64_t rowWidth() const override { return m_model.config().vocabulary; }
    Status begin(std::int64_t slot, size_t job, const TokenIds& prompt) override;
    Result<const float*> score(std::span<const PassRow> rows) override;
    void release(std::int64_t) override {} // its keys may still serve the next prompt

    // Prompt tokens read and those that were copied instead, so far.
    std::int64_t promptTokens() const { return m_promptTokens; }
    std::int64_t copiedTokens() const { return m_copiedTokens; }

private:
    bool isPacked() const { return m_form == PassForm::Packed; }
    std::int64_t copyable(std::int64_t common) const;
    std::int64_t endOfPiece(std::int64_t begin) const;
    const float* scorePacked(std::span<const PassRow> rows);
    std::int64_t copyBeginning(std::int64_t slot, const TokenIds& prompt);
    Status checkRoom(std::int64_t tokens) const;

    const ServingModel& m_model;
    PassForm m_form;
    KvSlots m_cache;
    RotaryTable m_rotary;
    std::optional<TensorPass> m_tensorPass; // by row
    std::optional<RowPass> m_rowPass;
    std::optional<PackedPass> m_packedPass;
    std::vector<TokenIds> m_prompts; // by slot: whose keys stand at its beginning
    at::Tensor m_logits;             // f32 on the CPU, of the last packed pass; room for more rows than it had
    std::int64_t m_promptTokens = 0;
    std::int64_t m_copiedTokens = 0;
};

} // namespace cw
