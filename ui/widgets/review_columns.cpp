// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/review_columns.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/redline_job.h"
#include "ui/widgets/redline_text.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace cw {

namespace {

constexpr int kHead = 36, kFold = 28, kFieldHead = 28, kPadX = 12, kPadY = 8, kNotePad = 6, kStep = 24;
constexpr qreal kQuoteLine = 19;

Qt::PenStyle lineOf(size_t column) { return column == 0 ? Qt::SolidLine : column == 1 ? Qt::DashLine : Qt::DotLine; }

ShownText valueText(const ReviewSide& side, const ReviewSide& gold, bool isGold) {
    const auto words = [](const ReviewSide& of) { return of.present ? toQString(of.value) : QStringLiteral("null"); };
    ShownText shown;
    if (isGold || !side.otherValue) {
        shown.add(words(side), side.present ? plainFormat() : mutedFormat());
        for (const std::string& accepted : side.accepted)
            shown.add((shown.text.isEmpty() ? QString() : QStringLiteral("\n")) + ReviewColumns::tr("or %1").arg(toQString(accepted)), mutedFormat());
        return shown;
    }
    const QString before = words(gold), after = words(side);
    if (!before.isEmpty())
        shown.add(before, deletedFormat());
    if (!before.isEmpty() && !after.isEmpty())
        shown.add(QStringLiteral(" "), plainFormat());
    if (!after.isEmpty())
        shown.add(after, insertedFormat());
    shown.changes << ShownChange{0, static_cast<int>(shown.text.size()),
                                 ReviewColumns::tr("value: %1 instead of %2").arg(after.isEmpty() ? ReviewColumns::tr("none") : after,
                                                                                   before.isEmpty() ? ReviewColumns::tr("none") : before)};
    return shown;
}

} // namespace

struct ReviewColumns::Cell {
    ShownText quotes, value;
    std::unique_ptr<QTextLayout> quotesLaid, valueLaid;
    QString chip;
    bool right = false;
    int valueTop = 0, chipTop = 0; // below the field's head
    int height = 0;
};

struct ReviewColumns::Laid {
    int top = 0, height = 0;
    std::vector<Cell> cells;
    std::unique_ptr<QTextLayout> note; // below them, over all columns; null: there is none
    int noteHeight = 0;
};

ReviewColumns::ReviewColumns(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("reviewColumns"));
    setAccessibleName(tr("Gold and answers by field"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setMinimumWidth(380);
    verticalScrollBar()->setSingleStep(kStep);
}

ReviewColumns::~ReviewColumns() = default;

void ReviewColumns::setNames(const QStringList& runs) {
    m_names = runs;
    viewport()->update();
}

void ReviewColumns::setSheet(ReviewSheet sheet, const RedlineOptions& options) {
    const bool sameField = !m_sheet.rows.empty() && !sheet.rows.empty() && m_sheet.rows.front().a == sheet.rows.front().a;
    m_sheet = std::move(sheet);
    m_options = options;
    m_change = -1;
    startRedlines();
    layOut();
    if (!sameField)
        verticalScrollBar()->setValue(0);
    tell();
}

void ReviewColumns::startRedlines() {
    m_jobs.clear(); // what they would still bring is nobody's any more
    m_differences.assign(m_sheet.rows.size(), {});
    m_starting = true;
    for (size_t row = 0; row < m_sheet.rows.size(); ++row) {
        const std::vector<ReviewSide>& sides = m_sheet.rows[row].sides;
        m_differences[row].resize(sides.size());
        for (size_t side = 1; side < sides.size(); ++side) {
            if (!sides[side].valid)
                continue;
            m_jobs.push_back(std::make_unique<RedlineJob>());
            m_jobs.back()->start(sides.front().quotes, sides[side].quotes, m_options, [this, row, side](const Redline& redline) {
                m_differences[row][side] = {redline, true};
                if (m_starting)
                    return; // laid out once, when all that is short is there
                layOut();
                tell();
            });
        }
    }
    m_starting = false;
}

bool ReviewColumns::isCoarse() const {
    for (const std::vector<Difference>& row : m_differences)
        for (const Difference& each : row)
            if (each.known && each.redline.coarse)
                return true;
    return std::any_of(m_jobs.begin(), m_jobs.end(), [](const auto& job) { return job->isRefining(); });
}

int ReviewColumns::columnLeft(size_t column) const { return viewport()->width() * static_cast<int>(column) / m_sheet.columns; }

void ReviewColumns::layOut() {
    m_rows.clear();
    m_ignoredSpace = m_ignoredLetters = false;
    for (const std::vector<Difference>& row : m_differences)
        for (const Difference& each : row) {
            m_ignoredSpace |= each.redline.ignoredSpace;
            m_ignoredLetters |= each.redline.ignoredLetters;
        }
    int top = kHead;
    for (size_t row = 0; row < m_sheet.rows.size(); ++row) {
        Laid laid;
        laid.top = top;
        layOutRow(laid, row);
        top += laid.height;
        m_rows.push_back(std::move(laid));
    }
    m_height = top;
    collectChanges();
    verticalScrollBar()->setPageStep(viewport()->height() - kHead);
    verticalScrollBar()->setRange(0, std::max(0, m_height - viewport()->height()));
    viewport()->update();
}

// One layout for all columns: the row is as high as its highest cell.
void ReviewColumns::layOutRow(Laid& laid, size_t row) {
    laid.height = kFold;
    if (!m_sheet.rows[row].folded.empty())
        return;
    int highest = 0;
    for (size_t side = 0; side < m_sheet.rows[row].sides.size(); ++side) {
        laid.cells.push_back(layOutCell(m_sheet.rows[row], row, side, columnLeft(side + 1) - columnLeft(side) - 2 * kPadX));
        highest = std::max(highest, laid.cells.back().height);
    }
    if (const QString& words = m_sheet.rows[row].note; !words.isEmpty()) {
        ShownText note;
        QTextCharFormat format;
        format.setForeground(tokens().warning);
        note.add(words, format);
        laid.note = layOutText(note, uiFont(size::kMeta), viewport()->width() - 2 * kPadX, 16);
        laid.noteHeight = heightOf(*laid.note) + 2 * kNotePad;
    }
    laid.height = kFieldHead + highest + laid.noteHeight;
}

ReviewColumns::Cell ReviewColumns::layOutCell(const ReviewRow& row, size_t rowIndex, size_t side, int width) const {
    const ReviewSide& shown = row.sides[side];
    const ReviewSide& gold = row.sides.front();
    Cell cell;
    if (side == 0) {
        cell.quotes.add(toQString(shown.quotes), plainFormat());
    } else if (!shown.valid) {
        cell.quotes.add(shown.quotes.empty() ? tr("no answer that can be read") : toQString(shown.quotes), mutedFormat());
    } else if (m_differences[rowIndex][side].known) {
        cell.quotes = shownRedline(m_differences[rowIndex][side].redline, gold.quotes, shown.quotes);
    } else {
        cell.quotes.add(toQString(shown.quotes), plainFormat()); // until the difference is there
    }
    if (shown.valid)
        cell.value = valueText(shown, gold, side == 0);
    const bool raw = side > 0 && !shown.valid;
    cell.quotesLaid = layOutText(cell.quotes, raw ? codeFont(12) : contractFont(14), width, kQuoteLine);
    cell.valueLaid = layOutText(cell.value, codeFont(), width, 17);
    int bottom = kPadY + heightOf(*cell.quotesLaid);
    if (heightOf(*cell.quotesLaid) > 0)
        bottom += 6;
    cell.valueTop = bottom;
    const int valueHeight = heightOf(*cell.valueLaid);
    if (side > 0 && (row.b || side == 1)) {
        cell.right = shown.score.right();
        cell.chip = cell.right ? QStringLiteral("\u2713 ") + outcomeWords(shown.score) : outcomeWords(shown.score);
        const int room = width - paintChip(nullptr, {}, cell.chip, {}, {}) - 8;
        const bool beside = cell.valueLaid->lineCount() <= 1 && cell.valueLaid->maximumWidth() <= room;
        cell.chipTop = beside ? bottom + (std::max(valueHeight, 1) - kChipHeight) / 2 + 1 : bottom + valueHeight + 4;
        cell.chipTop = std::max(cell.chipTop, bottom - 2);
        bottom = std::max(cell.chipTop + kChipHeight, bottom + valueHeight);
    } else {
        bottom += std::max(valueHeight, 17);
    }
    cell.height = bottom + kPadY;
    return cell;
}

void ReviewColumns::collectChanges() {
    m_changes.clear();
    for (size_t row = 0; row < m_rows.size(); ++row)
        for (size_t side = 0; side < m_rows[row].cells.size(); ++side) {
            const Cell& cell = m_rows[row].cells[side];
            const auto add = [&](const ShownText& shown, const QTextLayout& layout, int top) {
                for (const ShownChange& change : shown.changes) {
                    QList<QRectF> rects = rectsOf(layout, change.begin, change.end);
                    for (QRectF& rect : rects)
                        rect.translate(columnLeft(side) + kPadX, m_rows[row].top + kFieldHead + top);
                    const QString who = side == 1 ? tr("A") : tr("B");
                    m_changes.push_back({row, rects, tr("%1, %2: %3").arg(m_sheet.rows[row].title, who, change.words)});
                }
            };
            add(cell.quotes, *cell.quotesLaid, kPadY);
            add(cell.value, *cell.valueLaid, cell.valueTop);
        }
    m_change = std::min(m_change, static_cast<int>(m_changes.size()) - 1);
}

// Where no change is shown yet, those of the chosen field come next.
int ReviewColumns::changeBeside(int by) const {
    if (m_change >= 0)
        return m_change + by;
    const auto chosen = static_cast<size_t>(std::max(0, chosenRow(m_sheet)));
    const auto first = std::find_if(m_changes.begin(), m_changes.end(), [chosen](const Change& change) { return change.row >= chosen; });
    return static_cast<int>(first - m_changes.begin()) - (by > 0 ? 0 : 1);
}

bool ReviewColumns::stepChange(int by) {
    const int next = changeBeside(by);
    if (next < 0 || next >= static_cast<int>(m_changes.size()))
        return false;
    m_change = next;
    const Change change = m_changes[static_cast<size_t>(m_change)];
    if (static_cast<int>(change.row) != chosenRow(m_sheet))
        Q_EMIT fieldChosen(toQString(m_sheet.rows[change.row].key));
    if (!change.rects.isEmpty())
        reveal(static_cast<int>(change.rects.front().top()), static_cast<int>(change.rects.back().bottom()));
    viewport()->update();
    tell();
    return true;
}

void ReviewColumns::choose(const std::string& key) {
    chooseRow(m_sheet, key);
    const int row = chosenRow(m_sheet);
    if (m_change >= 0 && static_cast<int>(m_changes[static_cast<size_t>(m_change)].row) != row)
        m_change = -1; // it was one of another field
    if (row >= 0) {
        const Laid& laid = m_rows[static_cast<size_t>(row)];
        reveal(laid.top + kFieldHead, laid.top + laid.height);
    }
    viewport()->update();
    tell();
}

// Scrolls where a part of a field is not in view; the field's head comes along.
void ReviewColumns::reveal(int top, int bottom) {
    const int seen = verticalScrollBar()->value();
    if (top - seen < kHead + kFieldHead || bottom - seen > viewport()->height() - kPadY)
        verticalScrollBar()->setValue(top - kHead - kFieldHead - kPadY);
}

QString ReviewColumns::changeWords() const { return m_change < 0 ? QString() : m_changes[static_cast<size_t>(m_change)].words; }

// The words that the marks stand for, for those who can't see them.
void ReviewColumns::tell() {
    QStringList words;
    if (m_change >= 0)
        words << changeWords();
    for (size_t row = 0; row < m_sheet.rows.size() && words.isEmpty(); ++row) {
        const ReviewRow& shown = m_sheet.rows[row];
        if (!shown.chosen)
            continue;
        const ReviewSide& gold = shown.sides.front();
        words << tr("%1. Gold: %2").arg(shown.title, gold.present ? toQString(gold.quotes + " " + gold.value).simplified() : tr("absent"));
        if (!shown.note.isEmpty())
            words << shown.note;
        for (size_t side = 1; side < shown.sides.size(); ++side) {
            const ReviewSide& answer = shown.sides[side];
            const QString who = side == 1 ? tr("A") : tr("B");
            const Difference& difference = m_differences[row][side];
            words << tr("%1, %2: %3").arg(who, outcomeWords(answer.score),
                                          !answer.valid ? toQString(answer.quotes) : redlineWords(difference.redline, gold.quotes, answer.quotes));
            if (answer.otherValue)
                words << valueText(answer, gold, false).changes.front().words;
        }
        break;
    }
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    Q_EMIT redlined();
}

void ReviewColumns::resizeEvent(QResizeEvent*) { layOut(); }

void ReviewColumns::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        layOut(); // marks carry the theme's colours
    QAbstractScrollArea::changeEvent(event);
}

void ReviewColumns::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? kStep : event->key() == Qt::Key_Up ? -kStep : 0;
    if (step == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
}

QRect ReviewColumns::rowRect(int row) const {
    const Laid& laid = m_rows[static_cast<size_t>(row)];
    return {0, laid.top - verticalScrollBar()->value(), viewport()->width(), laid.height};
}

void ReviewColumns::mousePressEvent(QMouseEvent* event) {
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row) {
        const ReviewRow& pressed = m_sheet.rows[static_cast<size_t>(row)];
        if (event->pos().y() > kHead && rowRect(row).contains(event->pos()) && pressed.folded.empty())
            return Q_EMIT fieldChosen(toQString(pressed.key));
    }
}

void ReviewColumns::paintHeads(QPainter& painter) const {
    painter.fillRect(QRect(0, 0, viewport()->width(), kHead), tokens().window);
    painter.fillRect(QRect(0, kHead - 1, viewport()->width(), 1), tokens().line);
    for (int column = 0; column < m_sheet.columns; ++column) {
        const int left = columnLeft(static_cast<size_t>(column)), right = columnLeft(static_cast<size_t>(column) + 1);
        const QString title = column == 0 ? tr("Gold") : column == 1 ? tr("A") : tr("B");
        painter.setFont(uiFont(size::kSection, QFont::DemiBold));
        painter.setPen(tokens().text);
        painter.drawText(QRect(left + kPadX, 0, right - left, kHead - 1), Qt::AlignVCenter, title);
        int x = left + kPadX + QFontMetrics(painter.font()).horizontalAdvance(title) + 10;
        QPen sample(tokens().text, 2, lineOf(static_cast<size_t>(column)));
        painter.setPen(sample); // as its boxes on the page
        painter.drawLine(x, kHead / 2, x + 22, kHead / 2);
        x += 32;
        painter.setFont(uiFont(size::kMeta));
        painter.setPen(tokens().muted);
        const QString name = column == 0 ? tr("as frozen") : m_names.value(column - 1);
        painter.drawText(QRect(x, 0, right - x - kPadX, kHead - 1), Qt::AlignVCenter,
                         QFontMetrics(painter.font()).elidedText(name, Qt::ElideRight, right - x - kPadX));
        if (column > 0)
            painter.fillRect(QRect(left, 0, 1, kHead), tokens().line);
    }
}

void ReviewColumns::paintFold(QPainter& painter, const Laid& laid, int top) const {
    const ReviewRow& row = m_sheet.rows[static_cast<size_t>(&laid - m_rows.data())];
    const QRect strip(0, top, viewport()->width(), laid.height);
    painter.fillRect(strip, tokens().window);
    painter.fillRect(QRect(0, strip.bottom(), strip.width(), 1), tokens().line);
    paintIcon(painter, QRectF(kPadX, top + 6, 16, 16), QStringLiteral("fold"), tokens().muted);
    const int count = static_cast<int>(row.folded.size());
    const QString keys = count == 1 ? tr("1 key") : tr("%1 keys").arg(count);
    const QString words = m_sheet.columns == 3 ? tr("%1, all three equal").arg(keys) : tr("%1, both equal").arg(keys);
    painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
    painter.setPen(tokens().text);
    painter.drawText(strip.adjusted(kPadX + 24, 0, 0, 0), Qt::AlignVCenter, words);
    const int after = kPadX + 34 + QFontMetrics(painter.font()).horizontalAdvance(words);
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(tokens().muted);
    painter.drawText(strip.adjusted(after, 0, 0, 0), Qt::AlignVCenter, tr("%1 present, %2 null").arg(row.foldedPresent).arg(count - row.foldedPresent));
}

void ReviewColumns::paintRowHead(QPainter& painter, const ReviewRow& row, int top) const {
    const QRect strip(0, top, viewport()->width(), kFieldHead);
    painter.fillRect(strip, row.chosen ? tokens().accentFill : tokens().window);
    if (row.chosen)
        painter.fillRect(QRect(0, top, 3, kFieldHead), tokens().accent);
    int left = kPadX;
    if (!row.code.isEmpty()) {
        paintGroupTag(painter, QRectF(left, top + 5, kTagWidth, kTagHeight), row.code, groupStyle(row.letter, tokens()), tokens().surface);
        left += kTagWidth + 8;
    }
    QFont key = codeFont();
    key.setWeight(QFont::Bold);
    painter.setFont(key);
    painter.setPen(tokens().text);
    painter.drawText(QRect(left, top, strip.width(), kFieldHead), Qt::AlignVCenter, toQString(row.key));
    left += QFontMetrics(key).horizontalAdvance(toQString(row.key)) + 10;
    painter.setFont(uiFont(size::kMeta));
    const QString what = row.suspectGold ? tr("suspect gold: both runs say the same") : groupWords(row.group);
    int right = strip.width() - kPadX;
    painter.setPen(row.suspectGold ? tokens().warning : tokens().muted);
    painter.drawText(QRect(left, top, right - left, kFieldHead), Qt::AlignVCenter | Qt::AlignRight, what);
    right -= QFontMetrics(painter.font()).horizontalAdvance(what) + 8;
    if (row.suspectGold) {
        paintIcon(painter, QRectF(right - 14, top + 6, 16, 16), QStringLiteral("flag"), tokens().warning);
        right -= 24;
    }
    painter.setPen(tokens().muted);
    painter.drawText(QRect(left, top, right - left, kFieldHead), Qt::AlignVCenter,
                     QFontMetrics(painter.font()).elidedText(row.kind, Qt::ElideRight, right - left));
}

void ReviewColumns::paintRow(QPainter& painter, const Laid& laid, int top) const {
    const ReviewRow& row = m_sheet.rows[static_cast<size_t>(&laid - m_rows.data())];
    paintRowHead(painter, row, top);
    const int cellsTop = top + kFieldHead, cellsHeight = laid.height - kFieldHead - laid.noteHeight;
    for (size_t side = 0; side < laid.cells.size(); ++side) {
        const Cell& cell = laid.cells[side];
        const int left = columnLeft(side), right = columnLeft(side + 1);
        cell.quotesLaid->draw(&painter, QPointF(left + kPadX, cellsTop + kPadY));
        // Value and chip stand at the foot of the row, whatever the height of the quotes.
        const int lower = cellsHeight - cell.height;
        cell.valueLaid->draw(&painter, QPointF(left + kPadX, cellsTop + cell.valueTop));
        if (!cell.chip.isEmpty()) {
            const int width = paintChip(nullptr, {}, cell.chip, {}, {});
            paintChip(&painter, QPointF(right - kPadX - width, cellsTop + cell.chipTop + lower), cell.chip, cell.right ? tokens().success : tokens().danger,
                      cell.right ? tokens().successFill : tokens().dangerFill);
        }
        if (side > 0)
            painter.fillRect(QRect(left, cellsTop, 1, cellsHeight), tokens().line);
    }
    if (laid.note) {
        painter.fillRect(QRect(0, cellsTop + cellsHeight, viewport()->width(), laid.noteHeight), tokens().warningFill);
        laid.note->draw(&painter, QPointF(kPadX, cellsTop + cellsHeight + kNotePad));
    }
    painter.fillRect(QRect(0, top + laid.height - 1, viewport()->width(), 1), tokens().line);
}

void ReviewColumns::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), tokens().surface);
    const int offset = verticalScrollBar()->value();
    for (const Laid& laid : m_rows) {
        const int top = laid.top - offset;
        if (top + laid.height < 0 || top > viewport()->height())
            continue;
        laid.cells.empty() ? paintFold(painter, laid, top) : paintRow(painter, laid, top);
    }
    if (m_change >= 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens().accent, 2));
        for (const QRectF& rect : m_changes[static_cast<size_t>(m_change)].rects)
            painter.drawRoundedRect(rect.translated(0, -offset).adjusted(-2, -1, 2, 1), 3, 3);
    }
    paintHeads(painter); // on top: the heads stay while the rows scroll
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens().accent, 2));
        painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
    }
}

} // namespace cw
