// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/memory_bar.h"

#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "ui/appearance.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace cw {

namespace {

constexpr int kBarTop = 2, kBarHeight = 18, kLegendTop = 30, kLine = 20, kSwatch = 14;
constexpr double kGap = 2;

// Neighbours differ in lightness too; the last, what the allocator keeps, is grey.
QColor partColor(size_t part, const std::string& name) {
    return name == "allocator" ? tokens().lineStrong : seriesColor(static_cast<int>(part), tokens());
}

} // namespace

QString memoryPartName(const std::string& part) {
    static const std::pair<const char*, const char*> kNames[] = {{"weights", QT_TRANSLATE_NOOP("cw::MemoryBar", "base weights")},
                                                                 {"adapter", QT_TRANSLATE_NOOP("cw::MemoryBar", "adapter")},
                                                                 {"gradients", QT_TRANSLATE_NOOP("cw::MemoryBar", "gradients")},
                                                                 {"optimiser", QT_TRANSLATE_NOOP("cw::MemoryBar", "optimiser")},
                                                                 {"activations", QT_TRANSLATE_NOOP("cw::MemoryBar", "activations")},
                                                                 {"head", QT_TRANSLATE_NOOP("cw::MemoryBar", "head and loss")},
                                                                 {"working", QT_TRANSLATE_NOOP("cw::MemoryBar", "working room")},
                                                                 {"allocator", QT_TRANSLATE_NOOP("cw::MemoryBar", "kept by the allocator")}};
    for (const auto& [key, name] : kNames)
        if (part == key)
            return MemoryBar::tr(name);
    return toQString(part);
}

MemoryBar::MemoryBar(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Memory by part"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MemoryBar::setPlan(const RunPlan& plan) {
    m_parts = plan.parts;
    std::erase_if(m_parts, [](const MemoryPart& part) { return part.bytes <= 0; });
    m_free = static_cast<double>(plan.memoryBytes);
    m_peak = static_cast<double>(plan.peakBytes);
    QStringList all{tr("%1 at most, %2 may be taken").arg(bytesWord(m_peak), bytesWord(m_free))};
    for (size_t part = 0; part < m_parts.size(); ++part)
        all << words(part);
    setAccessibleDescription(all.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize MemoryBar::sizeHint() const { return {280, kLegendTop + kLine * static_cast<int>(m_parts.size())}; }

double MemoryBar::whole() const {
    double sum = 0;
    for (const MemoryPart& part : m_parts)
        sum += static_cast<double>(part.bytes);
    return std::max({m_free, sum, 1.0});
}

QRectF MemoryBar::segment(size_t part) const {
    double before = 0;
    for (size_t i = 0; i < part; ++i)
        before += static_cast<double>(m_parts[i].bytes);
    const double scale = width() / whole();
    return {before * scale, kBarTop, static_cast<double>(m_parts[part].bytes) * scale, kBarHeight};
}

QString MemoryBar::words(size_t part) const {
    return tr("%1 %2").arg(memoryPartName(m_parts[part].name), bytesWord(static_cast<double>(m_parts[part].bytes)));
}

void MemoryBar::paintBar(QPainter& painter) const {
    painter.fillRect(QRectF(0, kBarTop, width(), kBarHeight), tokens().sunken);
    painter.setFont(uiFont(size::kRail, QFont::DemiBold));
    for (size_t part = 0; part < m_parts.size(); ++part) {
        const QRectF box = segment(part);
        const QColor ink = partColor(part, m_parts[part].name);
        painter.fillRect(box.adjusted(0, 0, box.width() > 2 * kGap ? -kGap : 0, 0), ink);
        painter.setPen(tokens().surface);
        if (box.width() > kSwatch)
            painter.drawText(box.adjusted(0, 0, -kGap, 0), Qt::AlignCenter, QString::number(part + 1));
    }
    if (m_free < whole()) // the line beyond which there is no memory
        painter.fillRect(QRectF(width() * m_free / whole() - 1, 0, 2, kBarHeight + 2 * kBarTop), tokens().danger);
}

void MemoryBar::paintLegend(QPainter& painter) const {
    for (size_t part = 0; part < m_parts.size(); ++part) {
        const double top = kLegendTop + kLine * static_cast<double>(part);
        const QRectF swatch(0, top + 3, kSwatch, kSwatch);
        painter.fillRect(swatch, partColor(part, m_parts[part].name));
        painter.setFont(uiFont(size::kRail, QFont::DemiBold));
        painter.setPen(tokens().surface);
        painter.drawText(swatch, Qt::AlignCenter, QString::number(part + 1));
        painter.setFont(uiFont(size::kMeta));
        painter.setPen(tokens().text);
        painter.drawText(QRectF(kSwatch + 8, top, width() - kSwatch - 8, kLine), Qt::AlignLeft | Qt::AlignVCenter, memoryPartName(m_parts[part].name));
        painter.drawText(QRectF(0, top, width(), kLine), Qt::AlignRight | Qt::AlignVCenter, bytesWord(static_cast<double>(m_parts[part].bytes)));
    }
}

void MemoryBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBar(painter);
    paintLegend(painter);
}

bool MemoryBar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (size_t part = 0; part < m_parts.size(); ++part)
        if (segment(part).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), words(part), this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

} // namespace cw
