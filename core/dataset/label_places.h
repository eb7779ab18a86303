// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Finds the places of labelled quotes in another version of their contract's text, such as that of a PDF. Pure; any thread.
#pragma once

#include "core/dataset/labels.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Compares texts without spaces, line ends, hyphens and invisible characters, with plain quotes and dashes and without ligatures: what two
// readers of one document differ in.
//
// A quote that occurs once is placed there. One that occurs several times is placed by its neighbours: the quotes that occur once tell
// where in this text a position of the labels' text lies, and the occurrence nearest to it is taken if no other comes close. Anything
// else has no place.
class LabelPlaces {
public:
    // `text` must outlive the object.
    LabelPlaces(std::string_view text, const LabelledContract& labels);
    std::optional<ByteRange> find(const LabelSpan& span) const;

private:
    struct Anchor {
        size_t label; // byte in the labels' text
        size_t here;  // byte in this text
    };
    std::vector<ByteRange> occurrences(std::string_view quote) const;
    void keepAnchorsInOrder();
    std::optional<double> expected(size_t label) const;

    std::string m_loose;         // the text in its loose form
    std::vector<size_t> m_begin; // per loose byte: where its character begins in the text
    std::vector<size_t> m_end;   // and where it ends
    std::vector<Anchor> m_anchors;
};

} // namespace cw
