// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/chat_template.h"

#include "core/base/utf.h"
#include "training/tokenizer/turn_marks.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

Error unknownTemplate(const std::string& where) {
    return {ErrorCode::Unsupported, "The chat template of " + where + " is not one that this program knows.",
            "It knows those of Mistral v0.1 to v0.3, ChatML (SmolLM2, Qwen2.5, Qwen3) and Llama 3."};
}

Error endlessTokenizer(const std::string& where) {
    return {ErrorCode::Unsupported, "The tokenizer of " + where + " names no token that ends an answer.",
            "Use a model for chats or instructions, whose tokenizer_config.json names its eos_token."};
}

Error strippingToken(const std::string& where, std::string_view name) {
    return {ErrorCode::Unsupported,
            "The tokenizer of " + where + " lets " + std::string(name) +
                " swallow the blanks around it (lstrip, rstrip), which this program does not do.",
            "Use a model whose special tokens leave the text alone."};
}

ChatSegment special(std::int64_t token, bool trained = false) {
    return {ChatSegment::Kind::Special, token, {}, trained};
}

ChatSegment plain(std::string text, bool trained = false) {
    return {ChatSegment::Kind::Text, -1, std::move(text), trained};
}

// Without the white space around it, as a template's trim leaves it.
std::string trimmed(std::string_view text) {
    size_t begin = text.size(), end = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t from = at;
        if (isWhitespace(decodeCodePoint(text, at)))
            continue;
        begin = std::min(begin, from);
        end = at;
    }
    return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

std::string withoutTrailingSpaces(std::string_view text) {
    const size_t last = text.find_last_not_of(' ');
    return std::string(text.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

} // namespace

Result<ChatTemplate> ChatTemplate::load(const std::filesystem::path& modelFolder, const Tokenizer& tokenizer) {
    CW_TRY_ASSIGN(source, readChatTemplate(modelFolder));
    return fromText(source, "the model in " + modelFolder.string(), tokenizer);
}

Result<ChatTemplate> ChatTemplate::fromText(const std::string& source, const std::string& where,
                                            const Tokenizer& tokenizer) {
    std::optional<ChatStyle> style = recogniseChat(source, tokenizer);
    if (!style)
        return tokenizer.eosId() < 0 ? endlessTokenizer(where) : unknownTemplate(where);
    ChatTemplate result(tokenizer, std::move(*style));
    CW_TRY(result.findTokens(where));
    return result;
}

// Fills the members that the format has.
Status ChatTemplate::findTokens(const std::string& where) {
    std::vector<std::pair<std::string_view, std::int64_t ChatTemplate::*>> wanted;
    if (m_style.format == ChatFormat::ChatMl)
        wanted = {{"<|im_start|>", &ChatTemplate::m_open}, {"<|im_end|>", &ChatTemplate::m_end}};
    else if (m_style.format == ChatFormat::Llama3)
        wanted = {{"<|start_header_id|>", &ChatTemplate::m_open},
                  {"<|end_header_id|>", &ChatTemplate::m_close},
                  {"<|eot_id|>", &ChatTemplate::m_end}};
    else if (m_style.format == ChatFormat::InstructTokens)
        wanted = {{"[INST]", &ChatTemplate::m_open}, {"[/INST]", &ChatTemplate::m_close}};
    if (m_style.emptyThinking)
        wanted.insert(wanted.end(), {{"<think>", &ChatTemplate::m_think}, {"</think>", &ChatTemplate::m_thinkEnd}});
    m_begin = m_style.format == ChatFormat::ChatMl ? -1 : m_tokenizer->bosId();
    m_end = m_tokenizer->eosId();
    for (const auto& [name, member] : wanted) {
        this->*member = m_tokenizer->specialId(name).value_or(-1); // recogniseChat() saw them all
        if (m_tokenizer->swallowsBlanks(this->*member))
            return strippingToken(where, name);
    }
    return {};
}

std::vector<ChatSegment> ChatTemplate::segments(const std::vector<ChatTurn>& turns) const {
    Segments segments;
    appendBegin(segments);
    size_t lastQuestion = 0;
    for (size_t i = 0; i < turns.size(); ++i)
        if (turns[i].fromUser)
            lastQuestion = i;
    for (size_t i = 0; i < turns.size(); ++i) {
        if (turns[i].fromUser)
            appendUserTurn(segments, turns[i].text);
        else
            appendAnswer(segments, turns[i].text);
        if (turns[i].fromUser && i == lastQuestion && m_style.emptyThinking)
            appendEmptyThinking(segments);
        if (!turns[i].fromUser && m_style.format == ChatFormat::ChatMl)
            segments.push_back(plain("\n"));
    }
    return segments;
}

void ChatTemplate::appendBegin(Segments& segments) const {
    if (m_begin >= 0)
        segments.push_back(special(m_begin));
    if (!m_style.systemTurn.empty())
        appendSystemTurn(segments);
}

void ChatTemplate::appendSystemTurn(Segments& segments) const {
    if (m_style.format == ChatFormat::Llama3) {
        appendHeader(segments, "system");
        segments.insert(segments.end(), {plain("\n\n" + m_style.systemTurn), special(m_end)});
    } else {
        segments.insert(segments.end(),
                        {special(m_open), plain("system\n" + m_style.systemTurn), special(m_end), plain("\n")});
    }
}

void ChatTemplate::appendUserTurn(Segments& segments, const std::string& text) const {
    switch (m_style.format) {
    case ChatFormat::Instruct:
        segments.push_back(plain("[INST] " + text + " [/INST]"));
        break;
    case ChatFormat::InstructTokens:
        segments.insert(segments.end(), {special(m_open), plain(text), special(m_close)});
        break;
    case ChatFormat::ChatMl:
        segments.insert(segments.end(), {special(m_open), plain("user\n" + text), special(m_end), plain("\n")});
        segments.insert(segments.end(), {special(m_open), plain("assistant\n")});
        break;
    case ChatFormat::Llama3:
        appendHeader(segments, "user");
        segments.insert(segments.end(), {plain("\n\n" + trimmed(text)), special(m_end)});
        appendHeader(segments, "assistant");
        segments.push_back(plain("\n\n"));
        break;
    }
}

// Only the answer to the last question has it: templates drop thoughts from what was said before.
void ChatTemplate::appendEmptyThinking(Segments& segments) const {
    segments.insert(segments.end(), {special(m_think), plain("\n\n"), special(m_thinkEnd), plain("\n\n")});
}

// As the makers encode it: Llama 3's template trims an answer, Mistral's later encoders take the spaces at its end.
void ChatTemplate::appendAnswer(Segments& segments, std::string_view text) const {
    std::string answer(text);
    if (m_style.format == ChatFormat::Llama3)
        answer = trimmed(text);
    else if (m_style.format == ChatFormat::InstructTokens)
        answer = withoutTrailingSpaces(text);
    segments.insert(segments.end(), {plain(std::move(answer), true), special(m_end, true)});
}

void ChatTemplate::appendHeader(Segments& segments, const std::string& role) const {
    segments.insert(segments.end(), {special(m_open), plain(role), special(m_close)});
}

LabelledIds ChatTemplate::encode(const std::vector<ChatSegment>& segments) const {
    LabelledIds out;
    for (const ChatSegment& segment : segments) {
        if (segment.kind == ChatSegment::Kind::Special) {
            out.ids.push_back(segment.token);
        } else {
            const bool isInstructTurn = m_style.format == ChatFormat::Instruct && !segment.trained;
            const TokenIds ids = isInstructTurn ? encodeInstructTurn(segment.text, *m_tokenizer) : m_tokenizer->encode(segment.text);
            out.ids.insert(out.ids.end(), ids.begin(), ids.end());
        }
        out.trained.resize(out.ids.size(), segment.trained);
    }
    return out;
}

TokenIds ChatTemplate::encodePrompt(std::string_view user) const {
    return encode(segments({{true, std::string(user)}})).ids;
}

TokenIds ChatTemplate::encodeAnswer(std::string_view text) const {
    Segments segments;
    appendAnswer(segments, text);
    return encode(segments).ids;
}

} // namespace cw
