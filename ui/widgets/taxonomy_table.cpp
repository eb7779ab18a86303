// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/taxonomy_table.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/taxonomy_draft.h"
#include "ui/widgets/glyphs.h"

#include <QHeaderView>
#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kTagWidth = 30, kTagHeight = 18, kNumber = 66;

class TaxonomyDelegate final : public RowDelegate {
public:
    using RowDelegate::RowDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        if (!index.data(TaxonomyDraft::KeyRole).toString().isEmpty())
            return RowDelegate::paint(painter, option, index);
        const Tokens& t = tokens();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option.rect, t.window);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.lineSoft);
        const QString letter = index.data(TaxonomyDraft::LetterRole).toString();
        if (!letter.isEmpty())
            paintGroupSwatch(*painter, QRectF(option.rect.left() + 12, option.rect.center().y() - 6, 8, 14), groupStyle(letter, t));
        painter->setFont(uiFont(size::kMeta, QFont::DemiBold));
        painter->setPen(t.text);
        painter->drawText(option.rect.adjusted(letter.isEmpty() ? 12 : 28, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter->restore();
    }

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QString code = index.data().toString();
        if (index.column() != TaxonomyDraft::Code)
            return RowDelegate::paintContent(painter, content, option, index);
        if (code.isEmpty())
            return;
        painter.setRenderHint(QPainter::Antialiasing);
        paintGroupTag(painter, QRectF(content.left(), content.center().y() - kTagHeight / 2.0, kTagWidth, kTagHeight), code,
                      groupStyle(index.data(TaxonomyDraft::LetterRole).toString(), tokens()), tokens().surface);
    }
};

} // namespace

TaxonomyTable::TaxonomyTable(TaxonomyDraft& draft, QWidget* parent) : TableView(tr("Clause types"), parent), m_draft(draft) {
    setObjectName(QStringLiteral("taxonomyTable"));
    setModel(&draft);
    setItemDelegate(new TaxonomyDelegate(this));
    setSortingEnabled(false);
    QHeaderView* header = horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(TaxonomyDraft::Title, QHeaderView::Stretch);
    header->resizeSection(TaxonomyDraft::Code, 52);
    header->resizeSection(TaxonomyDraft::Kind, 112);
    for (const int column : {TaxonomyDraft::Present, TaxonomyDraft::Absent, TaxonomyDraft::Open})
        header->resizeSection(column, kNumber);
    connect(&draft, &QAbstractItemModel::modelReset, this, &TaxonomyTable::layOut);
    layOut();
}

void TaxonomyTable::layOut() {
    clearSpans();
    for (int row = 0; row < m_draft.rowCount(); ++row)
        if (m_draft.index(row, 0).data(TaxonomyDraft::KeyRole).toString().isEmpty())
            setSpan(row, 0, 1, TaxonomyDraft::ColumnCount);
}

std::string TaxonomyTable::currentKey() const {
    return currentIndex().isValid() ? toStdString(currentIndex().data(TaxonomyDraft::KeyRole).toString()) : std::string();
}

std::vector<std::string> TaxonomyTable::selectedKeys() const {
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    std::vector<std::string> keys;
    for (const QModelIndex& row : std::as_const(rows))
        if (const QString key = row.data(TaxonomyDraft::KeyRole).toString(); !key.isEmpty())
            keys.push_back(toStdString(key));
    return keys;
}

void TaxonomyTable::setCurrentKey(const std::string& key) {
    const int row = m_draft.rowOf(key);
    const QModelIndex index = m_draft.index(row >= 0 ? row : m_draft.rowOf(m_draft.taxonomy().types().front().key), 0);
    setCurrentIndex(index);
    scrollTo(index);
}

} // namespace cw
