// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a marked place of a contract's text is, in words. No widgets; any thread.
#pragma once

#include "core/model/contract.h"

#include <QString>

#include <string_view>
#include <vector>

namespace cw {

QString textMarkWords(const TextMark& mark); // "The page shows no ink for these words"

// The marks that a person goes through one by one: all but those that stand for a whole page.
std::vector<TextMark> markedPlaces(const std::vector<TextMark>& marks);

// A place of a text that a model may read otherwise than a person does: hidden words, characters that nobody sees, and words that are written to
// a model (core/text/planted_instructions.h).
struct MistrustedPlace {
    ByteRange range;
    QString words;            // what it is
    bool isInstruction = false;
};

std::vector<MistrustedPlace> mistrustedPlaces(std::string_view text, const std::vector<TextMark>& marks); // in the order of the text

} // namespace cw
