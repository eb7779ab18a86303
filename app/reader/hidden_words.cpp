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
constexpr double kWideGap = 1.5;          // of a line's height: a word and its blanks may be hidden in it
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

// The words of one line with their boxes, each asked for once: an answer takes milliseconds.
class WordsOfLine {
public:
    WordsOfLine(PageLine& line, size_t at, const PageInk& ink, const WordBox& wordBox)
        : m_line(line), m_at(at), m_ink(ink), m_wordBox(wordBox), m_words(wordsOf(line.text)), m_boxes(m_words.size()),
          m_kinds(m_words.size()) {}

    void lookAtAll() {
        for (size_t i = 0; i < m_words.size(); ++i)
            lookAt(i);
    }

    // At the words that stand between two places of the line, which go up with the words.
    void lookBetween(double from, double to) {
        size_t low = 0, high = m_words.size(); // the first word that ends behind `from`
        while (low < high) {
            const size_t middle = (low + high) / 2;
            if (endOf(middle) > from + kTouch)
                high = middle;
            else
                low = middle + 1;
        }
        for (size_t i = low; i < m_words.size() && beginOf(i) < to - kTouch; ++i)
            lookAt(i);
    }

    void mark() {
        for (size_t i = 0; i < m_words.size(); ++i)
            if (m_kinds[i])
                add(m_line, *m_kinds[i], m_words[i]);
    }

private:
    static constexpr double kTouch = 0.5; // points

    // A box that isn't known lies before everything, and tells nothing.
    QRectF boxOf(size_t i) {
        if (!m_boxes[i])
            m_boxes[i] = m_wordBox(m_at, m_words[i].begin, m_words[i].length).value_or(QRectF());
        return *m_boxes[i];
    }
    bool isUpright() const { return m_line.box->height() > m_line.box->width(); }
    double beginOf(size_t i) { return isUpright() ? boxOf(i).top() : boxOf(i).left(); }
    double endOf(size_t i) { return isUpright() ? boxOf(i).bottom() : boxOf(i).right(); }

    void lookAt(size_t i) {
        const QRectF box = boxOf(i);
        if (box.isNull())
            return;
        if (!QRectF(QPointF(), m_ink.pageSize()).contains(box.center()))
            m_kinds[i] = TextMarkKind::OffPage;
        else if (!m_ink.showsSomething(box))
            m_kinds[i] = TextMarkKind::NoInk;
    }

    PageLine& m_line;
    size_t m_at;
    const PageInk& m_ink;
    const WordBox& m_wordBox;
    std::vector<Word> m_words;
    std::vector<std::optional<QRectF>> m_boxes;
    std::vector<std::optional<TextMarkKind>> m_kinds;
};

void markWords(PageLine& line, size_t at, const PageInk& ink, const WordBox& wordBox) {
    WordsOfLine words(line, at, ink, wordBox);
    const QRectF sheet = QRectF(QPointF(), ink.pageSize()).adjusted(-kOverEdge, -kOverEdge, kOverEdge, kOverEdge);
    if (!sheet.contains(*line.box))
        words.lookAtAll();
    else
        for (const auto& [from, to] : ink.gaps(*line.box, kWideGap * std::min(line.box->width(), line.box->height())))
            words.lookBetween(from, to);
    words.mark();
}

void markLine(PageLine& line, size_t at, const PageInk& ink, const WordBox& wordBox) {
    if (wordsOf(line.text).empty())
        return;
    const auto whole = [&](TextMarkKind kind) { line.marks.push_back({kind, 0, line.text.size(), 1}); };
    if (isTiny(line))
        whole(TextMarkKind::Tiny);
    if (!QRectF(QPointF(), ink.pageSize()).intersects(*line.box))
        whole(TextMarkKind::OffPage);
    else if (!ink.showsSomething(*line.box))
        whole(TextMarkKind::NoInk);
    else
        markWords(line, at, ink, wordBox);
}

} // namespace

void markHiddenWords(std::vector<PageLine>& lines, const PageInk& ink, const WordBox& wordBox) {
    for (size_t at = 0; at < lines.size(); ++at)
        if (lines[at].box)
            markLine(lines[at], at, ink, wordBox);
}

} // namespace cw
