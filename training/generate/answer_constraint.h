// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The grammar of one answer that is being written: which tokens may come next, so that it always ends as canonical JSON (validity level
// V4) whose quotes stand in the window's text, in document order and without overlap, and whose party names stand in the quotes; and
// that it ends within its budget of tokens. One thread.
#pragma once

#include "training/generate/grammar.h"
#include "training/generate/quote_index.h"
#include "training/generate/quote_start.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cw {

class AnswerConstraint {
    enum class Phase : std::uint8_t {
        Static, // at a node of the grammar
        Open,   // a string of the text must begin: its opening mark is next
        Body,   // within the string
        Closed  // behind a quote: another one may follow, or what the grammar has behind the quotes
    };

    struct State {
        int node = Grammar::kStart; // Static: here; else the node that awaits the text
        Phase phase = Phase::Static;
        bool isName = false;
        std::uint8_t quotes = 0;        // closed ones of this cell
        std::uint32_t floor = 0;        // the next quote begins at or behind this position
        std::uint32_t chosen = 0;       // this cell's quotes, as a list in m_chosen; 0: none
        QuoteCursor cursor;             // Body: the string so far; Closed: the quote just closed
        const QuoteIndex* index = nullptr; // what the string is taken from
    };

public:
    // `windowText` is the window's text as the prompt holds it; `budget` counts all tokens of the answer, its end included. What can be known
    // from the text alone is found here, in milliseconds before a prompt is read, so that no mask has to wait for it. Fails with a sentence if
    // the answer that is null throughout does not fit the budget, or if the window has no text.
    static Result<AnswerConstraint> create(std::shared_ptr<Grammar> grammar, std::string_view windowText, std::uint32_t budget,
                                           std::int64_t endId);

    // The tokens that may come next; never empty before the end. Once the answer is complete it is the end token alone.
    const TokenMask& allowed();

    // Takes a token of allowed().
    void accept(std::int64_t token, std::string_view bytes);

    // The same of the end token, once the answer is complete.
    void acceptEnd() { accept(m_endId, {}); }

    bool isComplete() const { return m_state.phase == Phase::Static && m_grammar->accepts(m_state.node); }
    bool isEnded() const { return m_ended; }
    std::uint32_t budgetLeft() const { return m_left; }
    const Grammar& grammar() const { return *m_grammar; }

    // Where the answer stands: a few words to come back to. Of no use once the answer has gone back to an earlier place.
    class Place {
        friend class AnswerConstraint;
        State state;
        std::uint32_t left = 0;
        std::uint32_t chosen = 0;
    };
    Place place() const;
    void goBack(const Place& place);

    // Takes bytes as no token in particular; the budget stays. False where they can't come next, and then nothing has changed.
    bool follow(std::string_view bytes);
    // For who spells the answer so far in other tokens.
    void setBudgetLeft(std::uint32_t tokens) { m_left = tokens; }
    // Whether what is left of the budget is enough in any case.
    bool canFinish() const { return tokensToFinish(m_state) <= m_left; }

    // The bytes that must come next, to where there is a choice or the end. A quote's own bytes are never forced.
    std::string forcedBytes();
    // True in front of a cell: null and a value are both still to be had.
    bool isAtCell() const;
    // `forced` comes next: the first place in it (a byte offset) at which an allowed token begins that runs beyond its end, or its size.
    size_t firstSpan(std::string_view forced);
    // Within a quote or a name: bytes that its source has next, `most` at most; else nothing.
    std::string_view ahead(size_t most) const;

private:
    struct ChosenQuote {
        QuoteCursor quote;
        std::uint32_t before; // the one before it, in m_chosen
    };

    AnswerConstraint(std::shared_ptr<Grammar> grammar, std::unique_ptr<QuoteIndex> text, std::uint32_t budget, std::int64_t endId);

    State at(int node, State state);
    bool step(State& state, std::uint8_t byte);
    bool stepString(State& state, std::uint8_t byte);
    bool stepStatic(State& state, int node, std::uint8_t byte);
    bool openNextQuote(State& state) const;
    void closeString(State& state);
    int behindString(const State& state) const;
    std::uint32_t tokensToFinish(const State& state) const;
    const QuoteIndex* nameIndex(std::uint32_t chosen);

    void forgetTried(std::uint32_t chosen);
    void fillMask(std::uint32_t behind);
    void fillQuoteStart();
    void walk(VocabularyTrie::NodeId tree, const State& state, std::uint32_t behind);
    void walkString(VocabularyTrie::NodeId tree, const QuoteCursor& cursor, State& state, std::uint32_t behind);
    void walkInto(VocabularyTrie::NodeId child, State state, std::uint32_t behind);
    void addTokens(VocabularyTrie::NodeId tree, const State& state, std::uint32_t behind);
    bool reachesToken(VocabularyTrie::NodeId tree, const State& state);

    std::shared_ptr<Grammar> m_grammar;
    std::unique_ptr<QuoteIndex> m_text;
    std::uint32_t m_left;
    std::int64_t m_endId;
    bool m_ended = false;
    State m_state;
    std::vector<ChosenQuote> m_chosen;
    std::map<std::uint32_t, std::unique_ptr<QuoteIndex>> m_nameIndexes; // by list of quotes
    std::unique_ptr<QuoteStart> m_quoteStart; // of m_text
    TokenMask m_mask;
};

} // namespace cw
