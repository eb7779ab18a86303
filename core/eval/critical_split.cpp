// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_split.h"

#include <utility>

namespace cw {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0xC3; }
bool isWordByte(char c) { return isLetter(c) || (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
bool isDigitAt(std::string_view text, size_t at) { return at < text.size() && isDigit(text[at]); }

// A number with its separators, ended before a comma or stop that no digit follows.
size_t numberEnd(std::string_view text, size_t at) {
    while (isDigitAt(text, at) || (at < text.size() && (text[at] == ',' || text[at] == '.') && isDigitAt(text, at + 1)))
        ++at;
    return at;
}

// A sign that is a word of its own: one byte, or the two or three of £, ¥ and €.
size_t signEnd(std::string_view text, size_t at) {
    for (std::string_view sign : {"£", "¥", "€"})
        if (text.substr(at).starts_with(sign))
            return at + sign.size();
    return at + 1;
}

bool isWordAt(std::string_view text, size_t at) { return at < text.size() && isLetter(text[at]) && signEnd(text, at) == at + 1; }

size_t wordEnd(std::string_view text, size_t at) {
    while (at < text.size() && isWordByte(text[at]) && signEnd(text, at) == at + 1)
        ++at;
    return at;
}

// "u.s.", "p.m": the end of letters with a stop behind each but perhaps the last, or `at` where they are fewer than two. A letter that
// something else touches belongs to that: "u.s.c$5" ends behind "u.s.", "j.smith" is none.
size_t initialsEnd(std::string_view text, size_t at) {
    constexpr std::string_view kBehind = " ,;:)\"'";
    size_t end = at;
    int letters = 0;
    for (size_t next = at; isWordAt(text, next) && wordEnd(text, next) == next + 1; next = end) {
        const size_t behind = next + 1;
        const bool hasStop = behind < text.size() && text[behind] == '.';
        if (!hasStop && behind < text.size() && kBehind.find(text[behind]) == kBehind.npos)
            break;
        ++letters;
        end = hasStop ? behind + 1 : behind;
        if (!hasStop)
            break;
    }
    const bool isCut = isWordAt(text, end) && wordEnd(text, end) > end + 1;
    return letters < 2 || isCut ? at : end;
}

std::string lettersOf(std::string_view initials) {
    std::string out;
    for (char c : initials)
        if (c != '.')
            out.push_back(c);
    return out;
}

bool isPointOfDecimal(std::string_view text, size_t at) { return text[at] == '.' && isDigitAt(text, at + 1); }

// The token that begins at a byte which is no blank, and where it ends.
std::pair<std::string, size_t> tokenAt(std::string_view text, size_t at) {
    const auto upTo = [&](size_t end) { return std::string(text.substr(at, end - at)); };
    if (isDigit(text[at]))
        return {upTo(numberEnd(text, at)), numberEnd(text, at)};
    if (isPointOfDecimal(text, at))
        return {'0' + upTo(numberEnd(text, at)), numberEnd(text, at)};
    if (!isWordAt(text, at))
        return {upTo(signEnd(text, at)), signEnd(text, at)};
    if (const size_t end = initialsEnd(text, at); end > at)
        return {lettersOf(text.substr(at, end - at)), end};
    return {upTo(wordEnd(text, at)), wordEnd(text, at)};
}

} // namespace

std::vector<std::string> criticalSplit(std::string_view text) {
    std::vector<std::string> out;
    for (size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        auto [token, end] = tokenAt(text, at);
        out.push_back(std::move(token));
        at = end;
    }
    return out;
}

std::string criticalForm(std::string_view text) {
    std::string out;
    for (const std::string& token : criticalSplit(text))
        out.append(out.empty() ? "" : " ").append(token);
    return out;
}

} // namespace cw
