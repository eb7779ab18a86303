// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What nobody would write, found around the edits of a shifted contract: a word or a court twice, "a" before a vowel, a State of England, a
// currency by its code and its sign, brackets that don't close.
#pragma once

#include "core/eval/shift/shift.h"

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace cw::test {

struct OddPattern {
    const char* name;
    std::regex pattern;
};

inline const std::vector<OddPattern>& oddPatterns() {
    const std::string place = "(?:England and Wales|England|Scotland|Northern Ireland)";
    const auto anyCase = std::regex::ECMAScript | std::regex::icase;
    static const std::vector<OddPattern> patterns = {
        {"a word twice", std::regex("\\b([a-z]{2,}) \\1\\b(?!-)", anyCase)},
        {"a court twice", std::regex("(the courts of " + place + ")[,;]? (?:and|or|and/or)?,? ?(?:of |in |before |if )?\\1", anyCase)},
        {"a court that stands in for itself", std::regex("(the courts of " + place + "),? (?:\\(?or),? (?:only )?if [^.;]{0,160}\\1", anyCase)},
        {"two articles", std::regex("\\b(?:an?|any|each|other|another|applicable|appropriate|said|the) the (?:courts|exclusive)\\b", anyCase)},
        {"a before a vowel", std::regex("\\ba (?!one\\b|once\\b|uni|use|user|usu|u[.]|eu)[aeio][a-z]+")},
        {"an before a consonant", std::regex("\\ban (?!hour|honest|honou?r|heir)[bcdfghjklmnpqrstvwyz][a-z]+")},
        {"a state of the kingdom", std::regex("\\b(?:state|commonwealth) of " + place, anyCase)},
        {"an American part of the kingdom", std::regex(place + ",? (?:county|state|U\\.S\\.A|USA|United States|[A-Z]{2}\\b(?![A-Z]))")},
        {"the English law", std::regex("\\bthe (?:English|Scots) law\\b", anyCase)},
        {"law twice", std::regex("\\b(?:English|Scots) laws? laws?\\b", anyCase)},
        {"a preposition twice", std::regex("\\b(of of|to to|in in|in of|of in|under of|by of) this ", anyCase)},
        {"a currency twice", std::regex("\\bGBP ?£|£ ?[0-9][0-9.,]*(?: (?:million|billion|thousand))? GBP\\b")},
        {"nothing in brackets", std::regex("\\(\\s*\\)|\\(\\s*[,;]")},
        {"a blank before a mark", std::regex("[a-z] [,;](?= )")},
    };
    return patterns;
}

inline long countOf(const std::regex& pattern, std::string_view text) {
    return std::distance(std::cregex_iterator(text.data(), text.data() + text.size(), pattern), std::cregex_iterator());
}

// Brackets that a run of text opens more often than it closes.
inline long openBrackets(std::string_view text) { return std::count(text.begin(), text.end(), '(') - std::count(text.begin(), text.end(), ')'); }

// Whole words on both sides of a range.
inline std::string_view around(std::string_view text, ByteRange range) {
    constexpr size_t kAround = 60;
    size_t begin = range.begin < kAround ? 0 : range.begin - kAround;
    while (begin > 0 && begin < range.begin && text[begin - 1] != ' ' && text[begin - 1] != '\n')
        ++begin;
    return text.substr(begin, std::min(text.size(), range.end + kAround) - begin);
}

// One line for each edit around which more of a pattern stands than before.
inline std::vector<std::string> oddReadings(std::string_view before, const ShiftedContract& after) {
    std::vector<std::string> out;
    const EditedText edited(before, after.edits);
    for (size_t i = 0; i < after.edits.size(); ++i) {
        const std::string_view was = around(before, after.edits[i].range), is = around(after.text, edited.placeOf(i));
        for (const OddPattern& odd : oddPatterns())
            if (countOf(odd.pattern, is) > countOf(odd.pattern, was))
                out.push_back(std::string(odd.name) + ": " + std::string(is));
    }
    if (openBrackets(after.text) != openBrackets(before))
        out.push_back("brackets that don't close");
    return out;
}

} // namespace cw::test
