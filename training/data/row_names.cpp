// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/data/row_names.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kMostNames = 5;

std::string textOf(const RowName& name) {
    if (name.parts == 1)
        return name.contract;
    return name.contract + " (part " + std::to_string(name.part) + " of " + std::to_string(name.parts) + ")";
}

} // namespace

RowName nameOf(const RowMeta& meta) {
    return {meta.contract.value, meta.part, meta.parts};
}

std::string namesOf(const std::vector<RowName>& names, const std::vector<size_t>& rows) {
    std::vector<std::string> texts;
    for (const size_t row : rows)
        if (std::string text = textOf(names[row]); std::find(texts.begin(), texts.end(), text) == texts.end())
            texts.push_back(std::move(text));
    const size_t shown = std::min(texts.size(), kMostNames);
    std::string list;
    for (size_t i = 0; i < shown; ++i)
        list += (i == 0 ? "" : i + 1 == texts.size() ? " and " : ", ") + texts[i];
    return texts.size() > shown ? list + " and " + std::to_string(texts.size() - shown) + " more" : list;
}

} // namespace cw
