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
    connect(&m_renderer, &PageRenderer::failed, viewport(), [this] { viewport()->update(); });
}

void PageView::setDocument(const QString& file, std::string_view text, const TextRanges* ranges, const std::vector<PageSize>* pages,
                           const std::vector<LineBox>* lines) {
    setRanges(text, file.isEmpty() ? nullptr : ranges);
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

void PageView::fit(Fit fit) {
    keepPlace(viewport()->height(), [this, fit] {
        m_fit = fit;
        m_fitting = true;
        layOut();
    });
}

void PageView::zoomBy(double factor) {
    keepPlace(viewport()->height(), [this, factor] {
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

bool PageView::isDarkPaper() const { return m_inverted && tokens().dark; }

void PageView::setInverted(bool inverted) {
    m_inverted = inverted;
    m_dark.clear();
    viewport()->update();
}

const Tokens& PageView::inkTokens() const { return isDarkPaper() ? tokens() : paperTokens(); }

// Over white paper a fill darkens, over black paper it lightens: either way the letters stay what they are.
QPainter::CompositionMode PageView::fillMode() const {
    return isDarkPaper() ? QPainter::CompositionMode_Screen : QPainter::CompositionMode_Multiply;
}

std::optional<Extent> PageView::extentOf(ByteRange range) const {
    const auto extent = m_layout.extentOf(range);
    return extent ? std::optional(Extent{extent->first, extent->second}) : std::nullopt;
}

qreal PageView::tagEdge(const QRectF& line) const {
    const int page = m_layout.pageAt(line.center().y());
    return std::max(m_layout.pages()[static_cast<size_t>(page)].left() + 26, m_layout.textLeft(page) - 6);
}

void PageView::paintBelow(QPainter& painter, const QRectF& visible) {
    painter.fillRect(visible, tokens().sunken);
    const std::vector<QRectF>& pages = m_layout.pages();
    if (pages.empty())
        return;
    const int count = static_cast<int>(pages.size());
    const PageWindow window{m_layout.pageAt(visible.top() - PageLayout::kGap), m_layout.pageAt(visible.bottom())};
    m_renderer.show(window.first, window.last);
    for (int page = window.last; page >= window.first; --page) { // the topmost is asked for last, and so drawn first
        const QRectF& rect = pages[static_cast<size_t>(page)];
        paintPage(painter, page);
        if (page + 1 < count) {
            painter.setFont(uiFont(size::kMeta));
            painter.setPen(tokens().muted);
            painter.drawText(QRectF(rect.left(), rect.bottom(), rect.width(), PageLayout::kGap), Qt::AlignCenter, tr("page %1").arg(page + 2));
        }
    }
    prepareNeighbours(window);
}

void PageView::prepareNeighbours(PageWindow window) {
    for (const int page : {window.last + 1, window.first - 1})
        if (page >= 0 && page < static_cast<int>(m_layout.pages().size()))
            m_renderer.prepare(page, pixelsOf(page));
}

QSize PageView::pixelsOf(int page) const {
    const QSizeF sheet = m_layout.paper(page).size() * devicePixelRatioF();
    return {static_cast<int>(std::lround(sheet.width())), static_cast<int>(std::lround(sheet.height()))};
}

void PageView::paintPage(QPainter& painter, int page) {
    const QRectF sheet = m_layout.pages()[static_cast<size_t>(page)];
    const QImage picture = m_renderer.picture(page, pixelsOf(page));
    painter.save();
    painter.setClipRect(sheet);
    painter.fillRect(sheet, isDarkPaper() ? Qt::black : Qt::white);
    if (!picture.isNull())
        paintPicture(painter, page, shown(picture));
    else if (m_renderer.problem(page).isEmpty())
        paintBars(painter, page);
    else
        paintProblem(painter, page);
    painter.restore();
    painter.setPen(QPen(tokens().dark && !isDarkPaper() ? QColor(Qt::white) : tokens().line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5));
}

// A picture of the right size lies on whole device pixels: sharp, and many times faster than one that is scaled by a hair.
void PageView::paintPicture(QPainter& painter, int page, const QImage& image) const {
    const QRectF sheet = m_layout.paper(page);
    const double ratio = devicePixelRatioF();
    if (image.size() != pixelsOf(page)) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(sheet, image);
        return;
    }
    const QPointF origin = contentOrigin();
    const auto onPixel = [ratio](double at) { return std::round(at * ratio) / ratio; };
    const QPointF place(onPixel(sheet.left() + origin.x()), onPixel(sheet.top() + origin.y()));
    painter.drawImage(QRectF(place - origin, QSizeF(image.size()) / ratio), image);
}

void PageView::paintBars(QPainter& painter, int page) const {
    for (const QRectF& line : m_layout.lineRects(page))
        painter.fillRect(line.adjusted(0, line.height() * 0.2, 0, -line.height() * 0.2), inkTokens().lineSoft);
}

void PageView::paintProblem(QPainter& painter, int page) const {
    const QRectF sheet = m_layout.pages()[static_cast<size_t>(page)];
    painter.setFont(uiFont());
    painter.setPen(inkTokens().text);
    painter.drawText(sheet.adjusted(40, 40, -40, -40), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_renderer.problem(page));
}

QImage PageView::shown(const QImage& picture) {
    if (!isDarkPaper())
        return picture;
    if (const auto known = m_dark.find(picture.cacheKey()); known != m_dark.end())
        return known->second;
    if (m_dark.size() > 8) // a few screens' worth
        m_dark.clear();
    QImage dark = picture;
    dark.invertPixels();
    return m_dark[picture.cacheKey()] = dark;
}

void PageView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier))
        return ContractView::wheelEvent(event);
    zoomBy(event->angleDelta().y() > 0 ? 1.1 : 1 / 1.1);
    event->accept();
}

} // namespace cw
