// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// SentencePiece models (tokenizer.model), read by libsentencepiece where the build has it. Any thread.
#pragma once

#include "training/tokenizer/tokenizer.h"

namespace cw {

// Refused: models whose normaliser changes the text (its quotes would not be the contract's), and models that would turn the name of a
// special token found in a text into that token.
Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::filesystem::path& modelFolder);

} // namespace cw
