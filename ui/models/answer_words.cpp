// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/answer_words.h"

#include "app/services/result_qt.h"
#include "core/text/quote.h"
#include "core/text/word_diff.h"

#include <QStringList>

namespace cw {

namespace {

constexpr qsizetype kMostEqual = 160, kKept = 60; // characters of an equal stretch

struct Piece {
    QString text;
    bool differs = false;
};

// The quotes one below the other; a quote in normal form has no line end of its own.
std::string lines(const std::vector<Span>& spans) {
    std::string out;
    for (const Span& span : spans)
        out += (out.empty() ? "" : "\n") + normalizeQuote(span.quote);
    return out;
}

QString shortened(const QString& text) {
    return text.size() <= kMostEqual ? text : text.left(kKept) + QStringLiteral(" \u2026 ") + text.right(kKept);
}

QString markup(const Piece& piece, const Tokens& t) {
    if (!piece.differs || piece.text.trimmed().isEmpty())
        return shortened(piece.text).toHtmlEscaped();
    return QStringLiteral("<span style=\"background-color:%1; color:%2; text-decoration:underline\">%3</span>")
        .arg(t.warningFill.name(), t.warning.name(), piece.text.toHtmlEscaped());
}

// Pieces in the order of the text, split where a quote ends.
QString paragraphs(const std::vector<Piece>& pieces, const std::vector<Span>& spans, const Tokens& t) {
    QStringList quotes = {QString()};
    for (const Piece& piece : pieces) {
        const QStringList parts = piece.text.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < parts.size(); ++i) {
            if (i > 0)
                quotes << QString();
            quotes.last() += markup({parts[i], piece.differs}, t);
        }
    }
    QString out;
    for (qsizetype i = 0; i < quotes.size() && i < static_cast<qsizetype>(spans.size()); ++i) {
        const ByteRange range = spans[static_cast<size_t>(i)].range;
        out += QStringLiteral("<p style=\"margin:0 0 6px 0\"><a href=\"%1:%2\" style=\"color:%3; text-decoration:none\">%4</a></p>")
                   .arg(range.begin)
                   .arg(range.end)
                   .arg(t.text.name(), quotes[i]);
    }
    return out;
}

QString piece(const std::string& text, ByteRange range) {
    return toQString(std::string_view(text).substr(range.begin, range.size()));
}

} // namespace

std::pair<QString, QString> markedQuotes(const std::vector<Span>& first, const std::vector<Span>& second, const Tokens& tokens) {
    const std::string left = lines(first), right = lines(second);
    const bool both = !first.empty() && !second.empty(); // without anything to compare with, nothing is marked
    std::vector<Piece> leftPieces, rightPieces;
    for (const DiffRun& run : diffWords(left, right)) {
        if (run.kind != DiffKind::Inserted)
            leftPieces.push_back({piece(left, run.left), both && run.kind == DiffKind::Deleted});
        if (run.kind != DiffKind::Deleted)
            rightPieces.push_back({piece(right, run.right), both && run.kind == DiffKind::Inserted});
    }
    return {paragraphs(leftPieces, first, tokens), paragraphs(rightPieces, second, tokens)};
}

ByteRange rangeOfLink(const QString& link) {
    const QStringList ends = link.split(QLatin1Char(':'));
    return ends.size() == 2 ? ByteRange{static_cast<size_t>(ends[0].toULongLong()), static_cast<size_t>(ends[1].toULongLong())} : ByteRange();
}

} // namespace cw
