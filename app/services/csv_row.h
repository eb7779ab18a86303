// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Rows of CSV (RFC 4180) that spreadsheets open without harm. Pure; any thread.
#pragma once

#include <string>
#include <vector>

namespace cw {

std::string csvField(const std::string& text); // always in quotes
std::string csvRow(const std::vector<std::string>& fields);

} // namespace cw
