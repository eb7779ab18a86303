// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads the golden_tokens.json files beside the tokenizers: texts with the ids that the reference implementations give.
#pragma once

#include "core/base/file.h"
#include "training/tokenizer/chat_template.h"

#include <nlohmann/json.hpp>

#include <QByteArray>

#include <string>
#include <vector>

namespace cw::test {

struct GoldenText {
    std::string text;
    std::string decoded;
    TokenIds ids;
};

inline nlohmann::json readJson(const std::filesystem::path& file) { return nlohmann::json::parse(*readFile(file)); }

inline std::vector<GoldenText> goldenTexts(const std::filesystem::path& file) {
    std::vector<GoldenText> texts;
    const nlohmann::json golden = readJson(file);
    for (const nlohmann::json& item : golden.at("items"))
        texts.push_back({item.at("text").get<std::string>(), item.at("decoded").get<std::string>(), item.at("ids").get<TokenIds>()});
    return texts;
}

inline std::vector<ChatTurn> turnsOf(const nlohmann::json& chat) {
    std::vector<ChatTurn> turns;
    for (const nlohmann::json& message : chat.at("messages"))
        turns.push_back({message.at("role") == "user", message.at("content").get<std::string>()});
    return turns;
}

inline QByteArray printable(const TokenIds& ids) {
    QByteArray text;
    for (const std::int64_t id : ids)
        text += QByteArray::number(static_cast<qlonglong>(id)) + ' ';
    return text;
}

// The first text of which encode or decode differs from the reference, or empty.
inline QByteArray firstDifference(const Tokenizer& tokenizer, const std::vector<GoldenText>& texts) {
    for (const GoldenText& golden : texts) {
        if (tokenizer.encode(golden.text) != golden.ids)
            return "encode " + QByteArray::fromStdString(golden.text) + ": " + printable(tokenizer.encode(golden.text)) + "instead of " +
                   printable(golden.ids);
        if (tokenizer.decode(golden.ids) != golden.decoded)
            return "decode " + QByteArray::fromStdString(golden.decoded);
    }
    return {};
}

} // namespace cw::test
