// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/papers/token_jaccard.h"

#include "core/base/utf.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <set>
#include <string>

namespace cw {

namespace {

std::string reduced(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c == '/')
            out.push_back(' ');
        else if (c != '.' && c != ',' && c != ';' && c != ':')
            out.push_back(c);
    return foldCase(out);
}

std::set<std::string> wordsOf(const std::string& text, bool emptyWords) {
    std::set<std::string> words;
    std::string word;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const char32_t c = decodeCodePoint(text, at);
        if (emptyWords ? c != U' ' : !isWhitespace(c)) {
            word.append(text, begin, at - begin);
            continue;
        }
        words.insert(word);
        word.clear();
    }
    words.insert(word);
    if (!emptyWords)
        words.erase(std::string());
    return words;
}

} // namespace

double tokenJaccard(std::string_view a, std::string_view b, bool emptyWords) {
    const std::set<std::string> left = wordsOf(reduced(a), emptyWords);
    const std::set<std::string> right = wordsOf(reduced(b), emptyWords);
    const auto common = static_cast<size_t>(std::count_if(left.begin(), left.end(), [&](const std::string& word) { return right.count(word) > 0; }));
    const size_t all = left.size() + right.size() - common;
    return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

} // namespace cw
