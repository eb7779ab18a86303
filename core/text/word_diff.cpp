// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/word_diff.h"

#include "core/text/diff_tokens.h"
#include "core/text/sequence_diff.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace cw {

namespace {

struct Side : DiffSequence {
    std::vector<ByteRange> tokens;
    size_t textEnd = 0;

    // Where token `at` begins; behind the last one, where the text ends.
    size_t beginOf(size_t at) const { return at < tokens.size() ? tokens[at].begin : textEnd; }
};

using Vocabulary = std::unordered_map<std::string_view, std::uint32_t>;

Side makeSide(std::string_view text, Vocabulary& vocabulary) {
    Side side{{}, plainTokens(text), text.size()};
    for (ByteRange token : side.tokens) {
        const auto next = static_cast<std::uint32_t>(vocabulary.size());
        side.ids.push_back(vocabulary.try_emplace(text.substr(token.begin, token.size()), next).first->second);
    }
    return side;
}

// Walks over the tokens of `side` from `at` while they are changed; gives their bytes.
ByteRange takeChanged(const Side& side, size_t& at) {
    const size_t begin = side.beginOf(at);
    while (at < side.tokens.size() && side.changed[at])
        ++at;
    return {begin, side.beginOf(at)};
}

// Unchanged tokens pair up one to one: walks over both sides until either changes again.
DiffRun takeEqual(const Side& a, size_t& i, const Side& b, size_t& j) {
    DiffRun run{DiffKind::Equal, {a.beginOf(i), 0}, {b.beginOf(j), 0}};
    while (i < a.tokens.size() && j < b.tokens.size() && !a.changed[i] && !b.changed[j])
        ++i, ++j;
    run.left.end = a.beginOf(i);
    run.right.end = b.beginOf(j);
    return run;
}

} // namespace

std::vector<DiffRun> diffWords(std::string_view left, std::string_view right) {
    Vocabulary vocabulary;
    Side a = makeSide(left, vocabulary);
    Side b = makeSide(right, vocabulary);
    markChanges(a, b, DiffEffort::Shortest);

    std::vector<DiffRun> runs;
    for (size_t i = 0, j = 0; i < a.tokens.size() || j < b.tokens.size();) {
        const ByteRange deleted = takeChanged(a, i);
        const ByteRange inserted = takeChanged(b, j);
        if (!deleted.empty())
            runs.push_back({DiffKind::Deleted, deleted, {inserted.begin, inserted.begin}});
        if (!inserted.empty())
            runs.push_back({DiffKind::Inserted, {deleted.end, deleted.end}, inserted});
        if (const DiffRun equal = takeEqual(a, i, b, j); !equal.left.empty())
            runs.push_back(equal);
    }
    return runs;
}

} // namespace cw
