// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/answer_writer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace cw {

namespace {

constexpr std::string_view kNull = "null";
constexpr std::string_view kValue = "{";

size_t commonBeginning(const TokenIds& a, const TokenIds& b) {
    return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

struct Cut {
    size_t count = 0; // tokens
    size_t bytes = 0;
};

size_t bytesOf(const Tokenizer& tokenizer, const TokenIds& tokens, size_t count) {
    size_t bytes = 0;
    for (size_t i = 0; i < count; ++i)
        bytes += tokenizer.tokenBytes(tokens[i]).size();
    return bytes;
}

// The fewest tokens that hold `bytes` bytes.
Cut cutBehind(const Tokenizer& tokenizer, const TokenIds& tokens, size_t bytes) {
    Cut cut;
    while (cut.count < tokens.size() && cut.bytes < bytes)
        cut.bytes += tokenizer.tokenBytes(tokens[cut.count++]).size();
    return cut;
}

// The most tokens that hold no more than `bytes` bytes.
Cut cutWithin(const Tokenizer& tokenizer, const TokenIds& tokens, size_t bytes) {
    Cut cut;
    for (; cut.count < tokens.size(); ++cut.count) {
        const size_t next = cut.bytes + tokenizer.tokenBytes(tokens[cut.count]).size();
        if (next > bytes)
            break;
        cut.bytes = next;
    }
    return cut;
}

// The name in front of the colon with which `text` ends.
std::string lastKey(std::string_view text) {
    text.remove_suffix(2); // ":
    return std::string(text.substr(text.rfind('"') + 1));
}

} // namespace

AnswerWriter::AnswerWriter(AnswerConstraint constraint, const Tokenizer& tokenizer, AnswerSettings settings)
    : m_constraint(std::move(constraint)), m_tokenizer(tokenizer), m_settings(std::move(settings)),
      m_spelling(tokenizer, m_constraint.grammar().trie()), m_rng(m_settings.sampling.seed, "answer"), m_budget(m_constraint.budgetLeft()) {
    settle();
    propose();
}

Status AnswerWriter::take(std::span<const float* const> rows) {
    assert(!isEnded() && rows.size() == m_proposal.draft.size() + 1);
    ++m_counts.passes;
    m_fed.resize(m_proposal.keep);
    m_fed.insert(m_fed.end(), m_proposal.certain.begin(), m_proposal.certain.end());
    const size_t certain = m_fed.size();
    if (certain < m_tokens.size()) { // forced tokens are fed one by one: there is nothing to choose yet
        propose();
        return {};
    }
    m_fed.insert(m_fed.end(), m_proposal.draft.begin(), m_proposal.draft.end());
    m_counts.drafted += static_cast<std::int64_t>(m_proposal.draft.size());
    // Each choice brings bytes, so while the text is a beginning of what was fed there is a row behind its end.
    do {
        const std::span logits(rows[m_tokens.size() - certain], static_cast<size_t>(m_tokenizer.vocabSize()));
        CW_TRY(checkFinite(logits));
        decide(logits);
    } while (!isEnded() && m_tokens.size() <= m_fed.size() && std::equal(m_tokens.begin(), m_tokens.end(), m_fed.begin()));
    m_counts.accepted += static_cast<std::int64_t>(std::max(commonBeginning(m_fed, m_tokens), certain) - certain);
    propose();
    return {};
}

// After each choice: writes what is forced, up to the next place where the logits must say how it goes on.
void AnswerWriter::settle() {
    m_cell.reset();
    for (;;) {
        if (m_constraint.isComplete()) {
            finish();
            return;
        }
        const std::string forced = m_constraint.forcedBytes();
        const size_t end = m_text.size() + forced.size();
        if (end == m_forcedTo) // its last tokens were held back
            return;
        m_forcedTo = end;
        if (standAtCell(forced) || forced.empty())
            return;
        writeForced(forced);
    }
}

// Spells the answer anew with the forced bytes, all but the last tokens if an allowed token could span their end: those are left to the
// next choices. Within a tight budget, or where this would undo a choice, nothing is written and all is left to them.
void AnswerWriter::writeForced(const std::string& forced) {
    const std::string text = m_text + forced;
    const auto tokens = m_spelling.spell(text, m_text.size());
    if (!tokens)
        return;
    const Cut cut = cutWithin(m_tokenizer, *tokens, m_text.size() + m_constraint.firstSpan(forced));
    if (cut.bytes >= m_text.size())
        moveTo(*tokens, cut.count, text, cut.bytes);
}

// If there is a cell behind the forced bytes: writes what both its ways have in common, and gives true.
bool AnswerWriter::standAtCell(const std::string& forced) {
    if (!bytesToCell())
        return false;
    const std::string known = m_text + forced;
    auto null = wayOf(known, kNull), value = wayOf(known, kValue);
    if (!null || !value)
        return false;
    const size_t common = commonBeginning(null->tokens, value->tokens);
    const size_t bytes = bytesOf(m_tokenizer, null->tokens, common);
    if (bytes < m_text.size() || !moveTo(null->tokens, common, known, bytes))
        return false;
    m_cell = Cell{lastKey(known), known.size(), std::move(*null), std::move(*value)};
    return true;
}

// The way that begins with `opening` behind the known bytes; nothing if it would not fit the budget.
std::optional<AnswerWriter::Way> AnswerWriter::wayOf(const std::string& known, std::string_view opening) {
    const AnswerConstraint::Place before = m_constraint.place();
    std::string text = known;
    text += opening;
    m_constraint.follow(std::string_view(text).substr(m_text.size()));
    text += m_constraint.forcedBytes();
    m_constraint.goBack(before);
    auto tokens = m_spelling.spell(text, m_text.size());
    if (!tokens)
        return std::nullopt;
    const Cut cut = cutBehind(m_tokenizer, *tokens, known.size() + opening.size());
    if (cut.count > m_budget)
        return std::nullopt;
    m_constraint.follow(std::string_view(text).substr(m_text.size(), cut.bytes - m_text.size()));
    m_constraint.setBudgetLeft(m_budget - static_cast<std::uint32_t>(cut.count));
    const bool fits = m_constraint.canFinish();
    m_constraint.goBack(before);
    if (!fits)
        return std::nullopt;
    return Way{std::move(text), std::move(*tokens), cut.count, cut.bytes};
}

// The answer is now the first `count` tokens, which spell the first `bytes` of `text`. False, and nothing has changed, if the budget
// would not hold the rest.
bool AnswerWriter::moveTo(const TokenIds& tokens, size_t count, const std::string& text, size_t bytes) {
    if (count > m_budget)
        return false;
    const AnswerConstraint::Place before = m_constraint.place();
    m_constraint.follow(std::string_view(text).substr(m_text.size(), bytes - m_text.size()));
    m_constraint.setBudgetLeft(m_budget - static_cast<std::uint32_t>(count));
    if (!m_constraint.canFinish()) {
        m_constraint.goBack(before);
        return false;
    }
    m_counts.forced += static_cast<std::int64_t>(count) - static_cast<std::int64_t>(m_tokens.size());
    m_text.assign(text, 0, bytes);
    m_tokens.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(count));
    return true;
}

// The end token needs no logits. The text stands; its tokens are the tokenizer's, if the budget holds them.
void AnswerWriter::finish() {
    if (const auto tokens = m_spelling.spell(m_text, m_text.size()); tokens && tokens->size() < m_budget) {
        m_tokens = *tokens;
        m_constraint.setBudgetLeft(m_budget - static_cast<std::uint32_t>(m_tokens.size()));
    }
    m_constraint.acceptEnd();
}

void AnswerWriter::decide(std::span<const float> logits) {
    if (m_cell)
        decideCell(logits);
    else
        decideToken(logits);
    settle();
}

void AnswerWriter::decideCell(std::span<const float> logits) {
    const TokenMask& allowed = m_constraint.allowed();
    measure(logits, allowed);
    const Way& way = preferValue(logits, sidesOfCell(allowed), m_cell->key) ? m_cell->value : m_cell->null;
    [[maybe_unused]] const bool hasMoved = moveTo(way.tokens, way.committed, way.text, way.bytes);
    assert(hasMoved); // it was tried
}

void AnswerWriter::decideToken(std::span<const float> logits) {
    const TokenMask& allowed = m_constraint.allowed();
    measure(logits, allowed);
    const auto shared = bytesToCell();
    const std::int64_t token = shared ? tokenAtCell(logits, allowed, *shared) : choose(logits, allowed);
    const std::string_view bytes = m_tokenizer.tokenBytes(token);
    m_constraint.accept(token, bytes);
    m_tokens.push_back(token);
    m_text += bytes;
}

// Where the budget is too tight to write what is forced, a token may bring it and decide the cell behind it too: then null and a value are
// compared first. A token that can't be compared with one of the other side waits until both can be chosen, as long as there is another.
std::int64_t AnswerWriter::tokenAtCell(std::span<const float> logits, const TokenMask& allowed, size_t shared) {
    const Sides sides = sidesBehind(shared, allowed);
    const bool isChoice = sides.null.count() > 0 && sides.value.count() > 0;
    if (sides.before.count() > 0) {
        const std::int64_t token = choose(logits, isChoice ? allowed : sides.before);
        if (sides.before.test(token))
            return token;
    }
    if (!isChoice)
        return choose(logits, allowed);
    const std::string key = lastKey(m_text + m_constraint.forcedBytes());
    return choose(logits, preferValue(logits, sides, key) ? sides.value : sides.null);
}

// The forced bytes in front of a cell; nothing where they lead to none.
std::optional<size_t> AnswerWriter::bytesToCell() {
    const AnswerConstraint::Place before = m_constraint.place();
    const std::string forced = m_constraint.forcedBytes();
    m_constraint.follow(forced);
    const bool isCell = m_constraint.isAtCell();
    m_constraint.goBack(before);
    return isCell ? std::optional(forced.size()) : std::nullopt;
}

bool AnswerWriter::preferValue(std::span<const float> logits, const Sides& sides, const std::string& key) {
    const auto bias = m_settings.valueBias.find(key);
    const double margin = logSumExp(logits, sides.value) - logSumExp(logits, sides.null) +
                          (bias == m_settings.valueBias.end() ? 0.0 : static_cast<double>(bias->second));
    m_margins[key] = margin;
    const float both[] = {0, static_cast<float>(margin)};
    return chooseToken(both, nullptr, m_settings.sampling, draw()) == 1;
}

// Tokens that run beyond the place where the ways part belong to the way that they take. One that ends before it could become either: it
// belongs to the way that is spelt with it, if one is.
AnswerWriter::Sides AnswerWriter::sidesOfCell(const TokenMask& allowed) const {
    Sides sides = sidesBehind(m_cell->choiceAt - m_text.size(), allowed);
    sides.null.set(m_cell->null.tokens[m_tokens.size()]);
    sides.value.set(m_cell->value.tokens[m_tokens.size()]);
    return sides;
}

// Tokens that run beyond the `shared` bytes which both ways begin with stand on one side, the others before the choice.
AnswerWriter::Sides AnswerWriter::sidesBehind(size_t shared, const TokenMask& allowed) const {
    const TokenMask none(m_tokenizer.vocabSize());
    Sides sides{none, none, none};
    allowed.forEach([&](std::int64_t id) {
        const std::string_view bytes = m_tokenizer.tokenBytes(id);
        (bytes.size() <= shared ? sides.before : bytes[shared] == kNull.front() ? sides.null : sides.value).set(id);
    });
    return sides;
}

void AnswerWriter::measure(std::span<const float> logits, const TokenMask& allowed) {
    ++m_counts.decisions;
    m_forbidden += forbiddenMass(logits, allowed);
}

void AnswerWriter::propose() {
    m_proposal = {};
    if (isEnded())
        return;
    // The row behind the last token is wanted, so that one is fed again where all are there.
    const size_t most = m_tokens.empty() ? 0 : m_tokens.size() - 1;
    m_proposal.keep = std::min(commonBeginning(m_fed, m_tokens), most);
    const auto begin = m_tokens.begin() + static_cast<std::ptrdiff_t>(m_proposal.keep);
    const bool goesByStep = !m_settings.jumpAhead && m_tokens.end() - begin > 1;
    m_proposal.certain.assign(begin, goesByStep ? begin + 1 : m_tokens.end());
    if (m_settings.drafting && !goesByStep)
        m_proposal.draft = draft();
}

// The tokens that come if the answer goes on as guessed.
TokenIds AnswerWriter::draft() {
    const std::string text = m_text + guess();
    if (text.size() == m_text.size())
        return {};
    const auto tokens = m_spelling.spell(text, m_text.size());
    if (!tokens)
        return {};
    const Cut cut = cutBehind(m_tokenizer, *tokens, m_text.size());
    if (cut.bytes != m_text.size())
        return {};
    const size_t end = std::min(tokens->size(), cut.count + m_settings.draftTokens);
    return {tokens->begin() + static_cast<std::ptrdiff_t>(cut.count), tokens->begin() + static_cast<std::ptrdiff_t>(end)};
}

// In front of a cell: null, and null in those behind it, since most clauses are absent from a window. Within a quote: the text goes on.
std::string AnswerWriter::guess() {
    constexpr size_t kBytesOfToken = 6; // more than most have
    const size_t most = kBytesOfToken * m_settings.draftTokens;
    if (!m_cell)
        return std::string(m_constraint.ahead(most));
    const AnswerConstraint::Place before = m_constraint.place();
    std::string text = m_constraint.forcedBytes();
    m_constraint.follow(text);
    while (text.size() < most && m_constraint.isAtCell()) {
        m_constraint.follow(kNull);
        const std::string forced = m_constraint.forcedBytes();
        m_constraint.follow(forced);
        (text += kNull) += forced;
    }
    m_constraint.goBack(before);
    return text;
}

} // namespace cw
