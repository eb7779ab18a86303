// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an adapter was trained on, and whether it is what it is about to be used with: hashes of how the chat template
// and the tokenizer behave, not of how their files are spelt, and of the base's weights. Any thread.
#pragma once

#include "training/model/model_config.h"
#include "training/model/weight_source.h"
#include "training/tokenizer/chat_template.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace cw {

struct AdapterOrigin {
    int version = 1;
    std::string templateHash;
    std::string tokenizerHash;
    std::string baseHash;
    std::string dtype; // of the base's weights in training: "f32", "bf16"
    friend bool operator==(const AdapterOrigin&, const AdapterOrigin&) = default;
};

// SHA-256 of the format's name and of the ids and labels that a fixed conversation gets.
std::string templateHash(const ChatTemplate& chat);

// SHA-256 of the vocabulary's bytes in the order of ids, the special tokens, and the ids of a fixed text.
std::string tokenizerHash(const Tokenizer& tokenizer);

// SHA-256 of the model's shape and, of each tensor as its file has it, the name, type, shape and first 4 KB: a page per
// tensor, however large the model is. The same weights in another file format or type are another base.
Result<std::string> baseHash(const ModelConfig& config, const WeightSource& weights);

// What checkOrigin() says, as the whole detail of its Error.
inline constexpr std::string_view kOtherBase = "The adapter was trained on another base model than the one chosen.";
inline constexpr std::string_view kOtherTokenizer = "The adapter was trained with another tokenizer than the chosen model's.";
inline constexpr std::string_view kOtherTemplate = "The adapter was trained with another chat template than the chosen model's.";

// Compares what clausewright.json in the adapter's folder says with what the adapter is to be used with. Gives a
// sentence for the person who started the run, or an empty text: an adapter that tells no origin is accepted with one,
// as is another dtype.
Result<std::string> checkOrigin(const std::filesystem::path& adapterFolder, const AdapterOrigin& used);

} // namespace cw
