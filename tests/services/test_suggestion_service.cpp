// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What became of suggestions: shown and blind ones apart, each reader's decisions counted once.
#include "app/services/suggestion_service.h"
#include "core/base/file.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/project_fixture.h"

#include <algorithm>

using namespace cw;
using namespace cw::test;

namespace {

const std::string kOrigin = "rules 1";

Suggestion absentIn(const std::string& clause) {
    Suggestion out;
    out.clause = clause;
    out.state = CellState::Absent;
    out.score = 0.5;
    return out;
}

} // namespace

class TestSuggestionService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto made = StoreSession::create(m_folder->filePath(QStringLiteral("a.clausewright")), Identity{"Ana", "ana", "desk"}, m_clock);
        CW_VERIFY(made);
        m_session = std::move(*made);
        CW_VERIFY(m_session->store().contracts().add(contractNamed("a"), documentOf(kText)));
        std::vector<Suggestion> all;
        for (const ClauseType& type : m_session->taxonomy().types())
            all.push_back(absentIn(type.key));
        CW_VERIFY(saveSuggestions(*m_session, {kOrigin, {{m_contract, all}}, 0}));
        QVERIFY(blindClauses() > 0 && !isKeptBlind(m_contract, m_shown));
    }
    void cleanup() { m_session.reset(); }

    void untouchedOnesAreOpen() {
        QCOMPARE(of(false).open, 47 - blindClauses());
        QCOMPARE(of(true).open, blindClauses());
    }

    void whoDidNotSeeOneSaysNothingOfIt() {
        decideAll(std::string());
        QCOMPARE(all().size(), size_t(1)); // the blind ones alone
        QCOMPARE(of(true).accepted, blindClauses());
    }

    void whatWindowsOfARunSayAgainstEachOtherStays() {
        CW_VERIFY(m_session->store().contracts().add(contractNamed("alpha"), documentOf(test::textOf("alpha"))));
        const auto folder = runOfTwoWindows();
        CW_VERIFY(folder);
        const auto made = suggestionsOfRun(*m_session, *folder);
        CW_VERIFY(made);
        const auto report = saveSuggestions(*m_session, *made);
        CW_VERIFY(report);
        QCOMPARE(report->disagreements, 1);
        const auto stored = m_session->store().suggestions().newest(ContractId("alpha"));
        CW_VERIFY(stored);
        const auto renewal = std::find_if(stored->begin(), stored->end(), [](const Suggestion& each) { return each.clause == "renewal_term"; });
        QVERIFY(renewal != stored->end());
        QVERIFY(renewal->value == ClauseValue(std::string("P1Y")));
        QCOMPARE(*renewal->margin, 4.0);
        QCOMPARE(renewal->others.size(), size_t(1));
        QVERIFY(renewal->others[0].value == ClauseValue(std::string("P2Y")));
        QCOMPARE(renewal->others[0].window, 2);
        QCOMPARE(*renewal->others[0].margin, 1.5);
        QCOMPARE(renewal->others[0].spans[0].quote, std::string("one (1) year"));
    }

    void bothReadersCountAndTheRecordOnlyOnce() {
        CW_VERIFY(m_session->assignSecondReader({m_contract}, QStringLiteral("Ben")));
        decideAll(kOrigin);
        QCOMPARE(of(false).accepted, 47 - blindClauses());
        CW_VERIFY(m_session->finish(m_contract));
        m_session->setPerson(QStringLiteral("Ben"));
        decideAll(kOrigin);
        CW_VERIFY(decide(presentCell(m_shown, "No caf\xC3\xA9 is excluded.")));
        QCOMPARE(of(false).accepted, 2 * (47 - blindClauses()) - 1);
        QCOMPARE(of(false).rejected, 1);
        const auto conflicts = m_session->finish(m_contract); // now there are a first and a second reading beside the record
        CW_VERIFY(conflicts);
        QCOMPARE(*conflicts, std::vector<std::string>{m_shown});
        QCOMPARE(of(false).accepted, 2 * (47 - blindClauses()) - 1);
        CW_VERIFY(decide(presentCell(m_shown, "No caf\xC3\xA9 is excluded."))); // adjudicated: no third reader
        QCOMPARE(of(false).rejected, 1);
        QCOMPARE(of(true).accepted, 2 * blindClauses());
    }

private:
    // Both windows show the whole of alpha; the second is less sure of another renewal term.
    Result<RunFolder> runOfTwoWindows() const {
        RunSpec spec = defaultSpec(RunKind::Evaluate);
        spec.model = "/models/tiny";
        spec.decoding = "constrained";
        CW_TRY_ASSIGN(folder, RunFolder::create(m_folder->path().toStdString(), spec, m_clock));
        const std::string terms[] = {encodeAnswer(answerOf({{"renewal_term", found("renews for one (1) year terms", std::string("P1Y"))}})),
                                     encodeAnswer(answerOf({{"renewal_term", found("one (1) year", std::string("P2Y"))}}))};
        std::string lines;
        for (const int part : {1, 2}) {
            OutputRow row = outputRow("alpha", terms[part - 1]);
            row.meta.part = part;
            row.meta.parts = 2;
            row.constrained = true;
            row.margins = {-5.F, part == 1 ? 4.F : 1.5F, -5.F, -5.F};
            lines += toLine(row) + "\n";
        }
        for (const auto& [file, bytes] : {std::pair(folder.taxonomy(), defaultTaxonomy().toJson()),
                                          std::pair(folder.gold(), toLine(threeContracts()[0]) + "\n"),
                                          std::pair(folder.text(ContractId("alpha")), test::textOf("alpha")), std::pair(folder.predictions(), lines)}) {
            CW_TRY(makeFolder(file.parent_path()));
            CW_TRY(writeFileAtomically(file, bytes));
        }
        return folder;
    }

    int blindClauses() const {
        const auto keys = m_session->taxonomy().keys();
        return static_cast<int>(std::count_if(keys.begin(), keys.end(), [this](const std::string& key) { return isKeptBlind(m_contract, key); }));
    }

    std::vector<SuggestionTally> all() { return suggestionOutcomes(*m_session).value(); }

    SuggestionTally of(bool blind) {
        for (const SuggestionTally& tally : all())
            if (tally.blind == blind)
                return tally;
        return {};
    }

    Status decide(Cell cell) {
        cell.suggestion = kOrigin;
        return m_session->setCells(m_contract, {cell}, "present", m_session->readingOf(m_contract));
    }

    // As absent; `shown` is the origin of the suggestion that was looked at.
    void decideAll(const std::string& shown) {
        std::vector<Cell> cells;
        for (const std::string& key : m_session->taxonomy().keys()) {
            cells.push_back(absentCell(key));
            if (!isKeptBlind(m_contract, key))
                cells.back().suggestion = shown;
        }
        CW_VERIFY(m_session->setCells(m_contract, cells, "bulk", m_session->readingOf(m_contract)));
    }

    const ContractId m_contract{"a"};
    const std::string m_shown = "document_name"; // not one of the blind
    std::unique_ptr<QTemporaryDir> m_folder;
    FixedClock m_clock{noon()};
    std::unique_ptr<StoreSession> m_session;
};

QTEST_GUILESS_MAIN(TestSuggestionService)
#include "test_suggestion_service.moc"
