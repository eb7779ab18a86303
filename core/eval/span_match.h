// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A cell's quotes, gold against predicted, matched one to one or one to joined neighbours (evaluation rule 2.3). Any
// thread.
#pragma once

#include "core/eval/scorer.h"
#include "core/eval/similarity.h"

#include <string>
#include <vector>

namespace cw {

// Two texts in scoring form that belong together: a quote each, or one and the joined neighbours on the other side.
struct SpanPair {
    std::string gold;
    std::string predicted;
    Similarity similarity;
};

struct SpanMatching {
    std::vector<SpanPair> pairs;
    std::vector<std::string> missed; // gold quotes without a partner, in scoring form
    std::vector<std::string> extra;  // predicted ones
    bool passes() const;             // everything is matched both ways and each pair passes
    double worst() const;            // the least similarity of a pair; 0 where something has no partner
};

// Optimal assignment by similarity, then neighbours joined to it. A pair that doesn't pass has at least half of its words on both sides, or
// most of one quote lies in the other.
SpanMatching matchSpans(const std::vector<std::string>& gold, const std::vector<std::string>& predicted);

// How a pair that doesn't pass differs: SpanTooShort or SpanTooLong if most words of the shorter one stand together in
// the other, else SpanShifted.
ErrorKind boundaryKind(const SpanPair& pair);

} // namespace cw
