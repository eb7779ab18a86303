// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The migrations of core/store/schema, embedded at build time.
#pragma once

#include <string_view>
#include <vector>

namespace cw {

struct SchemaFile {
    std::string_view name; // "0001_initial.sql"
    std::string_view sql;
};

const std::vector<SchemaFile>& schemaFiles(); // in order; file n brings the store to version n

} // namespace cw
