// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The corpus search in a store: every contract is indexed, hits know the state of their clause, and no input is an error of the index.
#include "core/base/rng.h"
#include "core/store/search_store.h"
#include "core/store/statement.h"
#include "tests/support/project_fixture.h"

using namespace cw;
using namespace cw::test;

namespace {

// Long enough for several passages; the phrase lies over the end of the first one.
std::string longText() {
    std::string text;
    while (text.size() < 1985)
        text += "The supplier delivers the goods to the buyer in time ";
    return text + "and this agreement shall renew automatically for one year.\n\n" + std::string(3000, 'x') + "\n\nNothing renews twice.\n";
}

QStringList names(const SearchResult& result) {
    QStringList out;
    for (const ContractHits& contract : result.contracts)
        out << QString::fromStdString(contract.contract.value);
    out.sort();
    return out;
}

} // namespace

class TestSearchStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_project = std::make_unique<ProjectFixture>();
        QVERIFY(m_project->store);
        add("nda", "Confidential information stays secret. It does not renew.\n");
        add("supply", longText());
    }
    void cleanup() { m_project.reset(); }

    void hitsAreTheTextsOwnBytes() {
        const SearchResult result = search("caf\xC3\xA9");
        QCOMPARE(names(result), QStringList{QStringLiteral("msa")});
        const Snippet& line = result.contracts[0].hits[0].snippet;
        QVERIFY(line.places[0] == rangeOf("caf\xC3\xA9"));
        QCOMPARE(result.contracts[0].places, 1);
        QCOMPARE(names(search("CAFE")), QStringList{QStringLiteral("msa")});
    }

    void wordsPhrasesBeginningsAndExclusions() {
        QCOMPARE(names(search("renew")), (QStringList{QStringLiteral("nda"), QStringLiteral("supply")}));
        QCOMPARE(names(search("agreement renew")), QStringList{QStringLiteral("supply")});
        QCOMPARE(names(search("\"laws of england\" or secret")), (QStringList{QStringLiteral("msa"), QStringLiteral("nda")}));
        QCOMPARE(names(search("confid*")), QStringList{QStringLiteral("nda")});
        QCOMPARE(names(search("renew -secret")), QStringList{QStringLiteral("supply")});
        QVERIFY(search("unheard").contracts.empty());
    }

    void aPhraseOverTheEndOfAPassageIsFoundOnce() {
        const std::string text = longText();
        for (const char* phrase : {"\"shall renew automatically for one year\"", "\"goods to the buyer in time and this agreement shall renew\""}) {
            const SearchResult result = search(phrase);
            QCOMPARE(names(result), QStringList{QStringLiteral("supply")});
            QCOMPARE(result.contracts[0].places, 1);
            QCOMPARE(result.contracts[0].hits.size(), size_t(1));
        }
        const SearchResult renew = search("renew*");
        const auto supply = std::find_if(renew.contracts.begin(), renew.contracts.end(), [](const ContractHits& c) { return c.contract.value == "supply"; });
        QCOMPARE(supply->places, 2);
        QVERIFY(supply->hits[1].snippet.places[0] == rangeOf("renews", text));
    }

    void everyPlaceIsFoundWhateverTheWord() {
        const std::string text = longText();
        for (const char* word : {"supplier", "the", "buyer", "agreement", "twice"}) {
            size_t count = 0;
            for (const SearchWord& each : searchWords(text))
                count += each.form == word;
            SearchRequest request;
            request.words = word;
            request.within = std::set{ContractId("supply")};
            const auto result = m_project->store->search().search(request);
            CW_VERIFY(result);
            QCOMPARE(size_t(result->contracts.at(0).places), count);
        }
    }

    void theStateOfAClausePartsTheContracts() {
        Cell unsure = absentCell("renewal_term");
        unsure.flags.unsure = true;
        CW_VERIFY(m_project->store->annotations().set(ContractId("nda"), absentCell("renewal_term"), "absent"));
        CW_VERIFY(m_project->store->annotations().set(ContractId("supply"), unsure, "absent"));
        SearchRequest request;
        request.words = "renew";
        request.clause = "renewal_term";
        auto result = m_project->store->search().search(request);
        CW_VERIFY(result);
        QVERIFY((result->states == StateCounts{0, 1, 1})); // what is unsure counts as not reviewed
        request.state = CellState::Absent;
        result = m_project->store->search().search(request);
        CW_VERIFY(result);
        QCOMPARE(names(*result), QStringList{QStringLiteral("nda")});
        QVERIFY(result->contracts[0].state == CellState::Absent);
        QVERIFY((result->states == StateCounts{0, 1, 1})); // the other chips keep their numbers
        QCOMPARE(result->contractCount, 1);
    }

    void aHitKnowsTheSpansThatHoldIt() {
        CW_VERIFY(m_project->store->annotations().set(m_project->msa, presentCell("governing_law", "governed by the laws of England", std::string("GB-EAW")), "present"));
        CW_VERIFY(m_project->store->annotations().set(m_project->msa, presentCell("dispute_resolution", "laws of England"), "present"));
        SearchRequest request;
        request.words = "england";
        auto result = m_project->store->search().search(request);
        CW_VERIFY(result);
        QCOMPARE(result->contracts[0].hits[0].clauses.size(), size_t(2));
        request.clause = "dispute_resolution";
        result = m_project->store->search().search(request);
        CW_VERIFY(result);
        QCOMPARE(result->contracts[0].hits[0].clauses.front(), std::string("dispute_resolution"));
        QVERIFY(search("agreement").contracts[0].hits[0].clauses.empty());
    }

    void theBestAreShownAndTheRestIsCounted() {
        for (int i = 0; i < 30; ++i)
            add("bulk-" + std::to_string(i), "An arbitration clause, number " + std::to_string(i) + ".\n");
        SearchRequest request;
        request.words = "arbitration";
        request.contracts = 10;
        const auto result = m_project->store->search().search(request);
        CW_VERIFY(result);
        QCOMPARE(result->contracts.size(), size_t(10));
        QCOMPARE(result->left(), size_t(20));
    }

    void aStoreFromBeforeTheSearchIsIndexedInSteps() {
        m_project->store.reset();
        auto database = Database::open(m_project->file(), Database::Mode::Write);
        CW_VERIFY(database);
        CW_VERIFY((*database)->execute("DELETE FROM passages; INSERT INTO passage_words (passage_words) VALUES ('delete-all')"));
        database->reset();
        auto store = m_project->open();
        CW_VERIFY(store);
        m_project->store = std::move(*store);
        QCOMPARE(search("renew").contracts.size(), size_t(0));
        QCOMPARE(search("renew").notIndexed, 3);
        QCOMPARE(*m_project->store->search().indexSome(1), 2);
        QCOMPARE(*m_project->store->search().indexSome(1'000'000), 0);
        QCOMPARE(*m_project->store->search().indexSome(1'000'000), 0); // nothing twice
        QCOMPARE(names(search("renew")), (QStringList{QStringLiteral("nda"), QStringLiteral("supply")}));
        QCOMPARE(search("renew").notIndexed, 0);
    }

    void noInputIsAnErrorOfTheIndex() {
        static const std::vector<std::string> kPieces = {"\"", "*", "-", "(", ")", "NEAR", " OR ", " NOT ", " AND ", "^", ":", "+", "{", "}", "text", "'", "\\", ";",
                                                         "a",  " ", "\xE2\x80\x9C", "caf\xC3\xA9", "\xFF", ",", "/", "--", std::string(1, '\0'), "\xF0\x9F\x99\x82"};
        Rng rng(3);
        for (int round = 0; round < 600; ++round) {
            SearchRequest request;
            for (size_t i = rng.below(20); i-- > 0;)
                request.words += kPieces[rng.below(kPieces.size())];
            const auto result = m_project->store->search().search(request);
            QVERIFY2(result || result.error().code == ErrorCode::BadUsage, request.words.c_str());
        }
        std::string many;
        for (int i = 0; i < 3000; ++i)
            many += "-a" + std::to_string(i) + " b" + std::to_string(i) + " or ";
        QVERIFY(search(many).contracts.empty());
    }

private:
    void add(const std::string& id, const std::string& text) {
        CW_VERIFY(m_project->store->contracts().add(contractNamed(id), documentOf(text)));
    }
    SearchResult search(const std::string& words) {
        SearchRequest request;
        request.words = words;
        auto result = m_project->store->search().search(request);
        return result ? std::move(*result) : SearchResult{};
    }

    std::unique_ptr<ProjectFixture> m_project;
};

QTEST_GUILESS_MAIN(TestSearchStore)
#include "test_search_store.moc"
