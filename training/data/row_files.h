// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads the rows of a run's data folder as token ids. A row that doesn't fit is left out whole and listed, never cut.
// Any thread.
#pragma once

#include "training/data/batch.h"
#include "training/data/row_names.h"
#include "training/tokenizer/chat_template.h"

#include <optional>

namespace cw {

enum class LeftOutWhy { TooLong, NoAnswer, SameAnswers };

struct RowFault {
    LeftOutWhy why = LeftOutWhy::TooLong;
    std::string reason; // a sentence
};

struct LeftOutRow {
    std::string contract;
    int part = 1;
    LeftOutWhy why = LeftOutWhy::TooLong;
    std::string reason; // a sentence
};

struct ChatExamples {
    std::vector<Example> examples;
    std::vector<RowName> names; // of each example
    std::vector<LeftOutRow> leftOut;
};

// One answer more wanted than the other, to one prompt.
struct PreferenceExample {
    Example chosen;
    Example rejected;
};

struct PreferenceExamples {
    std::vector<PreferenceExample> pairs;
    std::vector<RowName> names; // of each pair
    std::vector<LeftOutRow> leftOut;
};

Example exampleOf(const ChatRow& row, const ChatTemplate& chat);
PreferenceExample exampleOf(const PreferenceRow& row, const ChatTemplate& chat);

// Why a row can't be trained on, or nothing.
std::optional<RowFault> faultOf(const ChatRow& row, const Example& example, std::int64_t maxLength);
std::optional<RowFault> faultOf(const PreferenceRow& row, const PreferenceExample& pair, std::int64_t maxLength);

// `maxLength`: tokens of prompt and answer together. The error names the file and the line that is not a row.
Result<ChatExamples> readChatExamples(const std::filesystem::path& file, const ChatTemplate& chat,
                                      std::int64_t maxLength);
Result<PreferenceExamples> readPreferenceExamples(const std::filesystem::path& file, const ChatTemplate& chat,
                                                  std::int64_t maxLength);

} // namespace cw
