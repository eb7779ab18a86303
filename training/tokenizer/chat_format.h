// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which of the known chat formats a model has, told from its template's text and its special tokens. Any thread.
#pragma once

#include "training/tokenizer/tokenizer.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

enum class ChatFormat {
    Instruct,       // BOS "[INST] user [/INST]", answer EOS: Mistral's first encoder (v0.1 and v0.2), marks are text
    InstructTokens, // BOS [INST] user [/INST], answer EOS: Mistral's second and third encoder (v0.3, Nemo), marks are tokens
    ChatMl,         // <|im_start|> "user\n" user <|im_end|> "\n" <|im_start|> "assistant\n", answer <|im_end|>
    Llama3          // BOS <|start_header_id|> "user" <|end_header_id|> "\n\n" user <|eot_id|>, ..., answer <|eot_id|>
};

std::string_view nameOf(ChatFormat format); // "instruct", "instruct_tokens", "chatml", "llama3"

// A format with what a template may settle within it.
struct ChatStyle {
    ChatFormat format = ChatFormat::Instruct;
    std::string systemTurn;     // the system turn of a conversation that brings none of its own; empty: no such turn
    bool emptyThinking = false; // ChatMl: an answer without thoughts begins with <think>\n\n</think>\n\n (Qwen3)
};

// The template of a model folder: chat_template.jinja, else tokenizer_config.json, or that of a GGUF model; empty where there is none.
Result<std::string> readChatTemplate(const std::filesystem::path& modelFolder);

// Nothing where the template is not one of the known ones, or asks for tokens that the tokenizer lacks. Without a
// template the special tokens decide.
std::optional<ChatStyle> recogniseChat(const std::string& source, const Tokenizer& tokenizer);

} // namespace cw
