// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/decoder.h"

#include <algorithm>

namespace cw {

struct Decoder::Text {
    DecodeJob job;
    std::int64_t slot = 0;
    std::int64_t fed = 0; // tokens that the source has

    // The prompt's last token begins the first pass, so that its logits come from the same computation as all others.
    std::int64_t promptKept() const { return static_cast<std::int64_t>(job.prompt.size()) - 1; }

    PassRow row() const {
        const Proposal& proposal = job.writer->proposal();
        PassRow row{slot, promptKept(), {}, 1 + static_cast<std::int64_t>(proposal.draft.size())};
        if (fed == promptKept())
            row.tokens.push_back(job.prompt.back());
        else
            row.keep += 1 + static_cast<std::int64_t>(proposal.keep);
        row.tokens.insert(row.tokens.end(), proposal.certain.begin(), proposal.certain.end());
        row.tokens.insert(row.tokens.end(), proposal.draft.begin(), proposal.draft.end());
        return row;
    }
};

Result<bool> Decoder::run(const DecodeQueue& queue, std::int64_t slots) {
    Texts texts(static_cast<size_t>(slots));
    for (;;) {
        if (queue.shouldStop && queue.shouldStop())
            return false;
        CW_TRY(fillSlots(queue, texts));
        if (std::ranges::none_of(texts, [](const auto& text) { return text.has_value(); }))
            return true;
        CW_TRY(pass(texts));
        CW_TRY(handOver(queue, texts));
    }
}

Status Decoder::fillSlots(const DecodeQueue& queue, Texts& texts) {
    for (size_t slot = 0; slot < texts.size(); ++slot) {
        if (texts[slot])
            continue;
        CW_TRY_ASSIGN(job, queue.next());
        if (!job)
            return {};
        Text text{std::move(*job), static_cast<std::int64_t>(slot), 0};
        text.fed = text.promptKept();
        CW_TRY(m_source.begin(text.slot, text.job.id, TokenIds(text.job.prompt.begin(), text.job.prompt.end() - 1)));
        texts[slot] = std::move(text);
    }
    return {};
}

Status Decoder::pass(Texts& texts) {
    std::vector<PassRow> rows;
    for (const auto& text : texts)
        if (text)
            rows.push_back(text->row());
    CW_TRY_ASSIGN(logits, m_source.score(rows));
    ++m_counts.passes;
    auto row = rows.begin();
    for (auto& text : texts) {
        if (!text)
            continue;
        std::vector<const float*> scored;
        for (std::int64_t i = 0; i < row->scored; ++i, logits += m_source.rowWidth())
            scored.push_back(logits);
        text->fed = row->keep + static_cast<std::int64_t>(row->tokens.size());
        m_counts.fedTokens += static_cast<std::int64_t>(row->tokens.size());
        CW_TRY(text->job.writer->take(scored));
        ++row;
    }
    return {};
}

Status Decoder::handOver(const DecodeQueue& queue, Texts& texts) {
    for (auto& text : texts) {
        if (!text || !text->job.writer->isEnded())
            continue;
        m_source.release(text->slot);
        ++m_counts.texts;
        m_counts.newTokens += text->job.writer->newTokens();
        const DecodeJob ended = std::move(text->job);
        text.reset();
        CW_TRY(queue.done(ended));
    }
    return {};
}

} // namespace cw
