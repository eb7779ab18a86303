// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How fast the library is: 10,000 contracts with every cell decided are listed, sorted and filtered, and 50 MB of text searched. Prints the
// 50th, 95th and 99th percentiles in milliseconds. The texts are generated: words of a Zipf distribution; with CW_CORPUS the real ones,
// repeated with a changed word in each sentence.
//   bench_library [contracts] [megabytes] [rounds]
#include "app/services/store_view.h"
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/store/search_store.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"
#include "resources/resources.h"
#include "tests/support/project_fixture.h"
#include "ui/appearance.h"
#include "ui/models/contract_filter_model.h"
#include "ui/widgets/table_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QTextStream>

#include <cmath>
#include <cstdlib>
#include <functional>

using namespace cw;

namespace {

QTextStream& out() {
    static QTextStream stream(stdout);
    return stream;
}

[[noreturn]] void fail(const Error& error) { qFatal("%s", error.message().c_str()); }

double milliseconds(const QElapsedTimer& timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

double percentile(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1];
}

void measure(const QString& what, int rounds, const std::function<void(int)>& run) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        run(round);
        times.push_back(milliseconds(timer));
    }
    std::sort(times.begin(), times.end());
    out() << QStringLiteral("%1  p50 %2  p95 %3  p99 %4  (n %5)\n").arg(what, -58).arg(percentile(times, 0.5), 8, 'f', 2)
                 .arg(percentile(times, 0.95), 8, 'f', 2).arg(percentile(times, 0.99), 8, 'f', 2).arg(rounds);
    out().flush();
}

// Word k (from 0) comes up with a chance in proportion to 1 / (k + 1).
class Words {
public:
    explicit Words(size_t count) {
        Rng rng(1);
        double sum = 0;
        for (size_t i = 0; i < count; ++i) {
            std::string word;
            for (const size_t length = 2 + rng.below(9); word.size() < length;)
                word += static_cast<char>('a' + rng.below(26));
            m_words.push_back(std::move(word));
            m_sums.push_back(sum += 1.0 / static_cast<double>(i + 1));
        }
    }
    const std::string& any(Rng& rng) const {
        const auto found = std::lower_bound(m_sums.begin(), m_sums.end(), rng.uniform() * m_sums.back());
        return m_words[std::min(m_words.size() - 1, static_cast<size_t>(found - m_sums.begin()))];
    }
    const std::string& at(size_t rank) const { return m_words[rank]; }

private:
    std::vector<std::string> m_words;
    std::vector<double> m_sums;
};

std::string generated(const Words& words, Rng& rng, size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
        for (size_t i = 8 + rng.below(30); i-- > 0;)
            text += words.any(rng) + (i ? " " : ". ");
        if (rng.below(5) == 0)
            text += "\n\n";
    }
    return text;
}

std::vector<std::string> corpusTexts() {
    std::vector<std::string> texts;
    const char* corpus = std::getenv("CW_CORPUS");
    if (!corpus)
        return texts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(corpus) / "data" / "contracts"))
        if (entry.path().extension() == ".txt")
            if (auto text = readFile(entry.path()))
                texts.push_back(std::move(*text));
    return texts;
}

// The same text with a word of its own in each sentence.
std::string varied(std::string text, Rng& rng, const Words& words) {
    std::string changed;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.size(), text.find(". ", at) == std::string::npos ? text.size() : text.find(". ", at) + 2);
        changed += text.substr(at, end - at) + (end < text.size() ? words.any(rng) + " " : "");
        at = end;
    }
    return changed;
}

void addContracts(ProjectStore& store, int count, const std::function<std::string(int)>& text) {
    static const std::vector<std::string> kTypes{"NDA", "Supply", "Licence", "Service", "Distributor"};
    for (int i = 0; i < count; ++i) {
        Contract contract = test::contractNamed("contract-" + std::to_string(i));
        contract.title = "AGREEMENT NO. " + std::to_string(i) + (i % 3 ? " ON SUPPLY OF GOODS" : " ON CONFIDENTIALITY");
        contract.type = kTypes[static_cast<size_t>(i) % kTypes.size()];
        if (auto added = store.contracts().add(contract, test::documentOf(text(i))); !added)
            fail(added.error());
    }
}

// As a store looks after years of work; written past the audit.
void decideEverything(const std::filesystem::path& file, const Taxonomy& taxonomy) {
    auto database = Database::open(file, Database::Mode::Write);
    if (!database)
        fail(database.error());
    const Status done = inTransaction(**database, [&]() -> Status {
        CW_TRY_ASSIGN(row, Statement::prepare(**database, R"(INSERT INTO cells SELECT number, 0, :clause,
            CASE number % 3 WHEN 0 THEN 'present' ELSE 'absent' END, number % 50 = 0, 0, 0,
            CASE WHEN number % 3 = 0 AND :parties THEN '[{"n":"Alpha Ltd","r":"supplier"},{"n":"Beta plc","r":"customer"}]' END,
            'Person ' || (number % 7), '2026-11-24T12:02:07.250Z', '', '[{"t":"renew","n":3}]', 'rules 1', 1200 FROM contracts)"));
        for (const ClauseType& type : taxonomy.types())
            CW_TRY(row.bind(":clause", type.key).bind(":parties", type.kind == ValueKind::PartyList).run());
        return {};
    });
    if (!done)
        fail(done.error());
}

void benchTable(const std::vector<ContractRow>& rows, int clauses, int rounds) {
    ContractTableModel model;
    ContractFilterModel filtered(model);
    TableView table(QStringLiteral("Contracts"));
    table.setModel(&filtered);
    table.resize(1200, 800);
    table.sortByColumn(ContractTableModel::TitleColumn, Qt::AscendingOrder);
    table.show();
    QApplication::processEvents();
    const auto filter = [&](const ContractFilter& wanted) {
        filtered.setFilter(wanted);
        table.grab();
    };
    measure(QStringLiteral("shown in the table, sorted by title"), rounds, [&](int) {
        model.setRows(rows, clauses);
        table.grab();
    });
    ContractFilter words, type, state;
    words.words = QStringLiteral("conf agree");
    type.type = QStringLiteral("Supply");
    state.progress = Progress::InProgress;
    for (const auto& [what, wanted] : {std::pair("filter by words", words), std::pair("filter by type", type), std::pair("filter by state", state)}) {
        measure(QString::fromLatin1(what), rounds, [&](int round) { filter(round % 2 ? ContractFilter{} : wanted); });
        filter({});
    }
    const QString typed = QStringLiteral("no. 1234");
    measure(QStringLiteral("a key typed (\"no. 1234\", letter by letter)"), rounds * 8, [&](int round) {
        ContractFilter wanted;
        wanted.words = typed.left(round % typed.size() + 1);
        filter(wanted);
    });
    filter({});
    measure(QStringLiteral("sort by another column"), rounds, [&](int round) {
        table.sortByColumn(round % 2 ? ContractTableModel::TitleColumn : ContractTableModel::TypeColumn, Qt::AscendingOrder);
        table.grab();
    });
}

void benchList(int contracts, int rounds) {
    test::ProjectFixture project;
    addContracts(*project.store, contracts, [](int i) { return "Text " + std::to_string(i) + ".\n"; });
    const Taxonomy taxonomy = project.store->taxonomy();
    project.store.reset();
    decideEverything(project.file(), taxonomy);
    project.store = std::move(*project.open());
    const int clauses = static_cast<int>(taxonomy.types().size());
    out() << contracts << " contracts x " << clauses << " cells\n";
    measure(QStringLiteral("contracts without their cells"), rounds, [&](int) { (void)project.store->contracts().all(); });
    measure(QStringLiteral("overviews of the cells"), rounds, [&](int) { (void)project.store->annotations().overviews(); });
    measure(QStringLiteral("touchedCells, with values and notes"), std::min(rounds, 3), [&](int) { (void)project.store->annotations().touchedCells(); });
    std::vector<ContractRow> rows;
    measure(QStringLiteral("the list, before its cells are read"), rounds, [&](int) {
        rows.clear();
        std::vector<Contract> all = *project.store->contracts().all();
        for (Contract& contract : all)
            rows.push_back(makeContractRow(std::move(contract), ContractOverview(), taxonomy));
    });
    measure(QStringLiteral("the list with its cells, as the job reads it"), rounds, [&](int) { rows = *readContractRows(*project.store); });
    benchTable(rows, clauses, rounds);
}

void benchQueries(test::ProjectFixture& project, const Words& words, bool real, int rounds) {
    const auto search = [&](const char* what, const std::string& query, const std::string& clause = {}) {
        SearchRequest request;
        request.words = query;
        request.clause = clause;
        const Result<SearchResult> result = project.store->search().search(request);
        if (!result)
            fail(result.error());
        measure(QStringLiteral("%1 (%2 contracts)").arg(QString::fromLatin1(what)).arg(result->contractCount), rounds,
                [&](int) { (void)project.store->search().search(request); });
    };
    search("rare word", real ? "estoppel" : words.at(30'000));
    search("medium word", real ? "arbitration" : words.at(800));
    search("common word", real ? "agreement" : words.at(2));
    search("phrase", real ? "\"governed by the laws of\"" : "\"" + words.at(3) + " " + words.at(20) + "\"");
    search("two words and an exclusion", real ? "renew term -automatically" : words.at(50) + " " + words.at(80) + " -" + words.at(1));
    search("beginning", real ? "indemn*" : words.at(100).substr(0, 2) + "*");
    search("common word by the states of a clause", real ? "agreement" : words.at(2), "renewal_term");
    SearchRequest request;
    request.words = real ? "arbitration" : words.at(800);
    measure(QStringLiteral("medium word through a view that a job opens"), rounds, [&](int) {
        (void)withView(QString::fromStdString(project.folder.string()), test::ana(),
                       [&](StoreSession& view) { return view.store().search().search(request); });
    });
}

// A store from before the search.
void benchIndexing(test::ProjectFixture& project) {
    project.store.reset();
    auto database = Database::open(project.file(), Database::Mode::Write);
    if (!database || !(*database)->execute("DELETE FROM passages; INSERT INTO passage_words (passage_words) VALUES ('delete-all')"))
        qFatal("the index could not be emptied");
    database->reset();
    QElapsedTimer timer;
    timer.start();
    project.store = std::move(*project.open());
    const double opened = milliseconds(timer);
    std::vector<double> slices;
    timer.restart();
    for (int left = 1; left > 0;) {
        QElapsedTimer slice;
        slice.start();
        left = *project.store->search().indexSome(64 * 1024);
        slices.push_back(milliseconds(slice));
    }
    const double all = milliseconds(timer);
    std::sort(slices.begin(), slices.end());
    out() << QStringLiteral("a store from before the search: opened in %1 ms, indexed in %2 s; slices of 64 KB p50 %3, p95 %4, longest %5 ms\n")
                 .arg(opened, 0, 'f', 0).arg(all / 1e3, 0, 'f', 1).arg(percentile(slices, 0.5), 0, 'f', 1)
                 .arg(percentile(slices, 0.95), 0, 'f', 1).arg(slices.back(), 0, 'f', 1);
}

void benchSearch(double megabytes, int rounds) {
    test::ProjectFixture project;
    const Words words(50'000);
    Rng rng(5);
    const std::vector<std::string> texts = corpusTexts();
    size_t bytes = 0;
    std::vector<std::string> all;
    while (static_cast<double>(bytes) < megabytes * 1e6) {
        all.push_back(texts.empty() ? generated(words, rng, 30'000 + rng.below(40'000)) : varied(texts[all.size() % texts.size()], rng, words));
        bytes += all.back().size();
    }
    QElapsedTimer timer;
    timer.start();
    addContracts(*project.store, static_cast<int>(all.size()), [&](int i) { return all[static_cast<size_t>(i)]; });
    out() << QStringLiteral("%1 MB in %2 contracts (%3), added and indexed in %4 s\n").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1)
                 .arg(all.size()).arg(texts.empty() ? QStringLiteral("generated") : QStringLiteral("from CW_CORPUS"))
                 .arg(milliseconds(timer) / 1e3, 0, 'f', 1);
    benchQueries(project, words, !texts.empty(), rounds);
    benchIndexing(project);
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    initResources();
    applyTheme(ThemeMode::Light);
    const QStringList arguments = QApplication::arguments();
    const int rounds = arguments.value(3, QStringLiteral("20")).toInt();
    benchList(arguments.value(1, QStringLiteral("10000")).toInt(), rounds);
    benchSearch(arguments.value(2, QStringLiteral("50")).toDouble(), rounds);
    return 0;
}
