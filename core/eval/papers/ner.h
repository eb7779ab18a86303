// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Span scores as named-entity recognition gives them: MUC-5's categories (Chinchor and Sundheim, "MUC-5 Evaluation Metrics", 1993) under
// the four schemes of SemEval-2013 task 9.1 (Segura-Bedmar, Martinez, Herrero-Zazo, 2013), as nervaluate prints them. A span's type is its
// clause. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <optional>

namespace cw {

struct NerCounts {
    int cor = 0; // right
    int inc = 0; // paired with a gold span, and wrong
    int par = 0; // paired with a gold span, the bounds not the same (scheme "partial" alone)
    int mis = 0; // gold spans without a partner
    int spu = 0; // predicted spans without a partner
    int possible() const { return cor + inc + par + mis; } // gold spans
    int actual() const { return cor + inc + par + spu; }   // predicted spans
    // A partial span counts half.
    std::optional<double> precision() const;
    std::optional<double> recall() const;
    std::optional<double> f1() const;
    friend bool operator==(const NerCounts&, const NerCounts&) = default;
};

//   pair                        strict  exact  partial  type
//   same bounds, same type      COR     COR    COR      COR
//   same bounds, other type     INC     COR    COR      INC
//   overlap, same type          INC     INC    PAR      COR
//   overlap, other type         INC     INC    PAR      INC
struct NerScores {
    NerCounts strict, exact, partial, type;
    friend bool operator==(const NerScores&, const NerScores&) = default;
};

struct TypedSpan {
    ByteRange range; // not empty
    std::string type;
    friend auto operator<=>(const TypedSpan&, const TypedSpan&) = default;
};

// One text's spans. Which predicted span belongs to which gold span is the assignment of one to one with the greatest credit over the four
// schemes together (COR 1, PAR 1/2), of several such that with the greatest overlap: the order of the spans changes nothing. nervaluate
// goes through the predictions and takes the first gold span that fits, for each scheme anew, so the two differ where spans overlap more
// than one of the other side. Equal spans count once.
NerScores nerScores(std::vector<TypedSpan> gold, std::vector<TypedSpan> predicted);

// All contracts' spans. A predicted quote that isn't in the text is spurious, a gold one missed. Nothing if no gold span has a place.
std::optional<NerScores> nerScores(const std::vector<ScoredCell>& cells);

} // namespace cw
