// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The models of the library and of the list of clauses, without a window.
#include "app/services/result_qt.h"
#include "resources/resources.h"
#include "ui/models/cell_roles.h"
#include "ui/models/clause_tree_model.h"
#include "ui/models/contract_filter_model.h"
#include "ui/models/display_title.h"
#include "ui/models/import_summary.h"
#include "ui/models/value_words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace cw;

class TestContractModels : public QObject {
    Q_OBJECT

private:
    static Taxonomy taxonomy() { return *Taxonomy::fromJson(defaultTaxonomyJson().toStdString(), "default"); }

    static ContractRow row(const char* id, const char* title, const char* type, int pages, const std::vector<Cell>& cells = {}) {
        Contract contract;
        contract.id = ContractId(id);
        contract.title = title;
        contract.type = type;
        contract.pages = pages;
        return makeContractRow(contract, cells, taxonomy());
    }

    static Cell cell(const char* clause, CellState state, const char* by) {
        Cell cell;
        cell.clause = clause;
        cell.state = state;
        cell.annotator = by;
        return cell;
    }

private Q_SLOTS:
    void aRowCountsWhatIsReviewed() {
        Cell parties = cell("parties", CellState::Present, "Mia Kern");
        parties.value = std::vector<Party>{{"Lucid Inc.", "supplier"}, {"Acme", "distributor"}};
        Cell unsure = cell("governing_law", CellState::Absent, "Jo Tan");
        unsure.flags.unsure = true;
        const ContractRow made = row("a", "A", "NDA", 3, {parties, unsure, cell("insurance", CellState::Absent, "Mia Kern")});
        QCOMPARE(made.signs.size(), size_t(47));
        QCOMPARE(made.reviewed, 2); // what is unsure does not count
        QCOMPARE(made.flagged, 1);
        QCOMPARE(made.parties, QStringLiteral("Lucid Inc. \u00B7 Acme"));
        QCOMPARE(made.annotator, QStringLiteral("Mia Kern"));
        QVERIFY(progressOf(made) == Progress::InProgress);
        QVERIFY(progressOf(row("b", "B", "NDA", 1)) == Progress::NotStarted);
    }

    void pagesSortAsNumbers() {
        ContractTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows({row("a", "A", "NDA", 9), row("b", "B", "NDA", 10), row("c", "C", "NDA", 100)}, 47);
        ContractFilterModel sorted(model);
        sorted.sort(ContractTableModel::PagesColumn, Qt::DescendingOrder);
        QCOMPARE(sorted.at(0).contract.pages, 100);
        QCOMPARE(sorted.at(1).contract.pages, 10);
    }

    void filtersTakeWordsTypeAndProgress() {
        ContractTableModel model;
        model.setRows({row("a", "Mutual agreement", "NDA", 1), row("b", "Supply agreement", "Supply", 1),
                       row("c", "Framework agreement", "Supply", 1, {cell("insurance", CellState::Absent, "x")})}, 47);
        ContractFilterModel filtered(model);
        const QAbstractItemModelTester tester(&filtered);
        filtered.setFilter({QStringLiteral("AGREE sup"), {}, {}, {}, false});
        QCOMPARE(filtered.rowCount(), 2); // the words may lie in title and type
        filtered.setFilter({{}, QStringLiteral("Supply"), {}, Progress::NotStarted, false});
        QCOMPARE(filtered.rowCount(), 1);
        QCOMPARE(filtered.at(0).contract.id.value, std::string("b"));
    }

    void guessesAreShownAsGuesses() {
        Contract contract;
        contract.id = ContractId("a");
        contract.type = "NDA";
        contract.language = "en-GB";
        contract.guessed = {"type", "parties"};
        contract.partiesGuess = {"Lucid Inc.", "Acme"};
        ContractTableModel model;
        model.setRows({makeContractRow(contract, std::vector<Cell>(), taxonomy())}, 47);
        const auto read = [&](int column, int role) { return model.index(0, column).data(role); };
        QCOMPARE(read(ContractTableModel::TypeColumn, Qt::DisplayRole).toString(), QStringLiteral("? NDA"));
        QCOMPARE(read(ContractTableModel::TypeColumn, Qt::AccessibleTextRole).toString(), QStringLiteral("NDA, guessed"));
        QCOMPARE(read(ContractTableModel::TypeColumn, SortRole).toString(), QStringLiteral("NDA")); // sorts among its like
        QVERIFY(read(ContractTableModel::TypeColumn, GuessRole).toBool());
        QCOMPARE(read(ContractTableModel::PartiesColumn, Qt::DisplayRole).toString(), QStringLiteral("? Lucid Inc. \u00B7 Acme"));
        QVERIFY(!read(ContractTableModel::LanguageColumn, GuessRole).toBool());
        QCOMPARE(model.types(), QStringList{QStringLiteral("NDA")});

        Cell parties = cell("parties", CellState::Present, "Mia Kern");
        parties.value = std::vector<Party>{{"Lucid Diagnostics Inc.", "supplier"}};
        const ContractRow decided = makeContractRow(contract, std::vector{parties}, taxonomy());
        QCOMPARE(decided.parties, QStringLiteral("Lucid Diagnostics Inc.")); // a decision outdoes the guess
        QVERIFY(!decided.partiesGuessed);
        QVERIFY(makeContractRow(contract, std::vector{cell("parties", CellState::Absent, "Mia Kern")}, taxonomy()).parties.isEmpty());
    }

    void filtersTakePersonGuessAndSide() {
        Contract guessed;
        guessed.id = ContractId("g");
        guessed.guessed = {"language"};
        ContractOverview overview;
        overview.busiest = "Mia Kern";
        overview.last = "Jo Tan";
        ContractTableModel model;
        model.setRows({row("a", "A", "NDA", 1), makeContractRow(guessed, overview, taxonomy()), row("c", "C", "NDA", 1)}, 47);
        ContractFilterModel filtered(model);
        const auto shown = [&](const ContractFilter& filter) {
            filtered.setFilter(filter);
            QStringList ids;
            for (int at = 0; at < filtered.rowCount(); ++at)
                ids << toQString(filtered.at(at).contract.id.value);
            return ids.join(QLatin1Char(' '));
        };
        filtered.sort(ContractTableModel::TitleColumn);
        ContractFilter filter;
        filter.onlyGuessed = true;
        QCOMPARE(shown(filter), QStringLiteral("g"));
        filter = {};
        filter.person = QStringLiteral("Jo Tan"); // who decided last
        QCOMPARE(shown(filter), QStringLiteral("g"));
        filtered.setAssignments({{ContractId("c"), {QStringLiteral("Jo Tan")}}});
        QCOMPARE(filtered.rowCount(), 2); // and whose it is to read
        filter = {};
        filter.within = std::set{ContractId("a"), ContractId("c")};
        QCOMPARE(shown(filter), QStringLiteral("a c"));
        QCOMPARE(model.annotators(), (QStringList{QStringLiteral("Jo Tan"), QStringLiteral("Mia Kern")}));
    }

    void whatIsReadLaterKeepsWhatWasDecidedMeanwhile() {
        ContractRow first = row("a", "A", "NDA", 1), second = row("b", "B", "NDA", 1);
        first.known = second.known = false;
        ContractTableModel model;
        ContractFilterModel sorted(model);
        const QAbstractItemModelTester tester(&sorted);
        sorted.sort(ContractTableModel::TitleColumn);
        model.setRows({first, second}, 47);
        QCOMPARE(model.index(0, ContractTableModel::ClausesColumn).data().toString(), QStringLiteral("\u2026"));
        const std::vector<Cell> decided{cell("insurance", CellState::Absent, "x")};
        model.updateRow(row("b", "B", "NDA", 1, decided));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.complete({row("a", "A", "NDA", 1, decided), row("b", "B", "NDA", 1)}); // as a job saw it before the decision
        QCOMPARE(model.at(0).reviewed, 1);
        QCOMPARE(model.at(1).reviewed, 1);
        QCOMPARE(reset.size(), 0); // the selection stays
    }

    void anUpdateTouchesOneRow() {
        ContractTableModel model;
        model.setRows({row("a", "A", "NDA", 1), row("b", "B", "NDA", 1)}, 47);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged), reset(&model, &QAbstractItemModel::modelReset);
        model.updateRow(row("b", "B", "NDA", 1, {cell("insurance", CellState::Absent, "x")}));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);
        QCOMPARE(reset.size(), 0);
    }

    void theTreeHasEightGroupsAnd47Types() {
        ClauseTreeModel model;
        const QAbstractItemModelTester tester(&model);
        model.setTaxonomy(taxonomy());
        QCOMPARE(model.rowCount(), 8);
        int types = 0;
        for (int group = 0; group < 8; ++group)
            types += model.rowCount(model.index(group, 0));
        QCOMPARE(types, 47);
        const QModelIndex renewal = model.indexOfClause(5);
        QCOMPARE(renewal.data(ClauseTreeModel::CodeRole).toString(), QStringLiteral("T1"));
        QCOMPARE(renewal.data().toString(), QStringLiteral("Renewal term"));
        QCOMPARE(model.index(5, 0).data().toString(), QStringLiteral("IP"));

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        std::vector<CellSign> signs(47, CellSign::Untouched);
        signs[5] = CellSign::Absent;
        model.setSigns(signs);
        QCOMPARE(changed.size(), 2); // the type and its group
        QCOMPARE(renewal.data(Qt::AccessibleTextRole).toString(), QStringLiteral("T1, Renewal term, absent"));
    }

    void titlesInCapitalsReadAsWords() {
        QCOMPARE(displayTitle("AMENDMENT TO THE DISTRIBUTOR AGREEMENT"), QStringLiteral("Amendment to the Distributor Agreement"));
        QCOMPARE(displayTitle("NON-DISCLOSURE AGREEMENT OF ACME LLC"), QStringLiteral("Non-Disclosure Agreement of Acme LLC"));
        QCOMPARE(displayTitle("Mutual NDA"), QStringLiteral("Mutual NDA"));
    }

    void valuesReadAsWords() {
        const Taxonomy types = taxonomy();
        const auto words = [&](const char* type, const char* value) { return valueInWords(*types.find(type), std::string(value)); };
        QCOMPARE(words("renewal_term", "P1Y"), QStringLiteral("1 year"));
        QCOMPARE(words("payment_terms", "P30D"), QStringLiteral("30 days"));
        QCOMPARE(words("agreement_date", "2024-04-03"), QStringLiteral("3 April 2024"));
        QCOMPARE(words("expiration_date", "effective_date+P3Y"), QStringLiteral("3 years after the effective date"));
        QCOMPARE(words("agreement_date", "redacted"), QString());
    }

    void anImportIsToldInOneSentence() {
        ImportReport report;
        report.added = {ContractId("a"), ContractId("b")};
        QCOMPARE(importSentence(report), QStringLiteral("Imported 2 contracts."));
        QVERIFY(importDetails(report).empty());
        report.failures.push_back({QStringLiteral("/x/bad.pdf"), {ErrorCode::BadInput, "/x/bad.pdf is not a PDF.", "Export it again."}});
        QCOMPARE(importSentence(report), QStringLiteral("bad.pdf is not a PDF. The other 2 contracts are in."));
        QCOMPARE(told(importDetails(report)), QStringList({QStringLiteral("bad.pdf|"), QStringLiteral("bad.pdf is not a PDF. Export it again.")}));
        report.failures.push_back({QStringLiteral("/x/worse.pdf"), {ErrorCode::BadInput, "/x/worse.pdf is empty.", ""}});
        QCOMPARE(importSentence(report), QStringLiteral("2 files couldn't be read: bad.pdf and worse.pdf. The other 2 contracts are in."));
        report.failures.push_back({QStringLiteral("/x/worst.pdf"), {ErrorCode::BadInput, "/x/worst.pdf is empty.", ""}});
        QCOMPARE(importSentence(report), QStringLiteral("3 files couldn't be read: bad.pdf, worse.pdf and 1 more. The other 2 contracts are in."));
        report.failures.clear();
        report.notConfined = {"file access", "network"};
        QCOMPARE(importSentence(report), QStringLiteral("Imported 2 contracts. This system doesn't limit the document reader's file access and network."));
    }

    void anImportsReportListsEveryFile() {
        const Error bad{ErrorCode::BadInput, "/x/bad.pdf is not a PDF.", "Export it again."};
        ImportReport report;
        report.added = {ContractId("a")};
        report.alreadyThere = {{QStringLiteral("/x/b.txt"), ContractId("a")}};
        report.failures = {{QStringLiteral("/x/bad.pdf"), bad}};
        report.files = {{QStringLiteral("/x/b.txt"), ImportedFile::Outcome::AlreadyThere, ContractId("a"), {}, {}},
                        {QStringLiteral("/x/a.docx"), ImportedFile::Outcome::Added, ContractId("a"), {}, {"It has macros. They were not run."}},
                        {QStringLiteral("/x/bad.pdf"), ImportedFile::Outcome::Failed, {}, bad, {}}};
        QVERIFY(importSentence(report).endsWith(QStringLiteral("The report has notes on one.")));
        report.notConfined = {"file access"};
        QCOMPARE(told(importDetails(report)), // what needs a look comes first
                 QStringList({QStringLiteral("bad.pdf|not imported"), QStringLiteral("bad.pdf is not a PDF. Export it again."),
                              QStringLiteral("a.docx|imported as a"), QStringLiteral("It has macros. They were not run."),
                              QStringLiteral("b.txt|already there as a"),
                              QStringLiteral("|This system doesn't limit the document reader's file access.")}));
    }

private:
    static QStringList told(const std::vector<ReportEntry>& entries) {
        QStringList out;
        for (const ReportEntry& entry : entries)
            out << entry.name + u'|' + entry.what << entry.lines;
        return out;
    }
};

QTEST_GUILESS_MAIN(TestContractModels)
#include "test_contract_models.moc"
