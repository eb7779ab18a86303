// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tokenizer and the chat template that a GGUF file holds among its named values. Any thread.
#pragma once

#include "training/model/gguf_file.h"
#include "training/tokenizer/tokenizer.h"

namespace cw {

// "llama" (SentencePiece's BPE with byte fallback) or "gpt2" (byte-level BPE) by tokenizer.ggml.model. Refused by name:
// another kind, and a way to split words (tokenizer.ggml.pre) that isn't known. Whether the file asks for a BOS in
// front of a text (add_bos_token) is for its chat template to say here.
Result<std::unique_ptr<Tokenizer>> loadGgufTokenizer(const GgufFile& file);

// Empty where there is none.
std::string ggufChatTemplate(const GgufFile& file);

} // namespace cw
