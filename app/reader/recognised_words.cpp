// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/recognised_words.h"

#include <QTransform>

#include <algorithm>

namespace cw {

namespace {

constexpr double kSure = 0.7;       // below it a word is marked
constexpr double kSpeck = 0.6;      // below it what has no letter is dirt
constexpr double kSurelyRead = 0.5; // what counts for the right way up

qsizetype lettersOf(const QString& text) {
    return std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber(); });
}

bool isSpeck(const RecognisedWord& word) { return word.text.trimmed().isEmpty() || (lettersOf(word.text) == 0 && word.confidence < kSpeck); }

void append(PageLine& line, const RecognisedWord& word) {
    if (!line.text.isEmpty())
        line.text += u' ';
    if (word.confidence < kSure)
        line.marks.push_back({TextMarkKind::UnsureWord, line.text.size(), word.text.size(), word.confidence});
    line.text += word.text;
    line.box = line.box ? line.box->united(word.box) : word.box;
}

// "agree-" before "ment": the hyphen is the line's.
void splitHyphens(std::vector<PageLine>& lines) {
    for (size_t i = 0; i + 1 < lines.size(); ++i) {
        QString& text = lines[i].text;
        const bool broken = text.size() > 1 && text.endsWith(u'-') && text[text.size() - 2].isLetter();
        if (!broken || lines[i + 1].text.isEmpty())
            continue;
        text.chop(1);
        lines[i].hyphenated = true;
    }
}

} // namespace

double confidenceOf(const std::vector<RecognisedWord>& words) {
    double sum = 0, letters = 0;
    for (const RecognisedWord& word : words) {
        sum += word.confidence * static_cast<double>(word.text.size());
        letters += static_cast<double>(word.text.size());
    }
    return letters > 0 ? sum / letters : 0;
}

double scoreOf(const std::vector<RecognisedWord>& words) {
    double score = 0;
    for (const RecognisedWord& word : words)
        if (word.confidence > kSurelyRead)
            score += word.confidence * static_cast<double>(lettersOf(word.text));
    return score;
}

std::vector<PageLine> linesOf(const std::vector<RecognisedWord>& words) {
    std::vector<PageLine> lines;
    bool line = true, paragraph = false; // what begins with the next word that is one
    for (const RecognisedWord& word : words) {
        line |= word.beginsLine;
        paragraph |= word.beginsParagraph;
        if (isSpeck(word))
            continue;
        if (paragraph && !lines.empty())
            lines.emplace_back();
        if (line || paragraph || lines.empty())
            lines.emplace_back();
        append(lines.back(), word);
        line = paragraph = false;
    }
    splitHyphens(lines);
    return lines;
}

QImage turned(const QImage& picture, int quarterTurns) {
    return quarterTurns == 0 ? picture : picture.transformed(QTransform().rotate(90 * quarterTurns));
}

QRectF turnedBack(const QRectF& box, int quarterTurns, const QSize& size) {
    const double w = size.width(), h = size.height();
    switch (quarterTurns) {
    case 1:
        return {QPointF(box.top(), h - box.right()), QPointF(box.bottom(), h - box.left())};
    case 2:
        return {QPointF(w - box.right(), h - box.bottom()), QPointF(w - box.left(), h - box.top())};
    case 3:
        return {QPointF(w - box.bottom(), box.left()), QPointF(w - box.top(), box.right())};
    default:
        return box;
    }
}

} // namespace cw
