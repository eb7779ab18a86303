// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/dataset_page.h"

#include "app/services/background.h"
#include "app/services/store_view.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/dialogs.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/balance_chart.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/split_bar_delegate.h"
#include "ui/widgets/strategy_box.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

const std::string kSplitName = "default";

QSpinBox* spinBox(const QString& name, int least, int most, int value, const QString& suffix = {}) {
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setValue(value);
    box->setSuffix(suffix);
    box->setAccessibleName(name);
    box->setGroupSeparatorShown(most >= 10000);
    return box;
}

QLabel* note(const QString& objectName) {
    auto* label = new QLabel;
    label->setObjectName(objectName);
    label->setProperty("role", QStringLiteral("meta"));
    label->setWordWrap(true);
    return label;
}

QFormLayout* form() {
    auto* layout = new QFormLayout;
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(8);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return layout;
}

struct SideCount {
    Side side;
    int rows = 0, with = 0, without = 0, lost = 0;
};

Result<std::vector<SideCount>> countSides(StoreSession& session, const DatasetOptions& options) {
    std::vector<SideCount> counts;
    for (const Side side : {Side::Train, Side::Validation}) {
        CW_TRY_ASSIGN(rows, DatasetService(session).rows(side, options));
        counts.push_back({side, static_cast<int>(rows.rows.size()), rows.windowsWithFinding, rows.windowsWithout, static_cast<int>(rows.lost.size())});
    }
    return counts;
}

} // namespace

DatasetPage::DatasetPage(Shell& shell) : Page(QStringLiteral("dataset"), tr("Dataset"), shell) {
    build();
    addActions();
}

void DatasetPage::build() {
    auto* empty = new EmptyState(QStringLiteral("dataset"), tr("Split your contracts before you train"),
                                 tr("Import contracts first. Then this page deals them by type into training, validation and a test side "
                                    "that stays locked, and shows how the clauses are balanced."));
    auto* toLibrary = new KeyButton(tr("Open the library"), KeyButton::Kind::Primary);
    connect(toLibrary, &QPushButton::clicked, this, [this] { shell().openPage(QStringLiteral("library")); });
    empty->addButton(toLibrary);

    auto* left = new QVBoxLayout;
    left->setSpacing(size::kGap);
    left->addWidget(buildTableCard(), 3);
    left->addWidget(buildBalanceCard(), 2);
    auto* right = new QVBoxLayout;
    right->setSpacing(size::kGap);
    for (QWidget* card : {buildSplitCard(), buildRowsCard()}) {
        card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed); // a low window scrolls the column: fields don't give way
        right->addWidget(card);
    }
    right->addWidget(buildWantedCard(), 1);
    right->addStretch(0);
    right->setContentsMargins(0, 0, 0, 0);
    auto* cards = new QWidget;
    cards->setLayout(right);
    auto* side = new QScrollArea;
    side->setWidget(cards);
    side->setWidgetResizable(true);
    side->setFrameShape(QFrame::NoFrame);
    side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->setFocusPolicy(Qt::NoFocus);
    side->setAccessibleName(tr("Split, rows and wanted contracts"));
    side->setFixedWidth(380);
    connect(qApp, &QApplication::focusChanged, side, [side](QWidget*, QWidget* now) { // by F6, too
        if (now && side->isAncestorOf(now))
            side->ensureWidgetVisible(now);
    });

    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    row->setSpacing(size::kGap);
    row->addLayout(left, 1);
    row->addWidget(side);

    m_stack = new QStackedWidget;
    m_stack->addWidget(empty);
    m_stack->addWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

QWidget* DatasetPage::buildTableCard() {
    m_tableCard = new Card(tr("Split by contract type"));
    m_table = new TableView(tr("Split by contract type"));
    m_table->setObjectName(QStringLiteral("splitTable"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->setItemDelegateForColumn(SplitTableModel::Share, new SplitBarDelegate(m_table));
    styleHeader(m_table);
    m_table->setSortingEnabled(false);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(SplitTableModel::Type, QHeaderView::Stretch);
    for (int column = SplitTableModel::Train; column <= SplitTableModel::All; ++column)
        header->resizeSection(column, 84);
    header->resizeSection(SplitTableModel::Share, 220);
    m_tableCard->body()->addWidget(m_table);
    return m_tableCard;
}

QWidget* DatasetPage::buildBalanceCard() {
    auto* card = new Card(tr("Balance: contracts with the clause, %"));
    card->setNote(tr("bar: train   ring: test   triangle: under %1 positives in test").arg(kFewPositives));
    m_balance = new BalanceChart;
    card->body()->addWidget(m_balance);
    return card;
}

QWidget* DatasetPage::buildSplitCard() {
    auto* card = new Card(tr("Split"));
    auto* column = card->addPaddedColumn();
    m_test = spinBox(tr("Test side, percent"), 1, 80, 20, tr(" %"));
    m_validation = spinBox(tr("Validation side, percent"), 0, 50, 10, tr(" %"));
    m_seed = spinBox(tr("Seed"), 0, 999999, 17);
    m_byLanguage = new QCheckBox(tr("Also by language"));
    auto* fields = form();
    fields->addRow(tr("Test"), m_test);
    fields->addRow(tr("Validation"), m_validation);
    fields->addRow(tr("Seed"), m_seed);
    fields->addRow(QString(), m_byLanguage);
    column->addLayout(fields);
    m_splitNote = note(QStringLiteral("splitNote"));
    column->addWidget(m_splitNote);
    return card;
}

QWidget* DatasetPage::buildRowsCard() {
    auto* card = new Card(tr("Rows"));
    auto* column = card->addPaddedColumn();
    m_windowBytes = spinBox(tr("Most text in a window, bytes"), 100, 200000, 16000);
    m_overlapBytes = spinBox(tr("Overlap, bytes"), 0, 20000, 800);
    m_negatives = new QSlider(Qt::Horizontal);
    m_negatives->setRange(0, 100);
    m_negatives->setValue(100);
    m_negatives->setMinimumHeight(20); // pixels: its knob
    m_negatives->setAccessibleName(tr("Windows without a clause to keep, percent"));
    m_negativesNote = new QLabel;
    m_negativesNote->setWordWrap(true);
    m_negativesNote->setProperty("role", QStringLiteral("muted"));
    m_strategy = strategyBox(ChunkSettings().strategy);
    m_stubBytes = stubBox(ChunkSettings().stubBytes, m_strategy);
    auto* fields = form();
    fields->addRow(tr("Cut by"), m_strategy);
    fields->addRow(tr("Window, bytes"), m_windowBytes);
    fields->addRow(tr("Overlap, bytes"), m_overlapBytes);
    fields->addRow(tr("Stub, bytes"), m_stubBytes);
    fields->addRow(tr("Negatives"), m_negatives);
    fields->addRow(QString(), m_negativesNote);
    column->addLayout(fields);
    m_counts = note(QStringLiteral("rowCounts"));
    m_counts->setText(tr("A window without a clause teaches the model to answer null."));
    auto* count = new KeyButton(tr("Count the rows"));
    count->setObjectName(QStringLiteral("countRows"));
    connect(count, &QPushButton::clicked, this, &DatasetPage::countRows);
    column->addWidget(m_counts);
    column->addWidget(count, 0, Qt::AlignLeft);
    const auto tell = [this](int percent) { m_negativesNote->setText(tr("keep %1 % of the windows without a clause").arg(percent)); };
    connect(m_negatives, &QSlider::valueChanged, this, tell);
    tell(m_negatives->value());
    return card;
}

void DatasetPage::addActions() {
    ActionRegistry& actions = shell().actions();
    QAction* split = actions.add(this, {QStringLiteral("dataset.split"), tr("Make the split"), title(),
                                        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)}, QStringLiteral("dataset"), {}},
                                 [this] { makeSplit(); });
    QAction* train = actions.add(this, {QStringLiteral("dataset.exportTrain"), tr("Export training rows"), title(),
                                        {QKeySequence(Qt::CTRL | Qt::Key_E)}, QStringLiteral("export"), {}},
                                 [this] { exportChat(Side::Train); });
    QAction* validation = actions.add(this, {QStringLiteral("dataset.exportValidation"), tr("Export validation rows"), title(), {},
                                             QStringLiteral("export"), {}},
                                      [this] { exportChat(Side::Validation); });
    QAction* test = actions.add(this, {QStringLiteral("dataset.exportTest"), tr("Export test rows"), title(), {}, QStringLiteral("export"), {}},
                                [this] { exportChat(Side::Test); });
    QAction* pairs = actions.add(this, {QStringLiteral("dataset.exportPairs"), tr("Export preference rows"), title(), {},
                                        QStringLiteral("export"), {}},
                                 [this] { exportPreference(); });
    m_exports = {train, validation, test, pairs};
    m_exportButton = KeyButton::forAction(train, KeyButton::Kind::Secondary, this);
    m_splitButton = KeyButton::forAction(split, KeyButton::Kind::Primary, this);
    m_splitButton->setObjectName(QStringLiteral("makeSplit"));
    for (KeyButton* button : {m_exportButton, m_splitButton})
        button->hide(); // until the top bar takes them
}

void DatasetPage::setProject(Project* project) {
    m_project = project;
    if (project) {
        connect(&project->session(), &StoreSession::contractsChanged, this, &DatasetPage::refresh);
        connect(&project->session(), &StoreSession::splitsChanged, this, &DatasetPage::refresh);
        connect(&project->session(), &StoreSession::cellChanged, this, &DatasetPage::refreshBalance);
        connect(&project->session(), &StoreSession::reviewsChanged, this, &DatasetPage::refreshWanted);
    }
    refresh();
}

void DatasetPage::refresh() {
    m_hasSplit = false;
    m_split = {};
    m_model.setRows({});
    if (m_project) {
        if (auto split = m_project->store().splits().get(kSplitName)) {
            m_split = *split;
            m_hasSplit = true;
        }
        auto rows = DatasetService(m_project->session()).table(kSplitName);
        if (rows)
            m_model.setRows(*std::move(rows));
        else
            shell().showMessage(failure(rows.error()));
    }
    m_table->setColumnHidden(SplitTableModel::Unassigned, m_hasSplit && m_model.total().unassigned == 0);
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 1 : 0);
    refreshBalance();
    refreshControls();
    refreshWanted();
    Q_EMIT contextChanged();
}

void DatasetPage::refreshControls() {
    const bool writable = m_project && !m_project->session().viewOnly();
    m_splitButton->setText(m_hasSplit ? tr("Split again") : tr("Make the split"));
    m_splitButton->setEnabled(writable && !m_busy && !m_split.frozen && m_model.rowCount() > 0);
    for (QWidget* field : std::initializer_list<QWidget*>{m_test, m_validation, m_seed, m_byLanguage})
        field->setEnabled(writable && !m_split.frozen); // not while a job reads: the focus would go elsewhere
    showFrozenSettings();
    for (QAction* action : std::as_const(m_exports))
        action->setEnabled(m_hasSplit);
    m_tableCard->setNote(m_hasSplit ? tr("seed %1, by %2").arg(m_split.seed).arg([&] {
        QStringList by;
        for (const std::string& stratum : m_split.by)
            by << toQString(stratum).replace(QLatin1Char('_'), QLatin1Char(' '));
        return by.join(tr(" and "));
    }())
                                    : tr("not split yet"));
    m_splitNote->setText(m_split.frozen  ? tr("A run has used this split, so it is frozen: it can't change any more.")
                         : m_hasSplit    ? tr("The test side is locked: splitting again keeps its contracts there, and none of them can "
                                              "enter a training or preference file.")
                                         : tr("Each contract type keeps its share on every side; near duplicates stay together."));
}

// A frozen split is shown as it is; before that the fields are what the next split will take.
void DatasetPage::showFrozenSettings() {
    if (!m_split.frozen)
        return;
    const SideShares shares = m_model.targets();
    m_test->setValue(qRound(100 * shares[static_cast<size_t>(Side::Test)]));
    m_validation->setValue(qRound(100 * shares[static_cast<size_t>(Side::Validation)]));
    m_seed->setValue(static_cast<int>(m_split.seed));
    m_byLanguage->setChecked(std::find(m_split.by.begin(), m_split.by.end(), "language") != m_split.by.end());
}

void DatasetPage::refreshBalance() {
    if (!m_project)
        return;
    auto touched = m_project->store().annotations().touchedCells();
    if (!touched)
        return;
    const Taxonomy& taxonomy = m_project->session().taxonomy();
    struct Count {
        int present[2] = {0, 0};  // train, test
        int reviewed[2] = {0, 0};
    };
    std::map<std::string, Count> counts;
    for (const auto& [contract, cells] : *touched) {
        const auto side = m_split.sides.find(contract);
        if (m_hasSplit && (side == m_split.sides.end() || side->second == Side::Validation))
            continue;
        const size_t at = m_hasSplit && side->second == Side::Test ? 1 : 0;
        for (const Cell& cell : cells)
            if (cell.isReviewed()) {
                ++counts[cell.clause].reviewed[at];
                counts[cell.clause].present[at] += cell.state == CellState::Present;
            }
    }
    std::vector<BalanceBar> bars;
    for (const ClauseType& type : taxonomy.types()) {
        const Count& of = counts[type.key];
        const auto share = [&](size_t at) { return of.reviewed[at] ? static_cast<double>(of.present[at]) / of.reviewed[at] : 0.0; };
        const ClauseGroup* group = taxonomy.group(type.group);
        bars.push_back({toQString(taxonomy.code(type.key)), toQString(type.title), group ? toQString(group->letter) : QString(),
                        share(0), share(1), of.present[1]});
    }
    m_balance->setBars(std::move(bars));
}

std::vector<std::string> DatasetPage::strata() const {
    std::vector<std::string> by = {"contract_type"};
    if (m_byLanguage->isChecked())
        by.push_back("language");
    return by;
}

void DatasetPage::makeSplit() {
    if (!m_project)
        return;
    SplitRequest request;
    request.test.amount = m_test->value() / 100.0;
    request.validation.amount = m_validation->value() / 100.0;
    request.seed = static_cast<std::uint64_t>(m_seed->value());
    inView(tr("Splitting"), [request, by = strata()](StoreSession& view) { return DatasetService(view).planSplit(kSplitName, request, by); },
           [this](const Result<Split>& planned) {
               const auto saved = planned ? DatasetService(m_project->session()).saveSplit(*planned) : planned;
               if (!saved)
                   return shell().showMessage(failure(saved.error()));
               refresh();
           });
}

// Reads the project in a job; one at a time. What comes back after another project was opened is dropped.
template <typename Work, typename Done> void DatasetPage::inView(const QString& what, Work work, Done done) {
    if (m_busy)
        return;
    m_busy = true;
    refreshControls();
    shell().showJob(QStringLiteral("dataset"), {what, 0, 0, {}}, {});
    const QString folder = m_project->folder();
    inBackground(
        this, [folder, identity = m_project->store().identity(), work = std::move(work)] { return withView(folder, identity, work); },
        [this, folder, done = std::move(done)](auto result) {
            m_busy = false;
            shell().endJob(QStringLiteral("dataset"));
            if (!m_project || m_project->folder() != folder)
                return;
            refreshControls();
            done(result);
        });
}

DatasetOptions DatasetPage::options() const {
    DatasetOptions options;
    options.split = kSplitName;
    options.chunk.strategy = static_cast<ChunkStrategy>(m_strategy->currentIndex());
    options.chunk.maxBytes = static_cast<size_t>(m_windowBytes->value());
    options.chunk.overlapBytes = static_cast<size_t>(m_overlapBytes->value());
    options.chunk.stubBytes = static_cast<size_t>(m_stubBytes->value());
    options.negatives = m_negatives->value() / 100.0;
    return options;
}

void DatasetPage::countRows() {
    if (!m_project || !m_hasSplit)
        return m_counts->setText(tr("Make the split first."));
    inView(tr("Counting the rows"), [options = options()](StoreSession& view) { return countSides(view, options); },
           [this](const Result<std::vector<SideCount>>& counts) {
               if (!counts)
                   return shell().showMessage(failure(counts.error()));
               QStringList lines;
               for (const SideCount& count : *counts)
                   lines << tr("%1: %2 rows, %3 with a clause, %4 without; %5 quotes that no window holds")
                                .arg(count.side == Side::Train ? tr("Train") : tr("Validation"), QLocale().toString(count.rows),
                                     QLocale().toString(count.with), QLocale().toString(count.without), QLocale().toString(count.lost));
               m_counts->setText(lines.join(QLatin1Char('\n')));
           });
}

void DatasetPage::tellExport(const Status& status, const QString& file) {
    if (!status)
        return shell().showMessage(failure(status.error()));
    shell().showMessage({Message::Kind::Success, tr("Exported to %1, with its manifest beside it.").arg(QFileInfo(file).fileName()), {}, {}});
}

void DatasetPage::exportChat(Side side) {
    if (!m_project)
        return;
    const QString names[] = {QStringLiteral("train.jsonl"), QStringLiteral("validation.jsonl"), QStringLiteral("test.jsonl")};
    const QString file = shell().dialogs().saveFile(this, tr("Export rows"), names[static_cast<int>(side)], tr("JSON Lines (*.jsonl)"));
    if (!file.isEmpty())
        tellExport(DatasetService(m_project->session()).exportChat(file, side, options()), file);
}

void DatasetPage::exportPreference() {
    if (!m_project)
        return;
    const QString file =
        shell().dialogs().saveFile(this, tr("Export preference rows"), QStringLiteral("preference.jsonl"), tr("JSON Lines (*.jsonl)"));
    if (!file.isEmpty())
        tellExport(DatasetService(m_project->session()).exportPreference(file, true), file);
}

PageContext DatasetPage::context() const {
    if (!m_project)
        return {};
    PageContext context{m_project->session().name(), {}};
    const SplitTableRow& total = m_model.total();
    const int all = total.contracts[0] + total.contracts[1] + total.contracts[2] + total.unassigned;
    context.details << (all == 1 ? tr("1 contract") : tr("%1 contracts").arg(all));
    context.details << (m_hasSplit ? tr("%1 train, %2 validation, %3 test").arg(total.contracts[0]).arg(total.contracts[1]).arg(total.contracts[2])
                                   : tr("not split yet"));
    return context;
}

QList<QWidget*> DatasetPage::topBarWidgets() const {
    return m_model.rowCount() > 0 ? QList<QWidget*>{m_exportButton, m_splitButton} : QList<QWidget*>();
}

QList<QAction*> DatasetPage::overflowActions() const {
    if (m_model.rowCount() == 0)
        return {};
    return m_exports + QList<QAction*>{shell().actions().find(QStringLiteral("project.taxonomy"))};
}

QList<KeyHint> DatasetPage::keyHints() const {
    if (m_model.rowCount() == 0)
        return {allKeysHint()};
    return {{{QStringLiteral("F6")}, tr("pane")},
            hint({QStringLiteral("exportTrain")}, tr("export")),
            allKeysHint()};
}

QList<QWidget*> DatasetPage::panes() const {
    QList<QWidget*> panes{m_table, m_test, m_windowBytes};
    if (m_wanted.rowCount() > 0)
        panes << m_wantedTable;
    return panes;
}

} // namespace cw
