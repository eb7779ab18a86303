// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/chat_format.h"

#include "core/base/file.h"
#include "core/run/model_place.h"
#include "training/tokenizer/gguf_tokenizer.h"
#include "training/tokenizer/json_file.h"
#include "training/tokenizer/template_text.h"

#include <algorithm>
#include <initializer_list>

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

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

bool hasAll(const Tokenizer& tokenizer, std::initializer_list<std::string_view> names) {
    return std::ranges::all_of(names, [&](std::string_view name) { return tokenizer.specialId(name).has_value(); });
}

bool hasEnds(const Tokenizer& tokenizer) {
    return tokenizer.bosId() >= 0 && tokenizer.eosId() >= 0;
}

// Qwen3 and its like decide by this switch whether an answer begins with thoughts.
bool knowsThinking(const std::string& text) {
    return holds(text, "enable_thinking");
}

// Qwen3: an empty thought before the answer to the last question, where it comes without one.
bool hasEmptyThinking(const std::string& text) {
    return holds(text, "enable_thinkingisfalse%}{{'<think>\\n\\n</think>\\n\\n'}}") &&
           holds(text, "loop.index0>ns.last_query_index");
}

// Each turn is start, role, newline, content, end: the loops of SmolLM2 and Qwen2.5 (message.content) and of Qwen3
// (content). A BOS before it, trimmed contents or other thoughts make it another template.
bool isChatMl(const std::string& text) {
    const bool turns = holds(text, R"('<|im_start|>'+message.role+'\n'+message.content+'<|im_end|>')") ||
                       holds(text, R"('<|im_start|>'+message.role+'\n'+content+'<|im_end|>')");
    return turns && holds(text, R"('<|im_start|>assistant\n'}})") && !holds(text, "bos_token") &&
           !holds(text, "|trim") && (!knowsThinking(text) || hasEmptyThinking(text));
}

// The early Mistral templates. Later ones hold tools or a system turn and other blanks; Llama 2 marks a system turn
// with <<SYS>>.
bool isInstruct(const std::string& text) {
    return holds(text, "[INST]") && holds(text, "[/INST]") && !holds(text, "<<SYS>>") &&
           !holds(text, "[AVAILABLE_TOOLS]") && !holds(text, "[SYSTEM_PROMPT]");
}

// The blank behind [INST] in v0.3's template is the one that SentencePiece puts before a text by itself; a tokenizer
// that puts none (Nemo's) comes with a template that has none either.
bool isInstructTokens(const std::string& text, const Tokenizer& tokenizer) {
    const std::string blank = tokenizer.textPrefix().empty() ? "" : " ";
    return holds(text, "bos_token") && holds(text, "'[INST]" + blank + "'+message.content+'[/INST]'") &&
           holds(text, "eos_token") && !holds(text, "[SYSTEM_PROMPT]");
}

bool isLlama3(const std::string& text) {
    return holds(text,
                 R"('<|start_header_id|>'+message.role+'<|end_header_id|>\n\n'+message.content|trim+'<|eot_id|>')") &&
           holds(text, R"('<|start_header_id|>assistant<|end_header_id|>\n\n')") && holds(text, "bos_token");
}

std::string withNewlines(std::string text) {
    for (size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at + 1))
        text.replace(at, 2, "\n");
    return text;
}

// The literal text of a system turn that a ChatML template writes where a conversation has none, if it does.
std::string chatMlSystemTurn(const std::string& text) {
    constexpr std::string_view kOpen = R"(<|im_start|>system\n)", kClose = "<|im_end|>";
    for (size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at + 1)) {
        const size_t begin = at + kOpen.size();
        const std::string literal = text.substr(begin, text.find(kClose, begin) - begin);
        if (literal.find_first_of("'{}") == std::string::npos)
            return withNewlines(literal);
    }
    return {};
}

// From behind `open` to the quote that ends the literal, or empty.
std::string literalBehind(const std::string& text, std::string_view open) {
    const size_t at = text.find(open);
    return at == std::string::npos
               ? std::string()
               : text.substr(at + open.size(), text.find('\'', at + open.size()) - at - open.size());
}

// Llama 3.1 and later always have a system turn with two dates. The second one is the day of use where the host tells
// it; we take the one that the template falls back to, so that training and use agree for ever.
std::string llamaSystemTurn(const std::string& text) {
    constexpr std::string_view kKnowledge = "Cutting Knowledge Date: ", kToday = "Today Date: ";
    const std::string known = literalBehind(text, kKnowledge);
    const std::string today = literalBehind(text, "date_string='");
    if (known.empty() || today.empty() || !holds(text, kToday))
        return {};
    return withNewlines(std::string(kKnowledge) + known + std::string(kToday) + today + "\\n\\n");
}

} // namespace

std::string_view nameOf(ChatFormat format) {
    switch (format) {
    case ChatFormat::Instruct:
        return "instruct";
    case ChatFormat::InstructTokens:
        return "instruct_tokens";
    case ChatFormat::ChatMl:
        return "chatml";
    case ChatFormat::Llama3:
        break;
    }
    return "llama3";
}

Result<std::string> readChatTemplate(const fs::path& modelFolder) {
    CW_TRY_ASSIGN(ggufFile, ggufFileOf(modelFolder));
    if (ggufFile) {
        CW_TRY_ASSIGN(gguf, GgufFile::open(*ggufFile));
        return ggufChatTemplate(gguf);
    }
    std::error_code failure;
    if (fs::exists(modelFolder / "chat_template.jinja", failure))
        return readFile(modelFolder / "chat_template.jinja");
    CW_TRY_ASSIGN(config, readJsonObject(modelFolder / "tokenizer_config.json"));
    return templateInConfig(config);
}

std::optional<ChatStyle> recogniseChat(const std::string& source, const Tokenizer& tokenizer) {
    const std::string text = normalizedTemplate(source);
    if (hasAll(tokenizer, {"<|im_start|>", "<|im_end|>"})) {
        const bool thinks = knowsThinking(text);
        const bool known = source.empty() || isChatMl(text);
        if (!known || (thinks && !hasAll(tokenizer, {"<think>", "</think>"})))
            return std::nullopt;
        return ChatStyle{ChatFormat::ChatMl, chatMlSystemTurn(text), thinks};
    }
    if (hasAll(tokenizer, {"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"}) && tokenizer.bosId() >= 0 &&
        isLlama3(text))
        return ChatStyle{ChatFormat::Llama3, llamaSystemTurn(text), false};
    if (hasAll(tokenizer, {"[INST]", "[/INST]"}) && hasEnds(tokenizer) &&
        (source.empty() || isInstructTokens(text, tokenizer)))
        return ChatStyle{ChatFormat::InstructTokens, {}, false};
    const bool marksAreText = !tokenizer.specialId("[INST]") && !tokenizer.specialId("<|start_header_id|>");
    if (marksAreText && hasEnds(tokenizer) && (source.empty() || isInstruct(text)))
        return ChatStyle{ChatFormat::Instruct, {}, false};
    return std::nullopt;
}

} // namespace cw
