// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What text recognition gives, word by word, to lines of a page; and the turns that a picture may need first. Pure.
#pragma once

#include "app/reader/pdf_page.h"

#include <QImage>
#include <QRectF>
#include <QSize>
#include <QString>

#include <vector>

namespace cw {

struct RecognisedWord {
    QString text;
    QRectF box;
    double confidence = 0; // 0 to 1
    bool beginsLine = false, beginsParagraph = false;
};

// The mean over letters; 0 for no words.
double confidenceOf(const std::vector<RecognisedWord>& words);
// Letters that were surely read: what a right way up has more of.
double scoreOf(const std::vector<RecognisedWord>& words);

// Words under 0.7 are marked unsure; specks that were taken for signs are left out. An empty line stands between paragraphs, and a hyphen
// at a line's end becomes the line's own.
std::vector<PageLine> linesOf(const std::vector<RecognisedWord>& words);

// A picture turned clockwise by quarters, and a box on it back to where it was in the picture of `size`.
QImage turned(const QImage& picture, int quarterTurns);
QRectF turnedBack(const QRectF& box, int quarterTurns, const QSize& size);

} // namespace cw
