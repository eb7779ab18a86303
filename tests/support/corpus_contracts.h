// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The contracts of the large collection.
#pragma once

#include "tests/support/paths.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace cw::test {

// Their texts' files in the order of their names. Only where corpusFolder() isn't empty.
inline std::vector<std::filesystem::path> contractFiles() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(corpusFolder() / "data" / "contracts"))
        if (entry.path().extension() == ".txt")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace cw::test
