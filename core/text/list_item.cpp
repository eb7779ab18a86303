// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/list_item.h"

namespace cw {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isLetter(char c) {
    return isUpper(c) || (c >= 'a' && c <= 'z');
}

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// "A) The": a letter alone, with the beginning of a sentence behind it.
bool opensLetteredItem(std::string_view line) {
    return line.size() > 3 && isLetter(line[0]) && line[1] == ')' && line[2] == ' ' && isUpper(line[3]);
}

} // namespace

bool opensItem(std::string_view line) {
    if (startsWith(line, "\u2022") || startsWith(line, "\u00B7") || startsWith(line, "- ") || startsWith(line, "* "))
        return true;
    if (opensLetteredItem(line))
        return true;
    const bool bracket = startsWith(line, "(");
    size_t at = bracket ? 1 : 0;
    const size_t begin = at;
    while (at < line.size() && at - begin < 5 && (isDigit(line[at]) || isLetter(line[at]) || line[at] == '.'))
        ++at;
    if (at == begin || at >= line.size())
        return false;
    return bracket ? line[at] == ')' : isDigit(line[begin]) && (line[at] == ')' || line[at - 1] == '.');
}

} // namespace cw
