// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Writes an answer under its grammar: what is forced is spelt as the tokenizer spells it and costs no decision, each clause is asked once
// whether it is null, and what a quote will probably bring is proposed beforehand. The text is always canonical JSON (V4) within its
// budget. What is chosen depends on the logits and the sampling's seed alone, never on how the proposals were cut. One thread.
#pragma once

#include "training/generate/answer_constraint.h"
#include "training/generate/answer_spelling.h"
#include "training/generate/sampling.h"
#include "training/generate/text_writer.h"

#include "core/base/rng.h"

#include <map>
#include <optional>
#include <string>

namespace cw {

struct AnswerSettings {
    bool jumpAhead = true;      // false: forced tokens are fed one a pass
    bool drafting = true;
    size_t draftTokens = 32;    // the most of a proposal
    SamplingSettings sampling = {};
    std::map<std::string, float, std::less<>> valueBias = {}; // nats in favour of a value, by clause key; none: 0
};

struct AnswerCounts {
    std::int64_t passes = 0;
    std::int64_t decisions = 0; // that logits were asked for
    std::int64_t forced = 0;    // tokens that came by themselves
    std::int64_t drafted = 0;
    std::int64_t accepted = 0;  // of the drafted ones
};

class AnswerWriter final : public TextWriter {
public:
    // The tokenizer must be the grammar's and outlive the writer. `constraint` stands at the answer's beginning.
    AnswerWriter(AnswerConstraint constraint, const Tokenizer& tokenizer, AnswerSettings settings = {});

    const Proposal& proposal() const override { return m_proposal; }
    Status take(std::span<const float* const> rows) override;
    bool isEnded() const override { return m_constraint.isEnded(); }
    const TokenIds& tokens() const override { return m_tokens; }
    std::int64_t newTokens() const override { return static_cast<std::int64_t>(m_tokens.size()) + (isEnded() ? 1 : 0); }
    bool isComplete() const override { return isEnded(); }

    // By clause key: by how many nats a value was likelier than null, the bias included; above 0 a value was written, unless it was drawn
    // (temperature). A clause for which the budget left null alone has none; whatever token brings a value, it was compared.
    const std::map<std::string, double>& margins() const { return m_margins; }
    // The probability that the grammar took away, the mean of all decisions.
    double interference() const { return m_counts.decisions > 0 ? m_forbidden / static_cast<double>(m_counts.decisions) : 0; }
    const AnswerCounts& counts() const { return m_counts; }

private:
    // One of the two ways on from a cell, spelt as far as its bytes are forced.
    struct Way {
        std::string text; // the whole answer so far
        TokenIds tokens;
        size_t committed = 0; // of them, those with which the choice is made
        size_t bytes = 0;     // of the text up to there
    };
    // A choice between null and a value that is due, where the two spellings part.
    struct Cell {
        std::string key;
        size_t choiceAt = 0; // byte of the answer at which the two differ
        Way null, value;
    };
    struct Sides {
        TokenMask null, value, before; // before: tokens that end before the two part
    };

    void settle();
    void writeForced(const std::string& forced);
    bool standAtCell(const std::string& forced);
    std::optional<Way> wayOf(const std::string& known, std::string_view opening);
    bool moveTo(const TokenIds& tokens, size_t count, const std::string& text, size_t bytes);
    void finish();

    void decide(std::span<const float> logits);
    void decideCell(std::span<const float> logits);
    void decideToken(std::span<const float> logits);
    std::int64_t tokenAtCell(std::span<const float> logits, const TokenMask& allowed, size_t shared);
    std::int64_t choose(std::span<const float> logits, const TokenMask& among) { return chooseToken(logits, &among, m_settings.sampling, draw()); }
    bool preferValue(std::span<const float> logits, const Sides& sides, const std::string& key);
    Sides sidesOfCell(const TokenMask& allowed) const;
    Sides sidesBehind(size_t shared, const TokenMask& allowed) const;
    std::optional<size_t> bytesToCell();
    void measure(std::span<const float> logits, const TokenMask& allowed);
    double draw() { return m_settings.sampling.temperature > 0 ? m_rng.uniform() : 0; }

    void propose();
    TokenIds draft();
    std::string guess();

    AnswerConstraint m_constraint;
    const Tokenizer& m_tokenizer;
    AnswerSettings m_settings;
    AnswerSpelling m_spelling;
    Rng m_rng;
    std::uint32_t m_budget;

    std::string m_text; // what m_tokens spell; the constraint stands behind it
    TokenIds m_tokens;
    TokenIds m_fed; // what the source has read of the answer
    size_t m_forcedTo = 0; // forced bytes up to here have been written, or left to the next choices
    std::optional<Cell> m_cell;
    Proposal m_proposal;

    std::map<std::string, double> m_margins;
    double m_forbidden = 0;
    AnswerCounts m_counts;
};

} // namespace cw
