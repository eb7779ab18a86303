// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Byte-level BPE tokenizers (tokenizer.json of GPT-2, SmolLM2, Qwen, Llama 3). Any thread.
#pragma once

#include "training/tokenizer/special_tokens.h"

#include <nlohmann/json_fwd.hpp>

namespace cw {

inline constexpr std::int64_t kMaxVocabulary = 1'000'000;
inline constexpr size_t kMaxMerges = 2'000'000;

// The file comes from outside: ids must be unique and in range, merges must name known tokens, every byte that occurs in text must have
// a token (one that doesn't occur and has none is left out by encode(), as the reference implementation does). What the file asks for
// beyond byte-level BPE (another normaliser than NFC, an unknown split expression) is refused.
Result<std::unique_ptr<Tokenizer>> loadByteLevelBpe(const std::filesystem::path& modelFolder);

// The same of the content of a tokenizer.json; `file` names it in an error.
Result<std::unique_ptr<Tokenizer>> byteLevelBpe(const nlohmann::json& root, const std::filesystem::path& file, const SpecialResolver& specials);

} // namespace cw
