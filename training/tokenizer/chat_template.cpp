// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/chat_template.h"

#include "core/base/file.h"
#include "training/tokenizer/json_file.h"

#include <optional>

namespace cw {

namespace {

namespace fs = std::filesystem;

// The template in tokenizer_config.json: one text, or a list of named ones of which "default" counts.
std::string templateInConfig(const nlohmann::json& config) {
    const auto found = config.find("chat_template");
    if (found == config.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    for (const nlohmann::json& entry : found->is_array() ? *found : nlohmann::json::array())
        if (entry.is_object() && entry.value("name", std::string()) == "default")
            return entry.value("template", std::string());
    return {};
}

Result<std::string> readTemplate(const fs::path& folder) {
    std::error_code failure;
    if (fs::exists(folder / "chat_template.jinja", failure))
        return readFile(folder / "chat_template.jinja");
    CW_TRY_ASSIGN(config, readJsonObject(folder / "tokenizer_config.json"));
    return templateInConfig(config);
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// The template with its spellings made alike: one kind of quote, no blanks outside of what is compared, newlines as \n.
std::string normalized(std::string text) {
    replaceAll(text, "\"", "'");
    replaceAll(text, "\n", "\\n");
    replaceAll(text, "['role']", ".role");
    replaceAll(text, "['content']", ".content");
    std::erase(text, ' ');
    return text;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Each turn is start, role, newline, content, end: the loops of SmolLM2 and Qwen2.5 (message.content) and of Qwen3 (content).
bool isChatMl(const std::string& text) {
    const bool turns = holds(text, "'<|im_start|>'+message.role+'\\n'+message.content") ||
                       (holds(text, "'<|im_start|>'+message.role+'\\n'+content") && holds(text, "multi_step_tool"));
    return turns && holds(text, "<|im_end|>") && holds(text, "'<|im_start|>assistant\\n'");
}

// Mistral's v0.1 and v0.2 templates. Later ones hold tools or a system turn and other blanks; Llama 2 marks a system turn with <<SYS>>.
bool isInstruct(const std::string& text) {
    return holds(text, "[INST]") && holds(text, "[/INST]") && !holds(text, "<<SYS>>") && !holds(text, "[AVAILABLE_TOOLS]") &&
           !holds(text, "[SYSTEM_PROMPT]");
}

// The system turn that a ChatML template writes where a conversation has none: the literal text between the marks, if there is one.
std::string defaultSystemTurn(std::string text) {
    replaceAll(text, "\\n", "\n");
    constexpr std::string_view kOpen = "<|im_start|>system\n", kClose = "<|im_end|>";
    for (size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at + 1)) {
        const size_t begin = at + kOpen.size();
        const std::string literal = text.substr(begin, text.find(kClose, begin) - begin);
        if (literal.find_first_of("'\"{}") == std::string::npos)
            return literal;
    }
    return {};
}

Error unknownTemplate(const fs::path& folder) {
    return {ErrorCode::Unsupported, "The chat template of the model in " + folder.string() + " is not one that this program knows.",
            "It knows [INST] (Mistral v0.1 and v0.2) and ChatML (SmolLM2, Qwen2.5, Qwen3)."};
}

// Without a template the special tokens decide: ChatML's marks, else the [INST] form of the early models that came without one.
std::optional<ChatFormat> formatOf(const std::string& source, const Tokenizer& tokenizer) {
    const bool hasMarks = tokenizer.specialId("<|im_start|>") && tokenizer.specialId("<|im_end|>");
    const bool hasEnds = tokenizer.bosId() >= 0 && tokenizer.eosId() >= 0 && !tokenizer.specialId("[INST]");
    const std::string text = normalized(source);
    if (hasMarks && (source.empty() || isChatMl(text)))
        return ChatFormat::ChatMl;
    if (!hasMarks && hasEnds && (source.empty() || isInstruct(text)))
        return ChatFormat::Instruct;
    return std::nullopt;
}

} // namespace

Result<ChatTemplate> ChatTemplate::load(const fs::path& modelFolder, const Tokenizer& tokenizer) {
    CW_TRY_ASSIGN(source, readTemplate(modelFolder));
    const std::optional<ChatFormat> format = formatOf(source, tokenizer);
    if (!format)
        return unknownTemplate(modelFolder);
    ChatTemplate result(tokenizer, *format);
    result.m_start = format == ChatFormat::ChatMl ? *tokenizer.specialId("<|im_start|>") : tokenizer.bosId();
    result.m_end = format == ChatFormat::ChatMl ? *tokenizer.specialId("<|im_end|>") : tokenizer.eosId();
    if (format == ChatFormat::ChatMl)
        result.m_system = defaultSystemTurn(source);
    return result;
}

void ChatTemplate::appendText(TokenIds& ids, std::string_view text) const {
    const TokenIds more = m_tokenizer->encode(text);
    ids.insert(ids.end(), more.begin(), more.end());
}

void ChatTemplate::appendUserTurn(TokenIds& ids, std::string_view text) const {
    if (m_format == ChatFormat::Instruct) {
        appendText(ids, "[INST] " + std::string(text) + " [/INST]");
        return;
    }
    ids.push_back(m_start);
    appendText(ids, "user\n" + std::string(text));
    ids.push_back(m_end);
    appendText(ids, "\n");
    ids.push_back(m_start);
    appendText(ids, "assistant\n");
}

void ChatTemplate::appendAnswer(TokenIds& ids, std::string_view text) const {
    appendText(ids, text);
    ids.push_back(m_end);
}

TokenIds ChatTemplate::encodePrompt(std::string_view user) const { return encodeConversation({{true, std::string(user)}}); }

TokenIds ChatTemplate::encodeAnswer(std::string_view text) const {
    TokenIds ids;
    appendAnswer(ids, text);
    return ids;
}

TokenIds ChatTemplate::encodeConversation(const std::vector<ChatTurn>& turns) const {
    TokenIds ids;
    if (m_format == ChatFormat::Instruct)
        ids.push_back(m_start);
    if (!m_system.empty()) {
        ids.push_back(m_start);
        appendText(ids, "system\n" + m_system);
        ids.push_back(m_end);
        appendText(ids, "\n");
    }
    for (const ChatTurn& turn : turns) {
        if (turn.fromUser)
            appendUserTurn(ids, turn.text);
        else
            appendAnswer(ids, turn.text);
        if (!turn.fromUser && m_format == ChatFormat::ChatMl)
            appendText(ids, "\n");
    }
    return ids;
}

} // namespace cw
