// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/csv_row.h"

#include <string_view>

namespace cw {

// A spreadsheet takes what begins with one of these for a formula, also behind a quote or blanks (OWASP, "CSV injection").
std::string csvField(const std::string& text) {
    const size_t first = text.find_first_not_of(" \"'");
    const bool formula = !text.empty() && (std::string_view("\t\r").find(text[0]) != std::string_view::npos ||
                                           (first != std::string::npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos));
    std::string out = formula ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + '"';
}

std::string csvRow(const std::vector<std::string>& fields) {
    std::string out;
    for (const std::string& field : fields)
        out += (out.empty() ? "" : ",") + csvField(field);
    return out + "\r\n";
}

} // namespace cw
