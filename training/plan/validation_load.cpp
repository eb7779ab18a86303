// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/validation_load.h"

namespace cw {

namespace {

Result<std::vector<PassSize>> sizesOf(const RunFolder& folder, const RunSpec& spec, const ChatTemplate& chat, std::int64_t maxLength) {
    if (spec.kind == RunKind::Dpo) {
        CW_TRY_ASSIGN(rows, readPreferenceExamples(folder.validation(), chat, maxLength));
        return passSizes(rows.pairs);
    }
    CW_TRY_ASSIGN(rows, readChatExamples(folder.validation(), chat, maxLength));
    return passSizes(rows.examples);
}

} // namespace

ValidationLoad validationLoad(std::vector<PassSize> rows, const ValidationWindows& windows) {
    ValidationLoad load;
    load.rows = std::move(rows);
    load.windows = static_cast<std::int64_t>(windows.chosen.size());
    load.slots = windows.slots();
    load.capacity = windows.capacity();
    for (const ValidationWindow& window : windows.chosen) {
        load.prompts.push_back(static_cast<std::int64_t>(window.prompt.size()));
        load.answerTokens += window.goldTokens;
    }
    return load;
}

Result<ValidationLoad> readValidationLoad(const RunFolder& folder, const RunSpec& spec, const ChatTemplate& chat, std::int64_t maxLength) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder.validation(), ignored))
        return ValidationLoad{};
    CW_TRY_ASSIGN(rows, sizesOf(folder, spec, chat, maxLength));
    if (rows.empty())
        return ValidationLoad{};
    CW_TRY_ASSIGN(windows, chooseWindows(folder, spec, chat, maxLength));
    return validationLoad(std::move(rows), windows);
}

} // namespace cw
