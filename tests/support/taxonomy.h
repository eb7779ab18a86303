// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The default taxonomy, for tests.
#pragma once

#include "core/base/file.h"
#include "core/taxonomy/taxonomy.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace cw::test {

inline const Taxonomy& defaultTaxonomy() {
    static const Taxonomy taxonomy = [] {
        auto json = readFile(std::string(CW_SOURCE_DIR) + "/resources/taxonomy/default.json");
        auto read = json ? Taxonomy::fromJson(*json, "default.json") : Result<Taxonomy>(json.error());
        if (!read) {
            std::fprintf(stderr, "%s\n", read.error().message().c_str());
            std::abort();
        }
        return *read;
    }();
    return taxonomy;
}

inline std::string testData(const std::string& name) {
    auto bytes = readFile(std::string(CW_TEST_DATA) + "/" + name);
    if (!bytes) {
        std::fprintf(stderr, "%s\n", bytes.error().message().c_str());
        std::abort();
    }
    return *bytes;
}

} // namespace cw::test
