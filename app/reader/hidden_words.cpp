// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/hidden_words.h"

#include <algorithm>

namespace cw {

namespace {

constexpr double kTinyPoints = 3;         // letters of a smaller size can't be read in print
constexpr double kTallShare = 0.7;        // of a font's size: the height of capitals and figures
constexpr double kSmallShare = 0.5;       // ... and of letters such as "a"
constexpr int kLeastLetters = 3;          // in a line whose height tells its font's size
constexpr double kWideGap = 1.2;          // of a line's height: words may be hidden in it
constexpr double kOverEdge = 3;           // points beyond the page's edge that count

struct Word {
    qsizetype begin = 0, length = 0;
};

bool isLetter(QChar c) { return c.isLetterOrNumber(); }

bool isTall(QChar c) {
    return c.isDigit() || c.isUpper() || QStringView(u"bdfhklt").contains(c);
}

// Rules and dots have no ink of a height that tells anything: only words with a letter or figure count.
std::vector<Word> wordsOf(const QString& text) {
    std::vector<Word> words;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = begin;
        while (end < text.size() && !text[end].isSpace())
            ++end;
        if (std::any_of(text.begin() + begin, text.begin() + end, isLetter))
            words.push_back({begin, end - begin});
        begin = end + 1;
    }
    return words;
}

bool isTiny(const PageLine& line) {
    if (std::count_if(line.text.begin(), line.text.end(), isLetter) < kLeastLetters)
        return false;
    const bool tall = std::any_of(line.text.begin(), line.text.end(), isTall);
    return std::min(line.box->width(), line.box->height()) / (tall ? kTallShare : kSmallShare) < kTinyPoints;
}

void add(PageLine& line, TextMarkKind kind, const Word& word) {
    if (!line.marks.empty() && line.marks.back().kind == kind) {
        LineMark& last = line.marks.back(); // goes on over the blanks between two words
        if (QStringView(line.text).mid(last.begin + last.length, word.begin - last.begin - last.length).trimmed().isEmpty()) {
            last.length = word.begin + word.length - last.begin;
            return;
        }
    }
    line.marks.push_back({kind, word.begin, word.length, 1});
}

void markWords(PageLine& line, size_t at, const std::vector<Word>& words, const PageInk& ink, const WordBox& wordBox) {
    const QRectF sheet(QPointF(), ink.pageSize());
    for (const Word& word : words) {
        const auto box = wordBox(at, word.begin, word.length);
        if (box && !sheet.contains(box->center()))
            add(line, TextMarkKind::OffPage, word);
        else if (box && !ink.showsSomething(*box))
            add(line, TextMarkKind::NoInk, word);
    }
}

void markLine(PageLine& line, size_t at, const PageInk& ink, const WordBox& wordBox) {
    const std::vector<Word> words = wordsOf(line.text);
    if (words.empty())
        return;
    const QRectF sheet(QPointF(), ink.pageSize());
    const Word all{0, line.text.size()};
    if (isTiny(line))
        line.marks.push_back({TextMarkKind::Tiny, all.begin, all.length, 1});
    if (!sheet.intersects(*line.box))
        line.marks.push_back({TextMarkKind::OffPage, all.begin, all.length, 1});
    else if (!ink.showsSomething(*line.box))
        line.marks.push_back({TextMarkKind::NoInk, all.begin, all.length, 1});
    else if (!sheet.adjusted(-kOverEdge, -kOverEdge, kOverEdge, kOverEdge).contains(*line.box) ||
             ink.widestGap(*line.box) > kWideGap * std::min(line.box->width(), line.box->height()))
        markWords(line, at, words, ink, wordBox);
}

} // namespace

void markHiddenWords(std::vector<PageLine>& lines, const PageInk& ink, const WordBox& wordBox) {
    for (size_t at = 0; at < lines.size(); ++at)
        if (lines[at].box)
            markLine(lines[at], at, ink, wordBox);
}

} // namespace cw
