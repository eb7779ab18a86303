// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Cells whose gold accepts other answers too: what is right then, and against what the rest is judged.
#include "core/eval/alternatives.h"
#include "tests/support/taxonomy.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

const ClauseType& type(const char* key) { return *defaultTaxonomy().find(key); }

PredictedCell answered(std::optional<Finding> finding) {
    PredictedCell cell;
    cell.finding = std::move(finding);
    return cell;
}

} // namespace

class TestAlternatives : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Evaluation rule 2.4: the anniversary and the day before it are equal only where the gold says so.
    void theDayBeforeIsRightWhereItIsAccepted() {
        const Finding anniversary{{"until the third anniversary"}, std::string("2027-04-01")}, dayBefore{{"until the third anniversary"}, std::string("2027-03-31")};
        const auto score = [&](const std::vector<Finding>& accepted, const Finding& answer) {
            return scoreCellOfAny(type("expiration_date"), anniversary, accepted, answered(answer), Rules::Strict, {});
        };
        QVERIFY(!score({}, dayBefore).right());
        QVERIFY(score({dayBefore}, dayBefore).right() && score({dayBefore}, dayBefore).byAlternative);
        QVERIFY(score({dayBefore}, anniversary).right() && !score({dayBefore}, anniversary).byAlternative);
        QVERIFY(!score({dayBefore}, {{"until the third anniversary"}, std::string("2027-03-30")}).right());
    }

    void theErrorIsThatAgainstTheGold() {
        const Finding gold{{"within 30 days"}, std::string("P30D")};
        const PredictedCell answer = answered(Finding{{"within 30 days"}, std::string("P1M")});
        const CellScore alone = scoreCell(type("renewal_term"), gold, answer, Rules::Strict);
        QVERIFY(scoreCellOfAny(type("renewal_term"), gold, {{{"a"}, std::string("P60D")}, {{"b"}, std::string("P9Y")}}, answer, Rules::Strict, {}).kind == alone.kind);
        QVERIFY(alone.kind == ErrorKind::Unit);
    }

    // A missed clause stays missed, and what is unusable unusable, whatever is accepted.
    void onlyAnotherAnswerCanBeAccepted() {
        const Finding gold{{"within 30 days"}, std::string("P30D")};
        const std::vector<Finding> accepted = {{{"within 30 days"}, std::string("P1M")}};
        QVERIFY(scoreCellOfAny(type("renewal_term"), gold, accepted, answered(std::nullopt), Rules::Strict, {}).outcome == Outcome::FalseNegative);
        PredictedCell unusable;
        unusable.invalid = true;
        QVERIFY(scoreCellBothOfAny(type("renewal_term"), gold, accepted, unusable, {}).strict.outcome == Outcome::Invalid);
    }

    // "Both null" is the one way to be right where the gold is null.
    void nullAcceptsNothingBesideIt() {
        const Finding answer{{"within 30 days"}, std::string("P30D")};
        QVERIFY(scoreCellOfAny(type("renewal_term"), std::nullopt, {answer}, answered(answer), Rules::Strict, {}).outcome == Outcome::FalsePositive);
        QVERIFY(scoreCellBothOfAny(type("renewal_term"), std::nullopt, {answer}, answered(answer), {}).compat.outcome == Outcome::FalsePositive);
    }

    // Each set of rules takes what it matches: a missing legal form is right by the compatible ones alone.
    void eachSetOfRulesChoosesForItself() {
        const auto parties = [](const char* name) { return Finding{{name}, std::vector<Party>{{name, "other"}}}; };
        const std::vector<Finding> accepted = {parties("Harrow Pike Limited"), parties("Harrow Pike")};
        const BothScores scores = scoreCellBothOfAny(type("parties"), parties("Delta Works Limited"), accepted, answered(parties("Harrow Pike")), {});
        QVERIFY(scores.strict.right() && scores.compat.right());
        const BothScores less = scoreCellBothOfAny(type("parties"), parties("Delta Works Limited"), {accepted.front()}, answered(parties("Harrow Pike")), {});
        QVERIFY(!less.strict.right() && less.compat.right());
    }

    void quotesOfATextAreAcceptedInAnyOrder() {
        const Finding gold{{"The Supplier shall not assign this Agreement"}, {}};
        const std::vector<Finding> accepted = {{{"No party may transfer its rights.", "Any attempt is void."}, {}}};
        const PredictedCell answer = answered(Finding{{"Any attempt is void.", "No party may transfer its rights."}, {}});
        QVERIFY(scoreCellOfAny(type("document_name"), gold, accepted, answer, Rules::Strict, {}).right());
    }
};

QTEST_APPLESS_MAIN(TestAlternatives)
#include "test_alternatives.moc"
