// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Suggestions: what the rules propose, what became of a suggestion, which cells are kept blind, and the store that keeps them apart from
// what people decide.
#include "core/store/suggestion_store.h"
#include "core/suggest/outcome.h"
#include "core/suggest/rules.h"
#include "tests/support/project_fixture.h"

#include <algorithm>

using namespace cw;

namespace {

const std::string kContract = "SUPPLY AGREEMENT\n\nThis Agreement is made on 3 April 2024 between Alder Ltd and Birch Ltd.\n\n"
                              "5. The Buyer shall pay each invoice within thirty (30) days of receipt of the invoice.\n\n"
                              "9. This Agreement shall be governed by the laws of England and Wales.\n";

const Suggestion* find(const std::vector<Suggestion>& all, const std::string& clause) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Suggestion& each) { return each.clause == clause; });
    return at == all.end() ? nullptr : &*at;
}

Suggestion present(const std::string& clause, std::string_view quote) {
    return {clause, "", CellState::Present, {{test::rangeOf(quote), std::string(quote)}}, {}, 0.5};
}

} // namespace

class TestSuggestions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesFindAValueInItsSentence();
    void rulesCallAbsentWhatNoWordSpeaksOf();
    void everySuggestionIsLegal();
    void theOutcomeFollowsFromTheCell();
    void aTenthIsKeptBlind();
    void theNewestOfAClauseIsShown();
    void anOriginReplacesItsOwnAlone();
    void aSpanOutsideTheTextIsRefused();
    void otherReadingsStayBesideIt();
};

void TestSuggestions::rulesFindAValueInItsSentence() {
    const auto all = suggestByRules(kContract, test::defaultTaxonomy());
    const Suggestion* law = find(all, "governing_law");
    QVERIFY(law && law->state == CellState::Present);
    QVERIFY(law->value == ClauseValue(std::string("GB-EAW")));
    QCOMPARE(law->spans.front().quote, std::string("This Agreement shall be governed by the laws of England and Wales."));
    const Suggestion* payment = find(all, "payment_terms");
    QVERIFY(payment && payment->value == ClauseValue(std::string("P30D")));
}

void TestSuggestions::rulesCallAbsentWhatNoWordSpeaksOf() {
    const auto all = suggestByRules(kContract, test::defaultTaxonomy());
    const Suggestion* escrow = find(all, "source_code_escrow");
    QVERIFY(!escrow || escrow->state == CellState::Absent);
    QVERIFY(find(all, "non_disparagement") && find(all, "non_disparagement")->state == CellState::Absent);
}

void TestSuggestions::everySuggestionIsLegal() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    const auto all = suggestByRules(test::kText, project.store->taxonomy());
    CW_VERIFY(project.store->suggestions().replace(project.msa, "rules 1", all));
    for (const Suggestion& each : all) {
        QVERIFY(each.score > 0 && each.score <= 1);
        Cell cell;
        cell.clause = each.clause;
        cell.state = each.state;
        cell.spans = each.spans;
        cell.value = each.value;
        CW_VERIFY(project.store->annotations().set(project.msa, cell, "present"));
    }
}

void TestSuggestions::theOutcomeFollowsFromTheCell() {
    const Suggestion suggestion = present("governing_law", "laws of England");
    Cell cell;
    cell.clause = "governing_law";
    QVERIFY(outcomeOf(suggestion, cell) == SuggestionOutcome::Open);
    QVERIFY(outcomeOf(suggestion, test::presentCell("governing_law", "laws of England")) == SuggestionOutcome::Accepted);
    QVERIFY(outcomeOf(suggestion, test::presentCell("governing_law", "England")) == SuggestionOutcome::Corrected);
    QVERIFY(outcomeOf(suggestion, test::presentCell("governing_law", "laws of England", std::string("GB-EAW"))) == SuggestionOutcome::Corrected);
    QVERIFY(outcomeOf(suggestion, test::absentCell("governing_law")) == SuggestionOutcome::Rejected);
}

void TestSuggestions::aTenthIsKeptBlind() {
    int blind = 0;
    for (int i = 0; i < 200; ++i)
        for (const std::string& clause : test::defaultTaxonomy().keys())
            blind += isKeptBlind(ContractId("contract-" + std::to_string(i)), clause);
    const double share = blind / (200.0 * 47);
    QVERIFY2(share > 0.09 && share < 0.11, qPrintable(QString::number(share)));
    QCOMPARE(isKeptBlind(ContractId("a"), "insurance"), isKeptBlind(ContractId("a"), "insurance"));
}

void TestSuggestions::theNewestOfAClauseIsShown() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    SuggestionStore& store = project.store->suggestions();
    CW_VERIFY(store.replace(project.msa, "rules 1", {present("document_name", "Agreement"), present("insurance", "excluded")}));
    CW_VERIFY(store.replace(project.msa, "01RUN", {present("document_name", "This Agreement")})); // at the same time: the run goes first
    const auto newest = store.newest(project.msa);
    CW_VERIFY(newest);
    QCOMPARE(newest->size(), size_t{2});
    QCOMPARE(find(*newest, "document_name")->origin, std::string("01RUN"));
    QCOMPARE(find(*newest, "insurance")->origin, std::string("rules 1"));
    QCOMPARE(project.store->annotations().touchedCells()->size(), size_t{0}); // no decision came of it
}

void TestSuggestions::anOriginReplacesItsOwnAlone() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    SuggestionStore& store = project.store->suggestions();
    CW_VERIFY(store.replace(project.msa, "rules 1", {present("insurance", "excluded"), present("document_name", "Agreement")}));
    CW_VERIFY(store.replace(project.msa, "01RUN", {present("parties", "Agreement")}));
    CW_VERIFY(store.replace(project.msa, "rules 1", {present("insurance", "No caf\xC3\xA9 is excluded")}));
    const auto all = store.all();
    CW_VERIFY(all);
    QCOMPARE(all->at(project.msa).size(), size_t{2});
    CW_VERIFY(store.replace(project.msa, "01RUN", {})); // it has nothing to say any more
    QCOMPARE(store.all()->at(project.msa).size(), size_t{1});
}

void TestSuggestions::aSpanOutsideTheTextIsRefused() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    Suggestion wrong = present("insurance", "excluded");
    wrong.spans.front().range.end = test::kText.size() + 1;
    QCOMPARE(project.store->suggestions().replace(project.msa, "rules 1", {wrong}).error().code, ErrorCode::BadInput);
    Suggestion cut = present("insurance", "caf\xC3\xA9");
    cut.spans.front().range.end -= 1; // within a character
    QVERIFY(!project.store->suggestions().replace(project.msa, "rules 1", {cut}).ok());
    Suggestion bare = present("insurance", "excluded");
    bare.spans.clear();
    QVERIFY(!project.store->suggestions().replace(project.msa, "rules 1", {bare}).ok());
    QVERIFY(project.store->suggestions().newest(project.msa)->empty());
}

void TestSuggestions::otherReadingsStayBesideIt() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    SuggestionStore& store = project.store->suggestions();
    Suggestion told = present("insurance", "excluded");
    told.value = true;
    told.origin = "01RUN";
    told.margin = 3.25;
    told.others = {{false, {{test::rangeOf("Agreement"), "Agreement"}}, 3, 0.5}, {ClauseValue(), {}, 1, std::nullopt}};
    CW_VERIFY(store.replace(project.msa, "01RUN", {told}));
    QVERIFY(store.newest(project.msa)->front() == told);
    QVERIFY(store.all()->at(project.msa).front() == told);
    told.others[0].spans[0].range.end = test::kText.size() + 1;
    QCOMPARE(store.replace(project.msa, "01RUN", {told}).error().code, ErrorCode::BadInput);
}

QTEST_APPLESS_MAIN(TestSuggestions)
#include "test_suggestions.moc"
