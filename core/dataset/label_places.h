// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Finds the places of labelled quotes in another version of their contract's text, such as that of a PDF. Pure; any
// thread.
#pragma once

#include "core/dataset/labels.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Compares texts without spaces, line ends, hyphens and invisible characters, with plain quotes and dashes and without
// ligatures: what two readers of one document differ in.
//
// A quote that occurs once is placed there. One that occurs as often as in the labels' text, where the first was
// marked, is placed at its first. One that occurs otherwise is placed by its neighbours: the quotes that occur once
// tell where in this text a position of the labels' text lies, and the occurrence nearest to it is taken if no other
// comes close. A long quote into which one version puts the foot and head of a page is placed in pieces round them, if
// there is one way only. Anything else has no place.
class LabelPlaces {
public:
    // `text` must outlive the object.
    LabelPlaces(std::string_view text, const LabelledContract& labels);
    // One range, or the pieces of a quote in order; empty: no place.
    std::vector<ByteRange> find(const LabelSpan& span) const;

private:
    struct Anchor {
        size_t label; // byte in the labels' text
        size_t here;  // byte in this text
    };
    ByteRange toText(size_t begin, size_t size) const; // of a range of loose bytes
    std::vector<ByteRange> occurrences(std::string_view quote) const;
    std::optional<ByteRange> nearest(const LabelSpan& span, std::vector<ByteRange> places) const;
    std::vector<ByteRange> pieces(std::string_view quote) const;
    std::vector<ByteRange> piecesFrom(std::string_view loose, size_t at) const;
    void keepAnchorsInOrder();
    std::optional<double> expected(size_t label) const;

    std::string m_loose;         // the text in its loose form
    std::vector<size_t> m_begin; // per loose byte: where its character begins in the text
    std::vector<size_t> m_end;   // and where it ends
    std::vector<Anchor> m_anchors;
};

} // namespace cw
