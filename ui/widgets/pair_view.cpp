// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/pair_view.h"

#include "app/services/result_qt.h"
#include "core/base/utf.h"
#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/glyphs.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kHead = 40, kFold = 28, kKeyHead = 26, kPadX = 12, kPadY = 6;

// Lays `side` out at `width`; marked words get the difference's ground and an underline, so that colour is not alone.
std::unique_ptr<QTextLayout> layText(const PairSide& side, int width) {
    auto layout = std::make_unique<QTextLayout>(toQString(side.text), codeFont());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout->setTextOption(option);
    const Utf16Map map(side.text);
    QList<QTextLayout::FormatRange> formats;
    for (const ByteRange& range : side.marked) {
        QTextLayout::FormatRange format;
        format.start = static_cast<int>(map.toUtf16(range.begin));
        format.length = static_cast<int>(map.toUtf16(range.end)) - format.start;
        format.format.setBackground(tokens().warningFill);
        format.format.setForeground(tokens().text);
        format.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        format.format.setUnderlineColor(tokens().warning);
        formats << format;
    }
    layout->setFormats(formats);
    layout->beginLayout();
    qreal y = 0;
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height() + 2;
    }
    layout->endLayout();
    return layout;
}

int heightOf(const QTextLayout& layout) {
    const QTextLine last = layout.lineAt(layout.lineCount() - 1);
    return layout.lineCount() ? static_cast<int>(last.y() + last.height()) : 0;
}

} // namespace

struct PairView::Laid {
    const PairRow* row;
    int top = 0;
    int height = 0;
    std::unique_ptr<QTextLayout> left, right;
};

PairView::PairView(QWidget* parent) : QAbstractScrollArea(parent) {
    setAccessibleName(tr("The two answers"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumWidth(420);
}

PairView::~PairView() = default;

void PairView::setComparison(PairComparison comparison, const Taxonomy* taxonomy) {
    m_comparison = std::move(comparison);
    m_taxonomy = taxonomy;
    QStringList words;
    for (const PairRow& row : m_comparison.rows)
        words << (row.folded.empty() ? tr("%1: A %2; B %3").arg(toQString(row.key), toQString(row.left.text), toQString(row.right.text))
                                     : tr("equal keys: %1").arg(row.folded.size()));
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    layOut();
    verticalScrollBar()->setValue(0);
}

void PairView::layOut() {
    m_rows.clear();
    int top = kHead;
    const int column = viewport()->width() / 2 - 2 * kPadX;
    for (const PairRow& row : m_comparison.rows) {
        auto laid = std::make_unique<Laid>();
        laid->row = &row;
        laid->top = top;
        laid->height = kFold;
        if (row.folded.empty()) {
            laid->left = layText(row.left, column);
            laid->right = layText(row.right, column);
            laid->height = kKeyHead + std::max(heightOf(*laid->left), heightOf(*laid->right)) + 2 * kPadY + 4;
        }
        top += laid->height;
        m_rows.push_back(std::move(laid));
    }
    m_height = top;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(24);
    verticalScrollBar()->setRange(0, std::max(0, m_height - viewport()->height()));
    viewport()->update();
}

void PairView::resizeEvent(QResizeEvent*) { layOut(); }

void PairView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        layOut(); // marks carry the theme's colours
    QAbstractScrollArea::changeEvent(event);
}

void PairView::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 24 : event->key() == Qt::Key_Up ? -24 : 0;
    if (step == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
}

void PairView::paintHeads(QPainter& painter) const {
    const int half = viewport()->width() / 2;
    painter.fillRect(QRect(0, 0, viewport()->width(), kHead), tokens().window);
    painter.fillRect(QRect(0, kHead - 1, viewport()->width(), 1), tokens().line);
    const auto head = [&](int left, const QString& letter, int present, bool malformed) {
        const QRect badge(left + kPadX, (kHead - 24) / 2, 24, 24);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().text);
        painter.drawRoundedRect(badge, 5, 5);
        painter.setPen(tokens().surface);
        painter.setFont(uiFont(size::kBody, QFont::Bold));
        painter.drawText(badge, Qt::AlignCenter, letter);
        painter.setPen(tokens().text);
        painter.setFont(uiFont(size::kSection, QFont::DemiBold));
        painter.drawText(QRect(badge.right() + 10, 0, half, kHead - 1), Qt::AlignVCenter, tr("Answer %1").arg(letter));
        painter.setPen(tokens().muted);
        painter.setFont(uiFont(size::kMeta));
        painter.drawText(QRect(left, 0, half - kPadX, kHead - 1), Qt::AlignVCenter | Qt::AlignRight,
                         malformed ? tr("not valid JSON") : tr("clauses present: %1").arg(present));
    };
    head(0, QStringLiteral("A"), m_comparison.leftPresent, m_comparison.leftMalformed);
    head(half, QStringLiteral("B"), m_comparison.rightPresent, m_comparison.rightMalformed);
}

void PairView::paintFold(QPainter& painter, const Laid& row, int top) const {
    const QRect strip(0, top, viewport()->width(), row.height);
    painter.fillRect(strip, tokens().window);
    painter.fillRect(QRect(0, strip.bottom(), strip.width(), 1), tokens().line);
    paintIcon(painter, QRectF(kPadX, top + 6, 16, 16), QStringLiteral("fold"), tokens().muted);
    const std::vector<std::string>& keys = row.row->folded;
    const QString count = keys.size() == 1 ? tr("1 equal key") : tr("%1 equal keys").arg(keys.size());
    painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
    painter.setPen(tokens().text);
    painter.drawText(QRect(kPadX + 24, top, strip.width(), row.height), Qt::AlignVCenter, count);
    const int after = kPadX + 32 + QFontMetrics(painter.font()).horizontalAdvance(count);
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(tokens().muted);
    const QString names = keys.size() == 1 ? toQString(keys.front()) : tr("%1 to %2").arg(toQString(keys.front()), toQString(keys.back()));
    painter.drawText(QRect(after, top, strip.width() - after - kPadX, row.height), Qt::AlignVCenter,
                     QFontMetrics(painter.font()).elidedText(names, Qt::ElideRight, strip.width() - after - kPadX));
}

void PairView::paintCells(QPainter& painter, const Laid& row, int top) const {
    const int half = viewport()->width() / 2;
    int left = kPadX;
    if (m_taxonomy && m_taxonomy->find(row.row->key)) {
        const QString code = toQString(m_taxonomy->code(row.row->key));
        paintGroupTag(painter, QRectF(left, top + 4, kTagWidth, kTagHeight), code, groupStyle(code.left(1), tokens()), tokens().surface);
        left += kTagWidth + 8;
    }
    painter.setFont(codeFont());
    painter.setPen(tokens().text);
    painter.drawText(QRect(left, top, half * 2, kKeyHead), Qt::AlignVCenter,
                     row.row->key.empty() ? tr("the whole output") : toQString(row.row->key));
    painter.fillRect(QRect(0, top + kKeyHead, viewport()->width(), 1), tokens().lineSoft);
    row.left->draw(&painter, {double(kPadX), double(top + kKeyHead + kPadY)});
    row.right->draw(&painter, {double(half + kPadX), double(top + kKeyHead + kPadY)});
    painter.fillRect(QRect(half, top + kKeyHead, 1, row.height - kKeyHead), tokens().line);
    painter.fillRect(QRect(0, top + row.height - 1, viewport()->width(), 1), tokens().line);
}

void PairView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), tokens().surface);
    const int offset = verticalScrollBar()->value();
    for (const auto& row : m_rows) {
        const int top = row->top - offset;
        if (top + row->height < 0 || top > viewport()->height())
            continue;
        row->row->folded.empty() ? paintCells(painter, *row, top) : paintFold(painter, *row, top);
    }
    paintHeads(painter); // on top: the heads stay while the rows scroll
}

} // namespace cw
