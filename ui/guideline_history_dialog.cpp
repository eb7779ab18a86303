// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/guideline_history_dialog.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/change_words.h"
#include "ui/taxonomy_list_delegate.h"
#include "ui/widgets/card.h"
#include "ui/widgets/close_foot.h"
#include "ui/widgets/diff_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>

#include <algorithm>

namespace cw {

GuidelineHistoryDialog::GuidelineHistoryDialog(const QString& title, std::vector<GuidelineWording> wordings, QWidget* parent)
    : QDialog(parent), m_wordings(std::move(wordings)), m_list(new QListWidget), m_diff(new DiffView(tr("Before"), tr("This wording"))) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("guidelineHistory"));
    setWindowTitle(tr("Guideline of %1").arg(title));
    setAccessibleName(windowTitle());
    std::reverse(m_wordings.begin(), m_wordings.end());
    m_list->setAccessibleName(tr("Wordings, newest first"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new TaxonomyListDelegate(m_list));
    for (const GuidelineWording& wording : m_wordings)
        m_list->addItem(wordingTitle(wording));
    connect(m_list, &QListWidget::currentRowChanged, this, &GuidelineHistoryDialog::show);
    auto* versions = new Card(tr("Wordings"));
    versions->setFixedWidth(240);
    versions->body()->addWidget(m_list);
    auto* texts = new Card(tr("Difference"));
    texts->body()->addWidget(m_diff);
    auto* row = new QHBoxLayout;
    row->setSpacing(size::kGap);
    row->addWidget(versions);
    row->addWidget(texts, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addLayout(row, 1);
    column->addLayout(closeFoot(*this));
    m_list->setCurrentRow(0);
    m_list->setFocus();
    resize(920, 420);
}

void GuidelineHistoryDialog::show(int row) {
    if (row < 0 || row >= static_cast<int>(m_wordings.size()))
        return;
    const auto at = static_cast<size_t>(row);
    m_diff->setTexts(at + 1 < m_wordings.size() ? m_wordings[at + 1].text : std::string(), m_wordings[at].text);
}

} // namespace cw
