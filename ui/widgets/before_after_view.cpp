// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/before_after_view.h"

#include "app/services/background.h"
#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/widgets/card.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/table_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

namespace {

Result<BeforeAfter> compareAll(const std::vector<EvaluationPair>& pairs) {
    BeforeAfter compared;
    for (const EvaluationPair& pair : pairs)
        CW_TRY(addSlices(compared, pair.side, pair.before, pair.after));
    if (compared.slices.empty())
        return Error{ErrorCode::BadInput, compared.notes.empty() ? "There is nothing to compare." : compared.notes.front(),
                     "Make a split with a test side of other contracts, and evaluate both adapters on it."};
    return compared;
}

TableView* tableOf(const char* objectName, const QString& name, QAbstractItemModel& model, int stretched) {
    auto* table = new TableView(name);
    table->setObjectName(QString::fromLatin1(objectName));
    table->setModel(&model);
    table->setSortingEnabled(false);
    table->horizontalHeader()->setSortIndicatorShown(false);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    return table;
}

} // namespace

BeforeAfterView::BeforeAfterView(QWidget* parent)
    : QWidget(parent), m_stack(new QStackedWidget), m_sentence(new QLabel), m_notes(new QLabel), m_offer(new KeyButton(QString(), KeyButton::Kind::Primary)),
      m_card(new Card(tr("Before and after"))), m_forgottenCard(new Card(tr("Clauses that got worse"))),
      m_table(tableOf("beforeAfterTable", tr("Before and after by side and language"), m_model, BeforeAfterModel::Slice)),
      m_forgottenTable(tableOf("forgottenTable", tr("Clauses that got worse"), m_forgotten, ForgottenModel::Contracts)) {
    m_sentence->setObjectName(QStringLiteral("beforeAfterSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setProperty("role", QStringLiteral("muted"));
    connect(m_offer, &QPushButton::clicked, this, &BeforeAfterView::offerTaken);
    auto* waiting = new QWidget;
    auto* middle = new QVBoxLayout(waiting);
    middle->setSpacing(12);
    middle->addStretch(1);
    middle->addWidget(m_sentence);
    middle->addWidget(m_offer, 0, Qt::AlignHCenter);
    middle->addStretch(1);

    m_notes->setObjectName(QStringLiteral("beforeAfterNotes"));
    m_notes->setProperty("role", QStringLiteral("meta"));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    m_card->body()->addWidget(m_table);
    m_card->body()->addWidget(m_notes);
    m_forgottenTable->setEmptyText(tr("No clause of these contracts got worse: more of each was fixed than broken, or nothing changed."));
    m_forgottenCard->body()->addWidget(m_forgottenTable);
    auto* tables = new QWidget;
    auto* column = new QVBoxLayout(tables);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kGap);
    column->addWidget(m_card, 1);
    column->addWidget(m_forgottenCard, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BeforeAfterView::showForgotten);

    m_stack->addWidget(waiting);
    m_stack->addWidget(tables);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

void BeforeAfterView::setTitle(const QString& title) { m_card->setTitle(title); }

void BeforeAfterView::setWaiting(const QString& sentence, const QString& offer) {
    m_pairs.clear();
    m_sentence->setText(sentence);
    m_offer->setText(offer);
    m_offer->setAccessibleName(offer);
    m_offer->setVisible(!offer.isEmpty());
    m_stack->setCurrentIndex(0);
}

void BeforeAfterView::setPairs(const std::vector<EvaluationPair>& pairs) {
    if (pairs == m_pairs)
        return;
    setWaiting(tr("Scoring the two evaluations"));
    m_pairs = pairs;
    inBackground(
        this, [pairs] { return compareAll(pairs); },
        [this, pairs](Result<BeforeAfter> compared) {
            if (pairs != m_pairs)
                return; // others were chosen meanwhile
            if (compared)
                return show(*std::move(compared));
            setWaiting(sentence(compared.error()));
            Q_EMIT failed(compared.error());
        });
}

void BeforeAfterView::show(BeforeAfter compared) {
    m_card->setNote(tr("cells right under strict rules, %1 decoding").arg(compared.mode == "free" ? tr("free") : tr("constrained")));
    QStringList notes;
    for (const std::string& note : compared.notes)
        notes << toQString(note);
    m_notes->setText(notes.join(QLatin1Char(' ')));
    m_notes->setVisible(!notes.isEmpty());
    m_model.setSlices(std::move(compared));
    m_table->setCurrentIndex(m_model.index(0, 0));
    m_stack->setCurrentIndex(1);
}

void BeforeAfterView::showForgotten() {
    const int row = m_table->currentIndex().row();
    const BeforeAfter& compared = m_model.compared();
    if (row < 0 || compared.scored.empty())
        return m_forgotten.setSlice(nullptr, nullptr);
    const BeforeAfterSlice& slice = compared.slices[static_cast<size_t>(row)];
    m_forgotten.setSlice(&slice, &compared.scored.back()->taxonomy);
    m_forgottenCard->setTitle(tr("Clauses that got worse: %1").arg(sliceName(slice)));
}

} // namespace cw
