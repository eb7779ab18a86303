// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// SentencePiece models (tokenizer.model), read by libsentencepiece where the build has it. Any thread.
#pragma once

#include "training/tokenizer/special_tokens.h"

namespace cw {

// Refused: models whose normaliser changes the text (its quotes would not be the contract's), and models that would turn the name of a
// special token found in a text into that token.
Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::filesystem::path& modelFolder);

// The same of the content of a tokenizer.model; `file` names it in an error.
Result<std::unique_ptr<Tokenizer>> sentencePieceTokenizer(const std::string& model, const std::filesystem::path& file,
                                                          const SpecialResolver& specials);

} // namespace cw
