// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pages of a PDF contract with the marks on them. Pages are rendered in the background and show their lines as bars until they are
// there, so scrolling never waits. GUI thread.
#pragma once

#include "ui/models/page_layout.h"
#include "ui/widgets/contract_view.h"
#include "ui/widgets/page_renderer.h"

#include <map>

namespace cw {

class PageView : public ContractView {
    Q_OBJECT

public:
    explicit PageView(QWidget* parent = nullptr);

    // All but `file` must outlive the view's use of them. An empty file shows nothing.
    void setDocument(const QString& file, std::string_view text, const TextRanges* ranges, const std::vector<PageSize>* pages,
                     const std::vector<LineBox>* lines);

    // Zoom: pixels a point at 100 % are 96/72.
    void fit(Fit fit);
    void zoomBy(double factor);
    QString zoomText() const; // "Fit text, 130 %"
    // White paper, or in a dark window paper as dark as it.
    void setInverted(bool inverted);
    bool isInverted() const { return m_inverted; }
    int currentPage() const;  // from 0: the one at the viewport's upper third
    void goToPage(int page);

    std::vector<QRectF> rectsOf(ByteRange range) const override { return m_layout.rectsOf(range); }
    std::optional<Extent> extentOf(ByteRange range) const override;
    ByteRange rangeIn(qreal top, qreal bottom) const override { return m_layout.rangeIn(top, bottom); }
    std::optional<size_t> offsetAt(QPointF content) const override { return m_layout.offsetAt(content); }
    QSizeF contentSize() const override { return m_layout.size(); }
    std::vector<QRectF> pageRects() const override { return m_layout.pages(); }

protected:
    void paintBelow(QPainter& painter, const QRectF& visible) override;
    void paintAbove(QPainter&, const QRectF&) override {}
    const Tokens& inkTokens() const override;
    QPainter::CompositionMode fillMode() const override;
    qreal tagEdge(const QRectF& line) const override;
    void layOut() override;
    void wheelEvent(QWheelEvent* event) override;

private:
    bool isDarkPaper() const;
    QSize pixelsOf(int page) const;
    void paintPage(QPainter& painter, int page);
    void paintPicture(QPainter& painter, int page, const QImage& image) const;
    void paintBars(QPainter& painter, int page) const;   // in place of a picture that isn't there yet
    void paintProblem(QPainter& painter, int page) const; // in place of one that never comes
    QImage shown(const QImage& picture);
    void prepareNeighbours(PageWindow window);
    PageLayout m_layout;
    PageRenderer m_renderer{this};
    Fit m_fit = Fit::Text;
    bool m_fitting = true;
    double m_scale = 1;
    bool m_inverted = false;
    std::map<qint64, QImage> m_dark; // inverted pictures by the key of the one they were made of: a few screens' worth
};

} // namespace cw
