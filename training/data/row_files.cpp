// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/data/row_files.h"

#include "core/base/file.h"

#include <optional>

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

const RowFault kNoAnswer{LeftOutWhy::NoAnswer, "The row has no answer to train on."};

std::optional<RowFault> faultOf(const Example& example, std::int64_t maxLength) {
    const auto length = static_cast<std::int64_t>(example.ids.size());
    if (length > maxLength)
        return RowFault{LeftOutWhy::TooLong, "The row has " + std::to_string(length) + " tokens, but at most " +
                                                  std::to_string(maxLength) +
                                                  " fit; cut the contract into smaller windows."};
    return example.labelCount() == 0 ? std::optional(kNoAnswer) : std::nullopt;
}

LeftOutRow leftOut(const RowMeta& meta, const RowFault& fault) {
    return {meta.contract.value, meta.part, fault.why, fault.reason};
}

} // namespace

Example exampleOf(const ChatRow& row, const ChatTemplate& chat) {
    return makeExample(chat.encodePrompt(row.user), chat.encodeAnswer(row.assistant));
}

PreferenceExample exampleOf(const PreferenceRow& row, const ChatTemplate& chat) {
    const TokenIds prompt = chat.encodePrompt(row.user);
    return {makeExample(prompt, chat.encodeAnswer(row.chosen)), makeExample(prompt, chat.encodeAnswer(row.rejected))};
}

std::optional<RowFault> faultOf(const ChatRow& row, const Example& example, std::int64_t maxLength) {
    return row.assistant.empty() ? std::optional(kNoAnswer) : faultOf(example, maxLength);
}

std::optional<RowFault> faultOf(const PreferenceRow& row, const PreferenceExample& pair, std::int64_t maxLength) {
    if (row.chosen == row.rejected)
        return RowFault{LeftOutWhy::SameAnswers, "Both answers of the pair are the same."};
    const auto fault = faultOf(pair.chosen, maxLength);
    return fault ? fault : faultOf(pair.rejected, maxLength);
}

Result<ChatExamples> readChatExamples(const std::filesystem::path& file, const ChatTemplate& chat,
                                      std::int64_t maxLength) {
    ChatExamples read;
    CW_TRY(forEachLine(file, [&](std::string_view line, const std::string& where) -> Status {
        CW_TRY_ASSIGN(row, chatRowFromLine(line, where));
        Example example = exampleOf(row, chat);
        if (const auto fault = faultOf(row, example, maxLength)) {
            read.leftOut.push_back(leftOut(row.meta, *fault));
            return {};
        }
        read.examples.push_back(std::move(example));
        read.names.push_back(nameOf(row.meta));
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
        if (const auto fault = faultOf(row, pair, maxLength)) {
            read.leftOut.push_back(leftOut(row.meta, *fault));
            return {};
        }
        read.pairs.push_back(std::move(pair));
        read.names.push_back(nameOf(row.meta));
        return {};
    }));
    return read;
}

} // namespace cw
