// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A conversation as typed segments: special tokens and texts, each trained or not. Ids and labels come from the
// segments. Each text is encoded by itself, in training as in generation, so the ids of a prompt never depend on the
// answer behind it, and text can't become structure. Any thread.
#pragma once

#include "training/tokenizer/chat_format.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// One turn of a conversation; the speakers alternate, the user begins.
struct ChatTurn {
    bool fromUser = true;
    std::string text;
};

struct ChatSegment {
    enum class Kind { Special, Text };
    Kind kind = Kind::Text;
    std::int64_t token = -1; // Special
    std::string text;        // Text
    bool trained = false;    // an answer, or the token that ends it
    friend bool operator==(const ChatSegment&, const ChatSegment&) = default;
};

struct LabelledIds {
    TokenIds ids;
    std::vector<bool> trained; // as long as ids
};

struct ChatIds {
    TokenIds prompt; // begins with the one BOS where the format has one, ends where the answer begins
    TokenIds answer; // ends with the end-of-answer token
};

// Holds a reference to its tokenizer, which must outlive it.
class ChatTemplate {
public:
    // Recognises the format from the folder's files. A template that is not one of the known ones is refused, with a
    // sentence.
    static Result<ChatTemplate> load(const std::filesystem::path& modelFolder, const Tokenizer& tokenizer);
    // From the template's text, wherever it was stored; empty where the model has none. `where` names it in an error.
    static Result<ChatTemplate> fromText(const std::string& source, const std::string& where, const Tokenizer& tokenizer);

    // After a last turn of the user the segments end where the answer begins.
    std::vector<ChatSegment> segments(const std::vector<ChatTurn>& turns) const;
    LabelledIds encode(const std::vector<ChatSegment>& segments) const;

    TokenIds encodePrompt(std::string_view user) const;
    TokenIds encodeAnswer(std::string_view text) const;
    ChatIds encode(std::string_view user, std::string_view answer) const { return {encodePrompt(user), encodeAnswer(answer)}; }

    ChatFormat format() const { return m_style.format; }
    // The token that ends an answer: EOS, <|im_end|> or <|eot_id|>.
    std::int64_t endId() const { return m_end; }

private:
    using Segments = std::vector<ChatSegment>;

    ChatTemplate(const Tokenizer& tokenizer, ChatStyle style) : m_tokenizer(&tokenizer), m_style(std::move(style)) {}
    Status findTokens(const std::string& where);
    void appendBegin(Segments& segments) const;
    void appendSystemTurn(Segments& segments) const;
    void appendUserTurn(Segments& segments, const std::string& text) const;
    void appendEmptyThinking(Segments& segments) const;
    void appendAnswer(Segments& segments, std::string_view text) const;
    void appendHeader(Segments& segments, const std::string& role) const;

    const Tokenizer* m_tokenizer;
    ChatStyle m_style;
    // Each is -1 where the format has no such token.
    std::int64_t m_begin = -1;     // BOS
    std::int64_t m_open = -1;      // [INST], <|im_start|>, <|start_header_id|>
    std::int64_t m_close = -1;     // [/INST], <|end_header_id|>
    std::int64_t m_end = -1;       // of a turn
    std::int64_t m_think = -1;     // <think>
    std::int64_t m_thinkEnd = -1;  // </think>
};

} // namespace cw
