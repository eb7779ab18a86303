// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How British contracts are worded and set: execution as a deed, no "herein", clauses and schedules, single quotation marks, "per cent".
#include "core/eval/shift/source.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kLongestAttestation = 700; // bytes
constexpr size_t kLongestTerm = 60;

// Gold quotes, and numbers that may be a date, keep the words that they stand in.
bool mayGo(const ShiftSource& source, ByteRange range) {
    const std::string_view text = source.text().substr(range.begin, range.size());
    if (std::any_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '_'; }))
        return false;
    for (const auto& ranges : source.gold().ranges)
        for (const ByteRange& each : ranges)
            if (each.overlaps(range))
                return false;
    return true;
}

// "IN WITNESS WHEREOF, the parties hereto have caused ...": the whole sentence.
std::optional<TextEdit> attestation(const ShiftSource& source, size_t at) {
    if (!source.words().startsWith(at, {"in", "witness", "whereof"}))
        return std::nullopt;
    const size_t begin = source.words().at(at).begin;
    const ByteRange sentence = source.sentenceOf(begin);
    const ByteRange range{begin, sentence.end};
    if (sentence.empty() || range.size() > kLongestAttestation || source.text()[range.end - 1] != '.' || !mayGo(source, range))
        return std::nullopt;
    return TextEdit{range, "This " + source.ownWord() + " has been executed as a deed and is delivered and takes effect on the date stated at the beginning of it."};
}

// "hereof" and its kin, in plain words.
std::string plainWords(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const std::string own = "this " + source.ownWord();
    const std::string& word = words.at(at).lower;
    if (word == "herein" || word == "hereinafter")
        return "in " + own;
    if (word == "hereof")
        return "of " + own;
    if (word == "hereto")
        return "to " + own;
    if (word == "hereunder")
        return "under " + own;
    if (word == "herewith")
        return "with " + own;
    return word == "hereinabove" ? "above" : word == "hereinbelow" ? "below" : "";
}

bool isStatute(const ShiftSource& source, size_t behind) {
    const TokenView& words = source.words();
    if (words.is(behind, "of") && words.isOneOf(behind + 1, {"the", "title"}))
        return words.at(behind + 2).isCapital() && !words.isOneOf(behind + 2, {"agreement", "contract", "lease", "plan", "schedule", "exhibit", "license", "terms"});
    return words.isOneOf(behind, {"et", "u"}) || words.isOneOf(behind + 1, {"u"});
}

// "Act Section 12", "Code Section 409A", "U.S.C. Section 101".
bool isStatuteBefore(const TokenView& words, size_t at) {
    return at > 0 && (words.isOneOf(at - 1, {"act", "code", "under", "regulations", "regulation"}) && words.at(at - 1).isCapital());
}

// The token behind the number of a section: "4", "4.2", "4.2(a)", "12A".
std::optional<size_t> numberEnd(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    if (!words.isNumber(at) || !source.followsClosely(at))
        return std::nullopt;
    size_t end = at + 1;
    while (words.touchesPrevious(end) && (words.isNumber(end) || words.isOneOf(end, {".", "(", ")"}) || words.at(end).text.size() == 1 || words.isOneOf(end, {"ii", "iii", "iv", "vi"})))
        ++end;
    return end;
}

// At the begin of a sentence the word is a capital's, elsewhere a British clause is small.
std::string clauseWord(const ShiftSource& source, size_t at, bool plural) {
    const Token& word = source.words().at(at);
    const std::string clause = plural ? "clauses" : "clause";
    if (word.text.size() > 1 && word.text[1] >= 'A' && word.text[1] <= 'Z')
        return inCaseOf("ALL", clause);
    const bool opens = source.sentenceOf(word.begin).begin == word.begin || source.beginsLine(at);
    return opens && word.isCapital() ? inCaseOf("X", clause) : clause;
}

// A heading's number needs no word: "Section 4. Term" -> "4. Term".
bool isHeading(const ShiftSource& source, size_t at, size_t end) {
    const TokenView& words = source.words();
    return source.beginsLine(at) && (source.beginsLine(end) || words.isOneOf(end, {".", ":", "-"}) || words.is(end - 1, ".")) && words.at(at).isCapital();
}

std::optional<TextEdit> clauseEdit(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const bool plural = words.isOneOf(at, {"sections", "articles"});
    if (!plural && !words.isOneOf(at, {"section", "article"}))
        return std::nullopt;
    if (at > 0 && words.is(at - 1, "this") && !words.isNumber(at + 1) && !plural) // "this Section"
        return TextEdit{source.rangeOf(at, at + 1), clauseWord(source, at, false)};
    const auto end = numberEnd(source, at + 1);
    if (!end || isStatute(source, *end) || isStatuteBefore(words, at))
        return std::nullopt;
    if (!plural && isHeading(source, at, *end))
        return TextEdit{{words.at(at).begin, words.at(at + 1).begin}, ""};
    return TextEdit{source.rangeOf(at, at + 1), clauseWord(source, at, plural)};
}

// A contract that has schedules already would have two of one name.
bool hasSchedules(const TokenView& words) {
    for (size_t i = 0; i + 1 < words.size(); ++i)
        if (words.isOneOf(i, {"schedule", "schedules"}) && words.at(i).isCapital() && (words.isNumber(i + 1) || words.at(i + 1).text.size() == 1))
            return true;
    return false;
}

std::optional<TextEdit> scheduleEdit(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const bool plural = words.is(at, "exhibits");
    const Token& label = words.at(at + 1);
    const bool labelled = source.followsClosely(at + 1) && (words.isNumber(at + 1) || (label.text.size() == 1 && label.isCapital()));
    if ((!plural && !words.is(at, "exhibit")) || !words.at(at).isCapital() || !labelled)
        return std::nullopt;
    return TextEdit{source.rangeOf(at, at + 1), inCaseOf(words.at(at).text, plural ? "schedules" : "schedule")};
}

// A defined term in double quotation marks: both marks, where they belong together.
bool addSingleMarks(std::string_view text, size_t open, std::string_view openMark, std::string_view closeMark, std::string_view singleOpen, std::string_view singleClose,
                    std::vector<TextEdit>& edits, size_t& next) {
    const size_t begin = open + openMark.size();
    const size_t close = text.find(closeMark, begin);
    if (close == std::string_view::npos || close == begin || close - begin > kLongestTerm)
        return false;
    const std::string_view term = text.substr(begin, close - begin);
    const bool isTerm = term.find('\n') == std::string_view::npos && term.find('\'') == std::string_view::npos && term.find("’") == std::string_view::npos &&
                        ((term[0] >= 'A' && term[0] <= 'Z') || term.substr(0, 4) == "the ");
    next = close + closeMark.size();
    if (!isTerm)
        return true;
    edits.push_back({{open, begin}, std::string(singleOpen)});
    edits.push_back({{close, next}, std::string(singleClose)});
    return true;
}

} // namespace

ShiftDraft shiftDeedWords(const ShiftSource& source) {
    ShiftDraft draft;
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i) {
        if (auto edit = attestation(source, i)) {
            const size_t end = edit->range.end;
            draft.edits.push_back(std::move(*edit));
            while (i + 1 < words.size() && words.at(i + 1).begin < end)
                ++i;
        } else if (words.is(i, "hereinafter") && words.isOneOf(i + 1, {"referred", "called", "collectively", "defined", "individually", "known", "described", "set", "the", "sometimes", "each", "jointly"})) {
            const ByteRange range{words.at(i).begin, words.at(i + 1).begin}; // "(hereinafter the "Buyer")" needs no word
            draft.edits.push_back({range, ""});
        } else if (const std::string plain = plainWords(source, i); !plain.empty()) {
            draft.edits.push_back({source.rangeOf(i, i + 1), inCaseOf(words.at(i).text, plain)});
        }
    }
    return draft;
}

ShiftDraft shiftClauseWords(const ShiftSource& source) {
    ShiftDraft draft;
    const TokenView& words = source.words();
    const bool keepsExhibits = hasSchedules(words);
    for (size_t i = 0; i < words.size(); ++i)
        if (auto clause = clauseEdit(source, i))
            draft.edits.push_back(std::move(*clause));
        else if (auto schedule = keepsExhibits ? std::nullopt : scheduleEdit(source, i))
            draft.edits.push_back(std::move(*schedule));
    return draft;
}

ShiftDraft shiftTypography(const ShiftSource& source) {
    ShiftDraft draft;
    const std::string_view text = source.text();
    for (size_t at = 0; at < text.size();) {
        size_t next = at + 1;
        if (text.substr(at, 3) == "“") {
            next = at + 3;
            addSingleMarks(text, at, "“", "”", "‘", "’", draft.edits, next);
        } else if (text[at] == '"') {
            addSingleMarks(text, at, "\"", "\"", "'", "'", draft.edits, next);
        }
        at = next;
    }
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i)
        if (words.is(i, "percent"))
            draft.edits.push_back({source.rangeOf(i, i + 1), inCaseOf(words.at(i).text, "per cent")});
    return draft;
}

} // namespace cw
