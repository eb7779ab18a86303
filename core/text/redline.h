// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The difference of two texts as a reader of contracts wants it: by words, never within a number, a date or a defined term, by letters only in
// words that are alike, with moved passages told as moved, and without the noise of PDF text. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

enum class RedlineKind {
    Equal,
    Ignored,   // differs only in what is ignored: line breaks, soft hyphens, curly quotes, ligatures; one side may be empty
    Deleted,   // on the left alone
    Inserted,  // on the right alone
    MovedAway, // on the left alone, and on the right at another place
    MovedHere
};

struct RedlineRun {
    RedlineKind kind = RedlineKind::Equal;
    ByteRange left;  // empty for Inserted and MovedHere
    ByteRange right; // empty for Deleted and MovedAway
    int move = 0;    // from 1: both ends of a moved passage have the same number
    friend bool operator==(const RedlineRun&, const RedlineRun&) = default;
};

struct RedlineOptions {
    bool exact = false;  // every byte counts, as it does for the strict scores
    bool coarse = false; // a first picture of long texts: unchanged passages of four words and more, and the rest as changed whole
    std::vector<std::string> terms = {}; // defined terms, which are never cut
};

struct Redline {
    std::vector<RedlineRun> runs; // they cover both texts whole, in order
    bool coarse = false;
    bool ignoredSpace = false;   // line breaks, other white space
    bool ignoredLetters = false; // curly quotes, soft hyphens, ligatures
    int moves = 0;
    bool equal() const; // nothing but Equal and Ignored
};

// Anchors first, Myers between them (core/text/sequence_diff.h). Then islands of up to four words that are shorter than the changes on both
// sides go into them (the semantic clean-up of N. Fraser's diff-match-patch), a change slides to a sentence's edge where that costs
// nothing, passages of at least 8 words that are 90 % equal are told as moved, and where words pair up one to one with at least 60 % of
// their letters, only the letters that differ are told.
Redline redline(std::string_view left, std::string_view right, const RedlineOptions& options = {});

} // namespace cw
