// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/data/row_files.h"

#include "core/base/file.h"

namespace cw {

namespace {

// Gives each line of the file, with its place for an error, to `take`.
template <typename Take> Status forEachLine(const std::filesystem::path& file, Take take) {
    CW_TRY_ASSIGN(bytes, readFile(file));
    size_t number = 0;
    for (const std::string_view line : splitLines(bytes)) {
        ++number;
        if (!line.empty())
            CW_TRY(take(line, file.filename().string() + ", line " + std::to_string(number)));
    }
    return {};
}

std::string faultOf(const Example& example, std::int64_t maxLength) {
    const auto length = static_cast<std::int64_t>(example.ids.size());
    if (length > maxLength)
        return "The row has " + std::to_string(length) + " tokens, but at most " + std::to_string(maxLength) +
               " fit; cut the contract into smaller windows.";
    return example.labelCount() == 0 ? "The row has no answer to train on." : std::string();
}

LeftOutRow leftOut(const RowMeta& meta, std::string reason) {
    return {meta.contract.value, meta.part, std::move(reason)};
}

} // namespace

Example exampleOf(const ChatRow& row, const ChatTemplate& chat) {
    return makeExample(chat.encodePrompt(row.user), chat.encodeAnswer(row.assistant));
}

PreferenceExample exampleOf(const PreferenceRow& row, const ChatTemplate& chat) {
    const TokenIds prompt = chat.encodePrompt(row.user);
    return {makeExample(prompt, chat.encodeAnswer(row.chosen)), makeExample(prompt, chat.encodeAnswer(row.rejected))};
}

std::string faultOf(const ChatRow& row, const Example& example, std::int64_t maxLength) {
    return row.assistant.empty() ? "The row has no answer to train on." : faultOf(example, maxLength);
}

std::string faultOf(const PreferenceRow& row, const PreferenceExample& pair, std::int64_t maxLength) {
    if (row.chosen == row.rejected)
        return "Both answers of the pair are the same.";
    std::string fault = faultOf(pair.chosen, maxLength);
    return fault.empty() ? faultOf(pair.rejected, maxLength) : fault;
}

Result<ChatExamples> readChatExamples(const std::filesystem::path& file, const ChatTemplate& chat,
                                      std::int64_t maxLength) {
    ChatExamples read;
    CW_TRY(forEachLine(file, [&](std::string_view line, const std::string& where) -> Status {
        CW_TRY_ASSIGN(row, chatRowFromLine(line, where));
        Example example = exampleOf(row, chat);
        if (std::string fault = faultOf(row, example, maxLength); !fault.empty())
            read.leftOut.push_back(leftOut(row.meta, std::move(fault)));
        else
            read.examples.push_back(std::move(example));
        return {};
    }));
    return read;
}

Result<PreferenceExamples> readPreferenceExamples(const std::filesystem::path& file, const ChatTemplate& chat,
                                                  std::int64_t maxLength) {
    PreferenceExamples read;
    CW_TRY(forEachLine(file, [&](std::string_view line, const std::string& where) -> Status {
        CW_TRY_ASSIGN(row, preferenceRowFromLine(line, where));
        PreferenceExample pair = exampleOf(row, chat);
        if (std::string fault = faultOf(row, pair, maxLength); !fault.empty())
            read.leftOut.push_back(leftOut(row.meta, std::move(fault)));
        else
            read.pairs.push_back(std::move(pair));
        return {};
    }));
    return read;
}

} // namespace cw
