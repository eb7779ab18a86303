// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where tests find their data. `corpusFolder` is the large collection that only some machines have: a test that needs it says that it
// did not run where it is missing.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace cw::test {

inline std::filesystem::path dataFolder() { return CW_TEST_DATA; }
inline std::filesystem::path sourceFolder() { return CW_SOURCE_DIR; }
inline std::filesystem::path sampleFolder() { return sourceFolder() / "resources" / "sample"; }

// CW_CORPUS: a folder with data/ and models/, or empty.
inline std::filesystem::path corpusFolder() {
    const char* folder = std::getenv("CW_CORPUS");
    return folder ? std::filesystem::path(folder) : std::filesystem::path();
}

} // namespace cw::test
