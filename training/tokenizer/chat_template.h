// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The chat template of a model as typed segments: which ids stand around a user turn and an answer. Each segment is encoded by itself,
// in training as in generation, so the ids of a prompt never depend on the answer behind it, and text can't become structure. Any thread.
#pragma once

#include "training/tokenizer/tokenizer.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct ChatIds {
    TokenIds prompt; // begins with BOS where the model has one, ends where the answer begins
    TokenIds answer; // ends with the end-of-answer token
};

enum class ChatFormat {
    Instruct, // BOS "[INST] user [/INST]", answer EOS: Mistral's own encoder of v0.1 and v0.2, each turn encoded separately
    ChatMl    // "<|im_start|>user\n" user "<|im_end|>\n<|im_start|>assistant\n", answer "<|im_end|>"
};

// One turn of a conversation; the speakers alternate, the user begins.
struct ChatTurn {
    bool fromUser = true;
    std::string text;
};

// Holds a reference to its tokenizer, which must outlive it.
class ChatTemplate {
public:
    // Chooses the format from the folder's files (chat_template.jinja, tokenizer_config.json, the special tokens). A template that is
    // not one of the known ones is refused, with a sentence.
    static Result<ChatTemplate> load(const std::filesystem::path& modelFolder, const Tokenizer& tokenizer);

    TokenIds encodePrompt(std::string_view user) const;
    TokenIds encodeAnswer(std::string_view text) const;
    ChatIds encode(std::string_view user, std::string_view answer) const { return {encodePrompt(user), encodeAnswer(answer)}; }
    // A whole conversation; after a last turn of the user the ids end where the answer begins.
    TokenIds encodeConversation(const std::vector<ChatTurn>& turns) const;

    ChatFormat format() const { return m_format; }
    // The token that ends an answer: EOS, or <|im_end|>.
    std::int64_t endId() const { return m_end; }

private:
    ChatTemplate(const Tokenizer& tokenizer, ChatFormat format) : m_tokenizer(&tokenizer), m_format(format) {}
    void appendUserTurn(TokenIds& ids, std::string_view text) const;
    void appendAnswer(TokenIds& ids, std::string_view text) const;
    void appendText(TokenIds& ids, std::string_view text) const;

    const Tokenizer* m_tokenizer;
    ChatFormat m_format;
    std::string m_system; // ChatML: the default system turn, empty for none
    std::int64_t m_start = -1;
    std::int64_t m_end = -1;
};

} // namespace cw
