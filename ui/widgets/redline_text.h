// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A redline as one running text with its marks: what is gone is struck through, what is new is underlined, moved passages have an arrow at both
// ends. No mark is a colour alone. GUI thread (it reads the theme).
#pragma once

#include "core/text/redline.h"

#include <QList>
#include <QString>
#include <QTextLayout>

#include <memory>
#include <string>

namespace cw {

// A stretch of the shown text that differs, with what a screen reader says of it.
struct ShownChange {
    int begin = 0, end = 0; // in UTF-16
    QString words;          // "deleted: In addition"
};

struct ShownText {
    QString text;
    QList<QTextLayout::FormatRange> formats;
    QList<ShownChange> changes;
    void add(const QString& words, const QTextCharFormat& format = {});
};

QTextCharFormat plainFormat();    // these carry the colours of the theme in force
QTextCharFormat mutedFormat();
QTextCharFormat deletedFormat();
QTextCharFormat insertedFormat();

ShownText shownRedline(const Redline& redline, const std::string& left, const std::string& right);

// Lays the text out at `width`; lines are at least `lineHeight` high.
std::unique_ptr<QTextLayout> layOutText(const ShownText& shown, const QFont& font, int width, qreal lineHeight);
int heightOf(const QTextLayout& layout);
// One rectangle a line of the stretch, in the layout's coordinates.
QList<QRectF> rectsOf(const QTextLayout& layout, int begin, int end);

} // namespace cw
