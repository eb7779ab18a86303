// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The canonical text of a contract in a serif, wrapped to the window, with the marks on it. GUI thread.
#pragma once

#include "ui/widgets/contract_view.h"

#include <QTextLayout>

#include <memory>
#include <string_view>

namespace cw {

class TextView : public ContractView {
    Q_OBJECT

public:
    explicit TextView(QWidget* parent = nullptr);

    // Both must outlive the view's use of them; an empty text and a null pointer show nothing.
    void setText(std::string_view text, const TextRanges* ranges);

    std::vector<QRectF> rectsOf(ByteRange range) const override;
    std::optional<Extent> extentOf(ByteRange range) const override;
    ByteRange rangeIn(qreal top, qreal bottom) const override;
    std::optional<size_t> offsetAt(QPointF content) const override;
    QSizeF contentSize() const override;
    std::vector<QRectF> pageRects() const override;

protected:
    void paintBelow(QPainter& painter, const QRectF& visible) override;
    void paintAbove(QPainter& painter, const QRectF& visible) override;
    const Tokens& inkTokens() const override;
    QPainter::CompositionMode fillMode() const override { return QPainter::CompositionMode_SourceOver; }
    qreal tagEdge(const QRectF& line) const override;
    void layOut() override;
    void prepare() override;
    void showEvent(QShowEvent* event) override;

private:
    // Lines of the canonical text that belong together.
    struct Paragraph {
        ByteRange range;
        std::unique_ptr<QTextLayout> layout;
        qreal top = 0, height = 0;
    };
    const Paragraph* paragraphAt(size_t offset) const;
    std::optional<qreal> lineTop(const Paragraph& paragraph, size_t offset) const;
    std::string_view textOf(const Paragraph& paragraph) const { return text().substr(paragraph.range.begin, paragraph.range.size()); }
    // Breaks the text into lines if its width has changed. A long text takes a while: not before somebody looks at it.
    void breakParagraphs() const;
    qreal columnWidth() const;
    qreal columnLeft() const;

    mutable std::vector<Paragraph> m_paragraphs;
    mutable qreal m_height = 0;
    mutable int m_laidOutWidth = -1; // -1: not yet
};

} // namespace cw
