// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/taxonomy/guideline_history.h"

namespace cw {

std::vector<GuidelineWording> guidelineHistory(const std::vector<TaxonomyVersion>& versions, std::string_view key) {
    std::vector<GuidelineWording> out;
    for (const TaxonomyVersion& version : versions) {
        const ClauseType* type = version.taxonomy.find(key);
        if (!type)
            continue;
        const std::string text = type->example.empty() ? type->guideline : type->guideline + "\nExample: " + type->example;
        if (out.empty() || out.back().text != text)
            out.push_back({static_cast<int>(out.size()) + 1, version.taxonomy.version(), text, version.madeBy, version.madeAt});
    }
    return out;
}

} // namespace cw
