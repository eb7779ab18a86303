// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/validation_windows.h"

#include "core/base/file.h"
#include "core/base/rng.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::int64_t kSlots = 4;

// Nothing for a row whose prompt and answer don't fit, or whose own answer isn't a canonical one.
std::optional<ValidationWindow> windowOf(const ChatRow& row, const Taxonomy& taxonomy, const ChatTemplate& chat, std::int64_t room) {
    const auto gold = parseCanonical(row.assistant, row.meta.request, taxonomy);
    if (!gold)
        return std::nullopt;
    ValidationWindow window{chat.encodePrompt(row.user), row.meta.request, *gold,
                            static_cast<std::int64_t>(chat.encodeAnswer(row.assistant).size())};
    return static_cast<std::int64_t>(window.prompt.size()) <= room ? std::optional(std::move(window)) : std::nullopt;
}

} // namespace

std::int64_t ValidationWindows::slots() const {
    return std::min(kSlots, static_cast<std::int64_t>(chosen.size()));
}

std::int64_t ValidationWindows::capacity() const {
    return chosen.empty() ? 0 : static_cast<std::int64_t>(chosen.front().prompt.size()) + budget;
}

Result<std::vector<ChatRow>> readValidationRows(const RunFolder& folder, RunKind kind) {
    if (kind != RunKind::Dpo)
        return readChatRows(folder.validation());
    CW_TRY_ASSIGN(pairs, readPreferenceRows(folder.validation()));
    std::vector<ChatRow> rows;
    for (PreferenceRow& pair : pairs)
        rows.push_back({std::move(pair.user), std::move(pair.chosen), std::move(pair.meta)});
    return rows;
}

Result<ValidationWindows> chooseWindows(const RunFolder& folder, const RunSpec& spec, const ChatTemplate& chat, std::int64_t maxLength) {
    ValidationWindows windows;
    if (spec.scoreRows == 0)
        return windows;
    CW_TRY_ASSIGN(json, readFile(folder.taxonomy()));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(json, folder.taxonomy().string()));
    CW_TRY_ASSIGN(rows, readValidationRows(folder, spec.kind));
    windows.taxonomy = std::move(taxonomy);
    windows.budget = std::min(spec.maxNewTokens, maxLength / 2);
    windows.rows = static_cast<std::int64_t>(rows.size());
    for (const ChatRow& row : rows)
        if (auto window = windowOf(row, *windows.taxonomy, chat, maxLength - windows.budget))
            windows.chosen.push_back(std::move(*window));
    windows.unusable = windows.rows - static_cast<std::int64_t>(windows.chosen.size());
    Rng(static_cast<std::uint64_t>(spec.seed), "validation windows").shuffle(windows.chosen);
    if (windows.chosen.size() > static_cast<size_t>(spec.scoreRows))
        windows.chosen.resize(static_cast<size_t>(spec.scoreRows));
    std::stable_sort(windows.chosen.begin(), windows.chosen.end(),
                     [](const ValidationWindow& a, const ValidationWindow& b) { return a.prompt.size() > b.prompt.size(); });
    return windows;
}

} // namespace cw
