// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/page_view.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr double kWholeSize = 96.0 / 72.0, kLeastScale = 0.4, kMostScale = 6;

PageLayout::Measure faceAdvance(const QFont& font) {
    return [metrics = QFontMetricsF(font)](std::string_view text) { return metrics.horizontalAdvance(toQString(text)); };
}

// A book face, a sans and a typewriter: what contracts are set in.
std::vector<PageLayout::Measure> faces() {
    return {faceAdvance(contractFont(24)), faceAdvance(uiFont(24)), faceAdvance(codeFont(24))};
}

} // namespace

PageView::PageView(QWidget* parent) : ContractView(parent) {
    setObjectName(QStringLiteral("pageView"));
    setAccessibleName(tr("Contract pages"));
    connect(&m_renderer, &PageRenderer::pageReady, viewport(), [this] { viewport()->update(); });
}

void PageView::setDocument(const QString& file, std::string_view text, const TextRanges* ranges, const std::vector<PageSize>* pages,
                           const std::vector<LineBox>* lines) {
    setRanges(file.isEmpty() ? nullptr : ranges);
    m_renderer.setFile(file);
    m_layout = file.isEmpty() ? PageLayout() : PageLayout(text, *pages, *lines, faces());
    if (file.isEmpty())
        return updateScrollBars();
    m_fitting = true;
    layOut();
    verticalScrollBar()->setValue(0);
}

void PageView::layOut() {
    if (!m_layout.isLoaded())
        return;
    if (m_fitting)
        m_scale = std::clamp(m_layout.scaleFor(m_fit, viewport()->width() - 8.0), kLeastScale, kMostScale);
    m_layout.layOut(m_fit, m_scale);
    updateScrollBars();
}

void PageView::keepPlace(const std::function<void()>& change) {
    const double share = verticalScrollBar()->value() / std::max(1.0, m_layout.size().height());
    change();
    verticalScrollBar()->setValue(static_cast<int>(std::round(share * m_layout.size().height())));
}

void PageView::fit(Fit fit) {
    keepPlace([this, fit] {
        m_fit = fit;
        m_fitting = true;
        layOut();
    });
}

void PageView::zoomBy(double factor) {
    keepPlace([this, factor] {
        m_fitting = false;
        m_scale = std::clamp(m_scale * factor, kLeastScale, kMostScale);
        layOut();
    });
}

QString PageView::zoomText() const {
    const QString percent = tr("%1 %").arg(std::lround(m_scale / kWholeSize * 100));
    if (!m_fitting)
        return percent;
    return (m_fit == Fit::Text ? tr("Fit text, %1") : tr("Fit width, %1")).arg(percent);
}

int PageView::currentPage() const {
    return m_layout.isEmpty() ? 0 : m_layout.pageAt(verticalScrollBar()->value() + viewport()->height() / 3.0);
}

void PageView::goToPage(int page) {
    if (page >= 0 && page < static_cast<int>(m_layout.pages().size()))
        verticalScrollBar()->setValue(static_cast<int>(m_layout.pages()[static_cast<size_t>(page)].top()) - 8);
}

const Tokens& PageView::inkTokens() const { return paperTokens(); }

qreal PageView::tagEdge(const QRectF& line) const {
    const int page = m_layout.pageAt(line.center().y());
    return std::max(m_layout.pages()[static_cast<size_t>(page)].left() + 26, m_layout.textLeft(page) - 6);
}

void PageView::paintBelow(QPainter& painter, const QRectF& visible) {
    painter.fillRect(visible, tokens().sunken);
    const std::vector<QRectF>& pages = m_layout.pages();
    for (int page = 0; page < static_cast<int>(pages.size()); ++page) {
        const QRectF& rect = pages[static_cast<size_t>(page)];
        if (rect.bottom() + PageLayout::kGap < visible.top() || rect.top() > visible.bottom())
            continue;
        paintPage(painter, page);
        if (page + 1 < static_cast<int>(pages.size())) {
            painter.setFont(uiFont(size::kMeta));
            painter.setPen(tokens().muted);
            painter.drawText(QRectF(rect.left(), rect.bottom(), rect.width(), PageLayout::kGap), Qt::AlignCenter, tr("page %1").arg(page + 2));
        }
    }
}

void PageView::paintPage(QPainter& painter, int page) {
    const QRectF shown = m_layout.pages()[static_cast<size_t>(page)], sheet = m_layout.paper(page);
    const double ratio = devicePixelRatioF();
    const QImage image = m_renderer.picture(page, QSize(static_cast<int>(std::lround(sheet.width() * ratio)),
                                                        static_cast<int>(std::lround(sheet.height() * ratio))));
    painter.save();
    painter.setClipRect(shown);
    painter.fillRect(shown, Qt::white);
    if (!image.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(sheet, image);
    } else {
        for (const QRectF& line : m_layout.lineRects(page))
            painter.fillRect(line.adjusted(0, line.height() * 0.2, 0, -line.height() * 0.2), paperTokens().lineSoft);
    }
    painter.restore();
    painter.setPen(QPen(tokens().dark ? QColor(Qt::white) : tokens().line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(shown.adjusted(0.5, 0.5, -0.5, -0.5));
}

void PageView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier))
        return ContractView::wheelEvent(event);
    zoomBy(event->angleDelta().y() > 0 ? 1.1 : 1 / 1.1);
    event->accept();
}

} // namespace cw
