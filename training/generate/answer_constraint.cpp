// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/answer_constraint.h"

#include "core/text/quote.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cw {

namespace {

constexpr std::uint32_t kUnlimited = UINT32_MAX;

} // namespace

Result<AnswerConstraint> AnswerConstraint::create(std::shared_ptr<Grammar> grammar, std::string_view windowText, std::uint32_t budget,
                                                  std::int64_t endId) {
    const std::uint32_t least = grammar->tokensToFinish(Grammar::kStart);
    if (least > budget)
        return Error{ErrorCode::BadInput,
                     "An answer without any finding takes " + std::to_string(least) + " tokens, and " + std::to_string(budget) +
                         " are allowed.",
                     "Allow more new tokens, ask for fewer clause types, or cut the contract into smaller windows."};
    auto text = std::make_unique<QuoteIndex>(normalizeQuote(windowText), grammar->trie().spellable());
    if (!text->hasQuoteBehind(0))
        return Error{ErrorCode::BadInput, "The window holds no text that could be quoted.", "Look at the contract's text."};
    return AnswerConstraint(std::move(grammar), std::move(text), budget, endId);
}

AnswerConstraint::AnswerConstraint(std::shared_ptr<Grammar> grammar, std::unique_ptr<QuoteIndex> text, std::uint32_t budget,
                                   std::int64_t endId)
    : m_grammar(std::move(grammar)), m_text(std::move(text)), m_left(budget), m_endId(endId), m_chosen(1),
      m_quoteStart(std::make_unique<QuoteStart>(*m_text, m_grammar->trie())), m_mask(m_grammar->trie().vocabSize()) {
    m_state = at(Grammar::kStart, m_state);
}

const TokenMask& AnswerConstraint::allowed() {
    if (isComplete()) {
        m_mask.clear();
        m_mask.set(m_endId);
        return m_mask;
    }
    const std::uint32_t behind = m_left - 1; // left once the token is written
    const bool isTight = behind < m_grammar->mostTokensToFinish(m_state.node);
    if (m_state.phase == Phase::Static && !isTight && m_grammar->staticMask(m_state.node).intoText.empty())
        return m_grammar->staticMask(m_state.node).allowed;
    const auto chosen = static_cast<std::uint32_t>(m_chosen.size());
    fillMask(isTight ? behind : kUnlimited);
    forgetTried(chosen);
    return m_mask;
}

// Quotes that a walk closed, behind the first `chosen` of them.
void AnswerConstraint::forgetTried(std::uint32_t chosen) {
    m_chosen.resize(chosen);
    m_nameIndexes.erase(m_nameIndexes.lower_bound(chosen), m_nameIndexes.end());
}

void AnswerConstraint::fillMask(std::uint32_t behind) {
    if (m_state.phase != Phase::Static || behind != kUnlimited) {
        m_mask.clear();
        const bool isStart = m_state.phase == Phase::Body && m_state.cursor.depth == 0 && !m_state.isName;
        if (isStart && behind == kUnlimited)
            fillQuoteStart();
        else
            walk(VocabularyTrie::kRoot, m_state, behind);
        return;
    }
    const Grammar::StaticMask& mask = m_grammar->staticMask(m_state.node);
    m_mask = mask.allowed;
    for (const auto& [tree, node] : mask.intoText)
        walk(tree, at(node, m_state), behind);
}

void AnswerConstraint::fillQuoteStart() {
    const VocabularyTrie& trie = m_grammar->trie();
    m_quoteStart->fill(m_mask, m_state.floor);
    State state = m_state;
    for (const QuoteStart::Closing& closing : m_quoteStart->closings()) {
        if (m_text->lastPlace(closing.cursor) < m_state.floor)
            continue;
        state.cursor = closing.cursor;
        walkInto(trie.child(closing.tree, '"'), state, kUnlimited);
    }
}

void AnswerConstraint::accept(std::int64_t token, std::string_view bytes) {
    assert(m_left > 0 && !m_ended);
    --m_left;
    if (isComplete()) {
        assert(token == m_endId);
        m_ended = token == m_endId;
        return;
    }
    for (const char byte : bytes) {
        [[maybe_unused]] const bool isTaken = step(m_state, static_cast<std::uint8_t>(byte));
        assert(isTaken);
    }
}

// Adds to the mask every token below `tree` that `state` can take and still finish with `behind` tokens.
void AnswerConstraint::walk(VocabularyTrie::NodeId tree, const State& state, std::uint32_t behind) {
    if (state.phase == Phase::Body) {
        State string = state;
        walkString(tree, state.cursor, string, behind);
        return;
    }
    const VocabularyTrie::Node& node = m_grammar->trie().node(tree);
    for (std::uint32_t i = 0; i < node.childCount; ++i)
        walkInto(node.firstChild + i, state, behind);
}

// Within a string the text says which bytes may come: few, where the vocabulary has many. `state` is the string's, whatever its cursor.
void AnswerConstraint::walkString(VocabularyTrie::NodeId tree, const QuoteCursor& cursor, State& state, std::uint32_t behind) {
    const VocabularyTrie& trie = m_grammar->trie();
    if (trie.node(tree).childCount == 0)
        return;
    if (const VocabularyTrie::NodeId closing = cursor.canClose() ? trie.child(tree, '"') : VocabularyTrie::kRoot;
        closing != VocabularyTrie::kRoot) {
        state.cursor = cursor;
        walkInto(closing, state, behind);
    }
    state.index->forEachStep(trie, tree, cursor, state.floor, [&](VocabularyTrie::NodeId child, const QuoteCursor& next) {
        state.cursor = next;
        addTokens(child, state, behind);
        walkString(child, next, state, behind);
    });
}

void AnswerConstraint::walkInto(VocabularyTrie::NodeId child, State state, std::uint32_t behind) {
    if (child == VocabularyTrie::kRoot || !step(state, m_grammar->trie().node(child).byte))
        return;
    addTokens(child, state, behind);
    walk(child, state, behind);
}

// The tokens that end at `tree`, if what is left behind them is enough.
void AnswerConstraint::addTokens(VocabularyTrie::NodeId tree, const State& state, std::uint32_t behind) {
    if (m_grammar->trie().node(tree).tokenCount > 0 && (behind == kUnlimited || tokensToFinish(state) <= behind))
        for (const std::int32_t token : m_grammar->trie().tokens(tree))
            m_mask.set(token);
}

AnswerConstraint::Place AnswerConstraint::place() const {
    Place place;
    place.state = m_state;
    place.left = m_left;
    place.chosen = static_cast<std::uint32_t>(m_chosen.size());
    return place;
}

void AnswerConstraint::goBack(const Place& place) {
    assert(!m_ended && place.chosen <= m_chosen.size());
    m_state = place.state;
    m_left = place.left;
    forgetTried(place.chosen);
}

bool AnswerConstraint::follow(std::string_view bytes) {
    const Place before = place();
    for (const char byte : bytes)
        if (!step(m_state, static_cast<std::uint8_t>(byte))) {
            goBack(before);
            return false;
        }
    return true;
}

std::string AnswerConstraint::forcedBytes() {
    std::string bytes;
    State state = m_state;
    for (;;) {
        int only = -1;
        if (state.phase == Phase::Open) {
            only = '"';
        } else if (state.phase == Phase::Closed) {
            State another = state;
            only = openNextQuote(another) ? -1 : m_grammar->onlyByte(behindString(state));
        } else if (state.phase == Phase::Static) {
            only = m_grammar->onlyByte(state.node);
        }
        if (only < 0 || !step(state, static_cast<std::uint8_t>(only)))
            return bytes;
        bytes += static_cast<char>(only);
    }
}

bool AnswerConstraint::isAtCell() const {
    return m_state.phase == Phase::Static && m_grammar->next(m_state.node, 'n') >= 0 && m_grammar->next(m_state.node, '{') >= 0;
}

size_t AnswerConstraint::firstSpan(std::string_view forced) {
    const Place before = place();
    [[maybe_unused]] const bool isForced = follow(forced);
    assert(isForced);
    const State end = m_state;
    const VocabularyTrie& trie = m_grammar->trie();
    size_t at = forced.size() - std::min(forced.size(), VocabularyTrie::kMaxTokenBytes);
    for (; at < forced.size(); ++at) {
        VocabularyTrie::NodeId tree = VocabularyTrie::kRoot;
        size_t to = at;
        do
            tree = trie.child(tree, static_cast<std::uint8_t>(forced[to++]));
        while (tree != VocabularyTrie::kRoot && to < forced.size());
        if (tree != VocabularyTrie::kRoot && reachesToken(tree, end))
            break;
    }
    goBack(before);
    return at;
}

// Whether some token below `tree` can come from `state` on.
bool AnswerConstraint::reachesToken(VocabularyTrie::NodeId tree, const State& state) {
    const VocabularyTrie::Node& node = m_grammar->trie().node(tree);
    for (std::uint32_t i = 0; i < node.childCount; ++i) {
        const VocabularyTrie::NodeId child = node.firstChild + i;
        State next = state;
        if (step(next, m_grammar->trie().node(child).byte) && (m_grammar->trie().node(child).tokenCount > 0 || reachesToken(child, next)))
            return true;
    }
    return false;
}

std::string_view AnswerConstraint::ahead(size_t most) const {
    return m_state.phase == Phase::Body ? m_state.index->ahead(m_state.cursor, m_state.floor, most) : std::string_view();
}

// The state on arrival at a node of the grammar.
AnswerConstraint::State AnswerConstraint::at(int node, State state) {
    state.node = node;
    state.phase = m_grammar->awaitsText(node) ? Phase::Open : Phase::Static;
    if (state.phase == Phase::Static)
        return state;
    state.isName = m_grammar->behindName(node) >= 0;
    state.floor = 0;
    if (!state.isName) {
        state.quotes = 0;
        state.chosen = 0;
    }
    state.index = state.isName ? nameIndex(state.chosen) : m_text.get();
    return state;
}

bool AnswerConstraint::step(State& state, std::uint8_t byte) {
    switch (state.phase) {
    case Phase::Static:
        return stepStatic(state, state.node, byte);
    case Phase::Closed:
        return byte == ',' ? openNextQuote(state) : stepStatic(state, behindString(state), byte);
    case Phase::Open:
        state.phase = Phase::Body;
        state.cursor = state.index->begin();
        return byte == '"';
    case Phase::Body:
        break;
    }
    return stepString(state, byte);
}

bool AnswerConstraint::stepStatic(State& state, int node, std::uint8_t byte) {
    const int next = m_grammar->next(node, byte);
    if (next >= 0)
        state = at(next, state);
    return next >= 0;
}

bool AnswerConstraint::stepString(State& state, std::uint8_t byte) {
    if (byte != '"' || state.cursor.afterBackslash)
        return state.index->step(state.cursor, byte, state.floor);
    if (!state.cursor.canClose())
        return false;
    closeString(state);
    return true;
}

void AnswerConstraint::closeString(State& state) {
    if (state.isName) {
        state = at(behindString(state), state);
        return;
    }
    m_chosen.push_back({state.cursor, state.chosen});
    state.chosen = static_cast<std::uint32_t>(m_chosen.size() - 1);
    ++state.quotes;
    state.phase = Phase::Closed;
}

// A comma behind a quote: another one must follow, behind it in the text.
bool AnswerConstraint::openNextQuote(State& state) const {
    const std::uint32_t floor = m_text->firstEnd(state.cursor, state.floor);
    if (state.quotes >= kMaxQuotes || !m_text->hasQuoteBehind(floor))
        return false;
    state.floor = floor;
    state.phase = Phase::Open;
    return true;
}

int AnswerConstraint::behindString(const State& state) const {
    return state.isName ? m_grammar->behindName(state.node) : m_grammar->behindQuotes(state.node);
}

std::uint32_t AnswerConstraint::tokensToFinish(const State& state) const {
    if (state.phase == Phase::Static || state.phase == Phase::Open)
        return m_grammar->tokensToFinish(state.node);
    const std::uint32_t toClose = state.phase == Phase::Body ? state.index->bytesToClose(state.cursor) + 1 : 0;
    return toClose + m_grammar->tokensToFinish(behindString(state));
}

// An index over the quotes of the list that ends with `chosen`.
const QuoteIndex* AnswerConstraint::nameIndex(std::uint32_t chosen) {
    std::unique_ptr<QuoteIndex>& index = m_nameIndexes[chosen];
    if (!index) {
        std::vector<std::string_view> quotes;
        for (std::uint32_t i = chosen; i != 0; i = m_chosen[i].before)
            quotes.push_back(m_text->slice(m_chosen[i].quote));
        index = std::make_unique<QuoteIndex>(quotes);
    }
    return index.get();
}

} // namespace cw
