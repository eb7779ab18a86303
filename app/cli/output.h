// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the command line prints: results to stdout, everything else to stderr. One thread.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace cw::cli {

using Json = nlohmann::ordered_json;

void print(std::string_view bytes); // to stdout, as they are
void print(const QString& text);
void printJson(const Json& json); // one document, one line
void say(const QString& message); // a line to stderr

// Rows under a head, columns aligned; the columns named in `right` to the right.
QString table(const std::vector<QStringList>& rows, const std::vector<int>& right = {});

// The error for a person, and with --json for a program.
void printError(const Error& error, bool json);

} // namespace cw::cli
