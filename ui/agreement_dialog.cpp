// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/agreement_dialog.h"

#include "app/services/background.h"
#include "app/services/result_qt.h"
#include "app/services/store_view.h"
#include "ui/appearance.h"
#include "ui/project.h"
#include "ui/widgets/close_foot.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/table_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

namespace {

QLabel* line(const QString& name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    return label;
}

QString progressWords(const DoubleProgress& of) {
    if (of.all() == 0)
        return AgreementDialog::tr("No contract has a second reader yet. Select contracts in the library and assign one.");
    QStringList parts;
    const auto add = [&parts](int count, const QString& words) {
        if (count > 0)
            parts << words.arg(count);
    };
    add(of.assigned, AgreementDialog::tr("%1 assigned"));
    add(of.inProgress, AgreementDialog::tr("%1 in progress"));
    add(of.waiting, AgreementDialog::tr("%1 waiting for the record"));
    add(of.toAdjudicate, AgreementDialog::tr("%1 to adjudicate"));
    add(of.done, AgreementDialog::tr("%1 done"));
    return (of.all() == 1 ? AgreementDialog::tr("1 contract with a second reader: ") : AgreementDialog::tr("%1 contracts with a second reader: ").arg(of.all())) +
           parts.join(QStringLiteral(", "));
}

// "In all: 56,400 cells, kappa 0.87 [0.85, 0.89]. "
QString totalWords(const Agreement& total) {
    const auto number = [](double value) { return QLocale().toString(value, 'f', 2); };
    if (total.cells() == 0)
        return {};
    QString words = AgreementDialog::tr("In all: %1 cells, kappa %2").arg(QLocale().toString(total.cells()), total.kappa() ? number(*total.kappa()) : AgreementDialog::tr("n/a"));
    if (total.kappaInterval)
        words += QStringLiteral(" [%1, %2]").arg(number((*total.kappaInterval)[0]), number((*total.kappaInterval)[1]));
    return words + QStringLiteral(". ");
}

} // namespace

AgreementDialog::AgreementDialog(Project& project, QWidget* parent)
    : QDialog(parent), m_project(project), m_agreementOrder(m_agreement) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("agreementDialog"));
    setWindowTitle(tr("Agreement between readers"));
    setAccessibleName(windowTitle());
    m_conflictOrder.setSourceModel(&m_conflicts);
    m_conflictOrder.setSortRole(SortRole);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(size::kGap);
    column->addWidget(makeHead());
    column->addWidget(makeTables(), 1);
    column->addLayout(makeFoot());
    resize(1120, 640);
    m_agreementTable->setFocus();
    read();
}

QWidget* AgreementDialog::makeHead() {
    m_progress = line(QStringLiteral("agreementProgress"));
    m_advice = line(QStringLiteral("agreementAdvice"));
    m_advice->setProperty("role", QStringLiteral("meta"));
    m_choice = new SegmentedControl(tr("What to show"), {tr("By clause type"), tr("Differences")});
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_progress);
    words->addWidget(m_advice);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(size::kGroupGap);
    row->addLayout(words, 1);
    row->addWidget(m_choice, 0, Qt::AlignTop);
    connect(m_choice, &SegmentedControl::chosen, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        m_stack->currentWidget()->setFocus();
    });
    return head;
}

QWidget* AgreementDialog::makeTables() {
    m_agreementTable = new TableView(tr("Agreement by clause type"));
    m_agreementTable->setObjectName(QStringLiteral("agreementTable"));
    m_agreementTable->setModel(&m_agreementOrder);
    m_agreementTable->setEmptyText(tr("Reading the decisions"));
    m_agreementTable->setSortingEnabled(true);
    m_agreementTable->sortByColumn(AgreementTableModel::Kappa, Qt::AscendingOrder);
    QHeaderView* header = m_agreementTable->horizontalHeader();
    const int widths[AgreementTableModel::ColumnCount] = {240, 64, 64, 80, 80, 72, 112, 80, 72, 220};
    for (int column = 0; column < AgreementTableModel::ColumnCount; ++column)
        header->resizeSection(column, widths[column]);
    header->setSectionResizeMode(AgreementTableModel::Clause, QHeaderView::Stretch);

    m_conflictTable = new TableView(tr("Cells in which the readings differ"));
    m_conflictTable->setObjectName(QStringLiteral("conflictTable"));
    m_conflictTable->setModel(&m_conflictOrder);
    m_conflictTable->setEmptyText(tr("No difference. Readings are compared once both are finished."));
    m_conflictTable->setSortingEnabled(true);
    m_conflictTable->sortByColumn(ConflictTableModel::State, Qt::DescendingOrder);
    QHeaderView* second = m_conflictTable->horizontalHeader();
    const int conflictWidths[ConflictTableModel::ColumnCount] = {200, 210, 90, 230, 230, 132};
    for (int column = 0; column < ConflictTableModel::ColumnCount; ++column)
        second->resizeSection(column, conflictWidths[column]);
    for (const int column : {ConflictTableModel::Contract, ConflictTableModel::First, ConflictTableModel::Second})
        second->setSectionResizeMode(column, QHeaderView::Stretch);
    connect(m_conflictTable, &TableView::rowActivated, this, &AgreementDialog::openConflict);

    m_stack = new QStackedWidget;
    m_stack->addWidget(m_agreementTable);
    m_stack->addWidget(m_conflictTable);
    return m_stack;
}

QHBoxLayout* AgreementDialog::makeFoot() {
    auto* copy = new KeyButton(tr("Copy as a table"));
    copy->setObjectName(QStringLiteral("agreementCopy"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, &AgreementDialog::copyTable);
    return closeFoot(*this, copy, false); // Enter belongs to the table
}

void AgreementDialog::read() {
    inBackground(
        this,
        [folder = m_project.folder(), identity = m_project.store().identity()] { return withView(folder, identity, readAgreement); },
        [this](Result<AgreementReport> report) {
            if (report)
                return show(std::move(*report));
            Q_EMIT failed(report.error());
            reject();
        });
}

void AgreementDialog::show(AgreementReport report) {
    const Taxonomy& taxonomy = m_project.session().taxonomy();
    m_table = report.table;
    m_agreement.setTable(report.table, taxonomy);
    m_progress->setText(progressWords(report.progress));
    const int low = m_agreement.lowCount();
    m_advice->setText(totalWords(report.table.total) +
                      (low == 0 ? tr("Kappa measures agreement beyond chance; under 0.7 a guideline is worth rewriting.")
                                : tr("%1 clause types have a kappa under 0.7: two people read their guidelines differently, so rewrite those first.")
                                      .arg(low)));
    m_conflicts.setConflicts(std::move(report.conflicts), taxonomy);
    for (TableView* table : {m_agreementTable, m_conflictTable})
        if (table->model()->rowCount() > 0)
            table->setCurrentIndex(table->model()->index(0, 0));
}

void AgreementDialog::copyTable() const {
    QGuiApplication::clipboard()->setText(agreementTsv(m_table, m_project.session().taxonomy()));
}

void AgreementDialog::openConflict(const QModelIndex& index) {
    const CellConflict conflict = m_conflicts.at(m_conflictOrder.mapToSource(index).row()).conflict;
    accept();
    Q_EMIT conflictChosen(conflict.contract, toQString(conflict.clause));
}

} // namespace cw
