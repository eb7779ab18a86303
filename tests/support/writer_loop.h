// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Carries between text writers and what gives logits, as the decoder does, and checks that both keep to their agreement.
#pragma once

#include "core/base/rng.h"
#include "training/generate/logits_source.h"
#include "training/generate/text_writer.h"

#include <QByteArray>

#include <functional>

namespace cw::test {

// A row of logits behind a text's tokens.
using LogitsOf = std::function<const float*(const TokenIds&)>;

struct LoopCounts {
    std::int64_t passes = 0;
    std::int64_t fed = 0;       // tokens
    std::int64_t takenBack = 0; // of those
};

// Empty if what the writer proposes is possible behind `fed` tokens.
inline QByteArray proposalFault(const Proposal& proposal, size_t fed, bool isFirst) {
    if (proposal.keep > fed)
        return "keeps more than was fed";
    if (proposal.certain.empty() && !isFirst)
        return "brings nothing that is certain";
    return {};
}

// Writes one text to its end. Empty, or what was wrong.
inline QByteArray writeText(TextWriter& writer, const LogitsOf& logits, LoopCounts& counts) {
    TokenIds fed;
    while (!writer.isEnded()) {
        const Proposal proposal = writer.proposal();
        if (const QByteArray fault = proposalFault(proposal, fed.size(), counts.passes == 0); !fault.isEmpty())
            return fault;
        ++counts.passes;
        counts.takenBack += static_cast<std::int64_t>(fed.size() - proposal.keep);
        counts.fed += static_cast<std::int64_t>(proposal.certain.size() + proposal.draft.size());
        fed.resize(proposal.keep);
        fed.insert(fed.end(), proposal.certain.begin(), proposal.certain.end());
        std::vector<const float*> rows = {logits(fed)};
        for (const std::int64_t token : proposal.draft) {
            fed.push_back(token);
            rows.push_back(logits(fed));
        }
        if (const Status taken = writer.take(rows); !taken)
            return QByteArray::fromStdString(taken.error().message());
    }
    return {};
}

// Writes texts side by side, each behind its prompt; a text's number is its job and its slot.
inline Status writeTexts(const std::vector<TextWriter*>& writers, const std::vector<TokenIds>& prompts, LogitsSource& source, LoopCounts& counts) {
    std::vector<std::int64_t> read; // of each text's tokens, the prompt's last one not yet
    for (size_t i = 0; i < writers.size(); ++i) {
        CW_TRY(source.begin(static_cast<std::int64_t>(i), i, prompts[i]));
        read.push_back(static_cast<std::int64_t>(prompts[i].size()) - 1);
    }
    for (;;) {
        std::vector<PassRow> rows;
        std::vector<size_t> writerOf;
        for (size_t i = 0; i < writers.size(); ++i) {
            if (writers[i]->isEnded())
                continue;
            const Proposal& proposal = writers[i]->proposal();
            const bool isFirst = read[i] < static_cast<std::int64_t>(prompts[i].size());
            PassRow row{static_cast<std::int64_t>(i), isFirst ? read[i] : static_cast<std::int64_t>(prompts[i].size() + proposal.keep), {}, 1};
            if (isFirst)
                row.tokens.push_back(prompts[i].back());
            row.tokens.insert(row.tokens.end(), proposal.certain.begin(), proposal.certain.end());
            row.tokens.insert(row.tokens.end(), proposal.draft.begin(), proposal.draft.end());
            row.scored = static_cast<std::int64_t>(proposal.draft.size()) + 1;
            counts.takenBack += read[i] - row.keep;
            counts.fed += static_cast<std::int64_t>(row.tokens.size());
            read[i] = row.keep + static_cast<std::int64_t>(row.tokens.size());
            rows.push_back(std::move(row));
            writerOf.push_back(i);
        }
        if (rows.empty())
            return {};
        ++counts.passes;
        CW_TRY_ASSIGN(logits, source.score(rows));
        for (size_t i = 0; i < rows.size(); ++i) {
            std::vector<const float*> ofText;
            for (std::int64_t scored = 0; scored < rows[i].scored; ++scored, logits += source.rowWidth())
                ofText.push_back(logits);
            CW_TRY(writers[writerOf[i]]->take(ofText));
            if (writers[writerOf[i]]->isEnded())
                source.release(rows[i].slot);
        }
    }
}

// Logits that look random and depend on the tokens so far alone, all of them.
class NoiseLogits {
public:
    explicit NoiseLogits(std::int64_t vocabSize, std::uint64_t seed) : m_noise(static_cast<size_t>(vocabSize) + kPlaces), m_seed(seed) {
        Rng rng(seed, "noise");
        for (float& value : m_noise)
            value = static_cast<float>(4 * rng.uniform());
    }
    const float* operator()(const TokenIds& tokens) const {
        std::uint64_t hash = m_seed;
        for (const std::int64_t token : tokens)
            hash = Rng(hash ^ static_cast<std::uint64_t>(token)).next();
        return m_noise.data() + hash % kPlaces;
    }

private:
    static constexpr size_t kPlaces = 1 << 20;
    std::vector<float> m_noise;
    std::uint64_t m_seed;
};

} // namespace cw::test
