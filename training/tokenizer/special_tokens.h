// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which tokens begin and end a text, as the several files of a model folder tell it. Any thread.
#pragma once

#include "training/tokenizer/tokenizer.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace cw {

using SpecialIds = std::map<std::string, std::int64_t, std::less<>>;

// Says which of the special tokens `ids` begin and end a text. `bos` and `eos` are what the tokenizer's own file names, or -1.
using SpecialResolver = std::function<Result<SpecialTokens>(SpecialIds ids, std::int64_t vocabSize, std::int64_t bos, std::int64_t eos)>;

// By resolveSpecialTokens().
SpecialResolver specialsOfFolder(const std::filesystem::path& folder);

// Fills bos, eos and stops for the special tokens `ids`: from tokenizer_config.json by name, else `bos` and `eos` of the tokenizer's own
// file, else config.json, else the usual names. generation_config.json may name further stops. Ids outside the vocabulary are an error.
Result<SpecialTokens> resolveSpecialTokens(const std::filesystem::path& folder, SpecialIds ids,
                                           std::int64_t vocabSize, std::int64_t bos = -1, std::int64_t eos = -1);

} // namespace cw
