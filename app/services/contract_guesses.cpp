// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/contract_guesses.h"

#include "core/text/quote.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cw {

namespace {

constexpr size_t kTopBytes = 3000;     // how far from the top a title may stand
constexpr size_t kShortestTitle = 6;   // bytes
constexpr size_t kLongestTitle = 120;

constexpr std::array<std::string_view, 12> kDocumentWords = {"agreement", "contract",  "amendment", "deed",       "addendum", "licence",
                                                             "license",   "nda",       "terms",     "memorandum", "undertaking", "lease"};
constexpr std::array<std::string_view, 12> kBritish = {"colour",     "honour",      "favour",   "labour",    "programme", "organisation",
                                                       "authorised", "recognised",  "realise",  "centre",    "fulfil ",   "licence"};
constexpr std::array<std::string_view, 12> kAmerican = {"color",      "honor",       "favor",    "labor",     "program ",  "organization",
                                                        "authorized", "recognized",  "realize",  "center",    "fulfill ",  "defense"};

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// A line that names a kind of document and is neither a sentence nor a section's heading.
bool isTitle(std::string_view line) {
    if (line.size() < kShortestTitle || line.size() > kLongestTitle || line.back() == '.' || line.back() == ',' || line.back() == ';')
        return false;
    const std::string lower = lowerCase(line);
    if (std::isdigit(static_cast<unsigned char>(lower.front())) != 0)
        return false;
    if (lower.starts_with("exhibit") || lower.starts_with("this ") || lower.starts_with("source:"))
        return false;
    return std::any_of(kDocumentWords.begin(), kDocumentWords.end(), [&](std::string_view word) {
        const size_t at = lower.find(word);
        return at != std::string::npos && (at == 0 || !isLetter(lower[at - 1]));
    });
}

std::string readableStem(std::string_view stem) {
    std::string out(stem);
    std::replace_if(out.begin(), out.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
    if (!out.empty())
        out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
    return out;
}

template <size_t N> long countOf(const std::string& text, const std::array<std::string_view, N>& words) {
    long count = 0;
    for (const std::string_view word : words)
        for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size()))
            ++count;
    return count;
}

} // namespace

std::string guessTitle(std::string_view text, std::string_view stem) {
    std::string_view top = text.substr(0, kTopBytes);
    while (!top.empty()) {
        const size_t end = std::min(top.find('\n'), top.size());
        if (const std::string line = normalizeQuote(top.substr(0, end)); isTitle(line))
            return line;
        top.remove_prefix(std::min(end + 1, top.size()));
    }
    return readableStem(stem);
}

std::string guessLanguage(std::string_view text) {
    const std::string lower = lowerCase(text);
    const long british = countOf(lower, kBritish), american = countOf(lower, kAmerican);
    if (british > american)
        return "en-GB";
    return american > british ? "en-US" : "";
}

} // namespace cw
