// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The difference of two files, as words or as fields of JSON objects. Each function gives true if there is none.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <string>

namespace cw::cli {

bool printWordDiff(const std::string& left, const std::string& right, bool json);

struct NamedText {
    QString file;
    std::string text;
};

Result<bool> printFieldDiff(const NamedText& left, const NamedText& right, bool json);

} // namespace cw::cli
