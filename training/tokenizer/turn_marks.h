// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The marks of conversations' turns where they stand in a text and mark nothing. Any thread.
#pragma once

#include "training/tokenizer/chat_format.h"

#include <string_view>

namespace cw {

// The first mark of the format's turns ("[/INST]", "<|im_end|>") that stands in a text, be it forged or quoted; empty where there is none.
std::string_view markIn(std::string_view text, ChatFormat format);

// ChatFormat::Instruct: the ids of a user's turn, "[INST] text [/INST]". A mark within the text has the tokens of its single bytes: the same
// bytes as a turn's own marks and not the same ids. Where the vocabulary writes marks so anyway, nothing tells them apart.
TokenIds encodeInstructTurn(std::string_view turn, const Tokenizer& tokenizer);

} // namespace cw
