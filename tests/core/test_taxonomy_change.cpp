// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A change of the taxonomy: what becomes of the types and of the cells, and that nothing is ever lost.
#include "core/base/rng.h"
#include "core/extraction/values.h"
#include "core/taxonomy/cell_mapping.h"
#include "core/taxonomy/guideline_history.h"
#include "core/taxonomy/taxonomy_change.h"
#include "core/taxonomy/taxonomy_change_json.h"
#include "tests/support/taxonomy.h"

#include <QtTest>

#include <algorithm>

using namespace cw;
using namespace cw::test;

namespace {

const std::string kWords = "The supplier insures, indemnifies and warrants everything it sells until the last day of the term.";

Span spanAt(size_t begin, size_t end) { return {{begin, end}, kWords.substr(begin, end - begin)}; }

Cell present(const std::string& clause, std::vector<Span> spans, ClauseValue value = {}) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Present;
    cell.spans = std::move(spans);
    cell.value = std::move(value);
    cell.annotator = "Ana";
    return cell;
}

Cell absent(const std::string& clause) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Absent;
    cell.annotator = "Ben";
    return cell;
}

ClauseType newType(const std::string& key, ValueKind kind = ValueKind::Boolean, const std::string& group = "risk") {
    ClauseType type;
    type.key = key;
    type.title = "Title of " + key;
    type.group = group;
    type.kind = kind;
    type.guideline = "What " + key + " is.";
    return type;
}

Cell mappedCell(const std::vector<Cell>& cells, const TaxonomyChange& change, const std::string& clause) {
    const auto mapped = mapCells(cells, change, defaultTaxonomy());
    if (!mapped)
        qFatal("%s", mapped.error().message().c_str());
    for (const Cell& cell : *mapped)
        if (cell.clause == clause)
            return cell;
    Cell blank;
    blank.clause = clause;
    return blank;
}

std::string refusal(const TaxonomyChange& change) {
    const auto made = apply(defaultTaxonomy(), change);
    return made ? std::string() : made.error().message();
}

const TaxonomyChange kMergeToNew{{AddType{newType("cover")}, MergeTypes{{"insurance", "source_code_escrow"}, "cover"}}};
const TaxonomyChange kSplit{{AddType{newType("cover_a")}, AddType{newType("cover_b")},
                             SplitType{"insurance", {"cover_a", "cover_b"}, {"cover_a"}}}};

} // namespace

class TestTaxonomyChange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newTextsChangeTheTypeAndNoCell() {
        const TaxonomyChange change{{EditTexts{"insurance", "Insurance cover", "Says who insures.", {}, std::vector<std::string>{"insure"}}}};
        const auto after = apply(defaultTaxonomy(), change);
        QVERIFY2(after.ok(), after ? "" : after.error().message().c_str());
        QCOMPARE(after->version(), defaultTaxonomy().version() + 1);
        QCOMPARE(after->find("insurance")->title, std::string("Insurance cover"));
        QCOMPARE(after->find("insurance")->searchTerms, std::vector<std::string>{"insure"});
        QCOMPARE(after->find("insurance")->example, defaultTaxonomy().find("insurance")->example);
        const std::vector<Cell> cells = {present("insurance", {spanAt(4, 12)}, true)};
        QVERIFY(*mapCells(cells, change, defaultTaxonomy()) == cells);
    }

    void aRetiredTypeKeepsItsKeyAndComesBack() {
        const auto retired = apply(defaultTaxonomy(), {{RetireType{"insurance"}}});
        QVERIFY(!retired->find("insurance"));
        QVERIFY(retired->findRetired("insurance"));
        QCOMPARE(retired->types().size(), defaultTaxonomy().types().size() - 1);
        const auto again = Taxonomy::fromJson(retired->toJson(), "stored");
        QCOMPARE(again->toJson(), retired->toJson());
        QVERIFY(!apply(*retired, {{AddType{newType("insurance")}}}).ok());
        const auto back = apply(*retired, {{ReviveType{"insurance"}}});
        QVERIFY(*back->find("insurance") == *defaultTaxonomy().find("insurance"));
        QVERIFY(back->retired().empty());
    }

    void mergeKeepsTheSourcesAndUnitesTheSpans() {
        const std::vector<Cell> cells = {present("insurance", {spanAt(0, 12), spanAt(40, 50)}, true),
                                         present("source_code_escrow", {spanAt(4, 20), spanAt(60, 64)}, true)};
        const Cell cell = mappedCell(cells, kMergeToNew, "cover");
        QVERIFY(cell.state == CellState::Present);
        QVERIFY((cell.spans == std::vector<Span>{spanAt(0, 20), spanAt(40, 50), spanAt(60, 64)}));
        QVERIFY(cell.value == ClauseValue(true));
        QVERIFY(!cell.flags.any());
        for (const Cell& before : cells)
            QVERIFY(mappedCell(cells, kMergeToNew, before.clause) == before);
    }

    void mergeJudgesTheStates() {
        const Cell yes = present("insurance", {spanAt(0, 12)}, true);
        const Cell against = mappedCell({yes, absent("source_code_escrow")}, kMergeToNew, "cover");
        QVERIFY(against.state == CellState::Present && against.flags.conflict);
        const Cell alone = mappedCell({yes}, kMergeToNew, "cover");
        QVERIFY(alone.state == CellState::Present && !alone.flags.any());
        const Cell both = mappedCell({absent("insurance"), absent("source_code_escrow")}, kMergeToNew, "cover");
        QVERIFY(both.state == CellState::Absent && !both.flags.any());
        QVERIFY(mappedCell({absent("insurance")}, kMergeToNew, "cover").state == CellState::NotReviewed);
        const Cell differ = mappedCell({yes, present("source_code_escrow", {spanAt(20, 30)}, false)}, kMergeToNew, "cover");
        QVERIFY(differ.flags.conflict);
        QVERIFY(differ.value == ClauseValue(true)); // the first one stands
    }

    void mergeOfKindsThatDifferAsksForTheValue() {
        const Cell cell = mappedCell({present("insurance", {spanAt(0, 12)}, true), present("cap_on_liability", {spanAt(20, 30)}, std::string("USD 100"))},
                                     {{MergeTypes{{"insurance", "cap_on_liability"}, "insurance"}}}, "insurance");
        QVERIFY(cell.flags.valueToReview);
        QVERIFY(cell.value == ClauseValue(true)); // the target's own
        QCOMPARE(cell.note, std::string("Value before: USD 100"));
    }

    void oneSourceInANewTypeChangesTheKind() {
        const TaxonomyChange change{{AddType{newType("cover", ValueKind::Money)}, MergeTypes{{"insurance"}, "cover"}}};
        const Cell cell = mappedCell({present("insurance", {spanAt(0, 12)}, true)}, change, "cover");
        QVERIFY(!hasValue(cell.value) && cell.flags.valueToReview);
    }

    void splitGoesToTheChosenOnesUnsure() {
        const Cell yes = present("insurance", {spanAt(0, 12)}, true);
        const Cell chosen = mappedCell({yes}, kSplit, "cover_a");
        QVERIFY(chosen.state == CellState::Present && chosen.flags.unsure);
        QVERIFY(chosen.spans == yes.spans);
        Cell blank;
        blank.clause = "cover_b";
        QVERIFY(mappedCell({yes}, kSplit, "cover_b") == blank);
        QVERIFY(mappedCell({yes}, kSplit, "insurance") == yes);
        for (const char* target : {"cover_a", "cover_b"}) {
            const Cell cell = mappedCell({absent("insurance")}, kSplit, target);
            QVERIFY(cell.state == CellState::Absent && !cell.flags.any());
        }
        QVERIFY(mapCells({}, kSplit, defaultTaxonomy())->empty());
    }

    void splitToNobodyIsToBeReviewed() {
        TaxonomyChange change = kSplit;
        std::get<SplitType>(change.edits.back()).present.clear();
        for (const char* target : {"cover_a", "cover_b"}) {
            const Cell cell = mappedCell({present("insurance", {spanAt(0, 12)}, true)}, change, target);
            QVERIFY(cell.state == CellState::NotReviewed && cell.flags.unsure);
        }
    }

    void aSourceAmongItsTargetsKeepsItsCell() {
        const TaxonomyChange change{{AddType{newType("cover_b")}, SplitType{"insurance", {"insurance", "cover_b"}, {}}}};
        const Cell cell = mappedCell({present("insurance", {spanAt(0, 12)}, true)}, change, "insurance");
        QVERIFY(cell.state == CellState::Present && cell.flags.unsure && cell.spans.size() == 1);
        QVERIFY(apply(defaultTaxonomy(), change)->find("insurance"));
    }

    void splitIntoATypeWithCellsOfItsOwnMerges() {
        const TaxonomyChange change{{SplitType{"insurance", {"source_code_escrow", "non_compete"}, {"source_code_escrow"}}}};
        const std::vector<Cell> cells = {present("insurance", {spanAt(0, 12)}, true), absent("source_code_escrow"), absent("non_compete")};
        const Cell met = mappedCell(cells, change, "source_code_escrow");
        QVERIFY(met.state == CellState::Present && met.flags.unsure && met.flags.conflict);
        QVERIFY(mappedCell(cells, change, "non_compete") == cells[2]);
    }

    void valuesFollowRenamedCodes() {
        const std::string old = defaultTaxonomy().find("dispute_resolution")->codes.at(0), other = defaultTaxonomy().find("dispute_resolution")->codes.at(1);
        const TaxonomyChange change{{ChangeCodes{"dispute_resolution", {"courts"}, {{old, "courts"}}}}};
        const Cell renamed = mappedCell({present("dispute_resolution", {spanAt(0, 5)}, old)}, change, "dispute_resolution");
        QVERIFY(renamed.value == ClauseValue(std::string("courts")) && !renamed.flags.any());
        const Cell gone = mappedCell({present("dispute_resolution", {spanAt(0, 5)}, other)}, change, "dispute_resolution");
        QVERIFY(!hasValue(gone.value) && gone.flags.valueToReview);
        QCOMPARE(gone.note, "Value before: " + other);
    }

    void movesKeepAGroupTogetherAndItsNineKeys() {
        const auto moved = apply(defaultTaxonomy(), {{MoveType{"insurance", "data", 1}}});
        QCOMPARE(moved->code("insurance"), std::string("D1"));
        const auto last = apply(defaultTaxonomy(), {{MoveType{"document_name", "identity", 3}}});
        QCOMPARE(last->code("document_name"), std::string("I3"));
        QCOMPARE(last->code("parties"), std::string("I1"));
        TaxonomyChange many;
        for (int i = 0; i < 4; ++i)
            many.edits.push_back(AddType{newType("new_" + std::to_string(i))});
        QVERIFY(QString::fromStdString(refusal(many)).contains(QStringLiteral("10 clause types; it can have 9")));
    }

    void whatCantBeIsRefusedWithASentence() {
        QVERIFY(refusal({}).find("no edits") != std::string::npos);
        QVERIFY(refusal({{RetireType{"insurence"}}}).find("Did you mean insurance?") != std::string::npos);
        QVERIFY(refusal({{AddType{newType("insurance")}}}).find("is taken") != std::string::npos);
        QVERIFY(refusal({{AddType{newType("x", ValueKind::Text, "nowhere")}}}).find("no group nowhere") != std::string::npos);
        QVERIFY(refusal({{ReviveType{"insurance"}}}).find("not retired") != std::string::npos);
        QVERIFY(refusal({{MergeTypes{{"insurance"}, "insurance"}}}).find("another clause type") != std::string::npos);
        QVERIFY(refusal({{SplitType{"insurance", {"parties"}, {}}}}).find("two different") != std::string::npos);
        QVERIFY(refusal({{RetireType{"insurance"}, EditTexts{"insurance", "x", {}, {}, {}}}}).find("retired") != std::string::npos);
        QVERIFY(refusal({{EditTexts{"insurance", "", {}, {}, {}}}}).find("has no title") != std::string::npos);
        QVERIFY(refusal({{ChangeCodes{"dispute_resolution", {}, {}}}}).find("has no codes") != std::string::npos);
    }

    void aChangeSurvivesItsJson() {
        const TaxonomyChange change{{EditTexts{"insurance", "Cover", {}, "e.g.", std::vector<std::string>{"a", "b"}}, AddType{newType("cover")},
                                     RetireType{"parties"}, ReviveType{"parties"}, MergeTypes{{"insurance", "non_compete"}, "cover"},
                                     SplitType{"cover", {"x", "y"}, {"y"}}, MoveType{"x", "risk", 2},
                                     ChangeCodes{"dispute_resolution", {"courts"}, {{"arbitration", "courts"}}}}};
        const auto read = taxonomyChangeFromJson(taxonomyChangeToJson(change), "a test");
        QVERIFY2(read.ok(), read ? "" : read.error().message().c_str());
        QVERIFY(*read == change);
        for (const char* broken : {"", "[]", "{}", "{\"format\":2,\"edits\":[]}", "{\"format\":1,\"edits\":[{\"edit\":\"melt\"}]}",
                                   "{\"format\":1,\"edits\":[7]}", "{\"format\":1,\"edits\":[{\"edit\":\"move\",\"key\":\"a\",\"group\":\"b\",\"place\":\"1\"}]}"}) {
            const auto bad = taxonomyChangeFromJson(broken, "bad.json");
            QVERIFY(!bad.ok());
            QVERIFY(bad.error().detail.find("bad.json") != std::string::npos);
        }
    }

    void aGuidelineHasAHistory() {
        const auto second = apply(defaultTaxonomy(), {{EditTexts{"insurance", {}, "Second.", "", {}}}});
        const auto third = apply(*second, {{EditTexts{"insurance", "Cover", {}, {}, {}}}});
        const auto fourth = apply(*third, {{EditTexts{"insurance", {}, "Fourth.", {}, {}}}});
        const std::vector<TaxonomyVersion> versions = {
            {defaultTaxonomy(), {}, "", "t1"}, {*second, {}, "Ana", "t2"}, {*third, {}, "Ben", "t3"}, {*fourth, {}, "Cleo", "t4"}};
        const auto history = guidelineHistory(versions, "insurance");
        QCOMPARE(history.size(), size_t(3));
        QCOMPARE(history[1].text, std::string("Second."));
        QCOMPARE(history[1].by, std::string("Ana"));
        QCOMPARE(history[2].number, 3);
        QCOMPARE(history[2].version, defaultTaxonomy().version() + 3);
        QCOMPARE(history[2].by, std::string("Cleo"));
        QVERIFY(guidelineHistory(versions, "nothing").empty());
    }

    // 2,000 random changes over random cells: every cell is there, every byte of evidence is, and what results is legal.
    void noRandomChangeLosesACellOrASpan() {
        Rng rng(20261126);
        int applied = 0;
        for (int round = 0; round < 2000; ++round) {
            const TaxonomyChange change = randomChange(rng, round);
            const auto plan = TaxonomyPlan::make(defaultTaxonomy(), change);
            if (!plan)
                continue;
            ++applied;
            const std::vector<Cell> before = randomCells(rng);
            const std::vector<Cell> after = plan->mapped(before).cells;
            const auto find = [&](const std::string& clause) {
                const auto at = std::find_if(after.begin(), after.end(), [&](const Cell& cell) { return cell.clause == clause; });
                return at == after.end() ? nullptr : &*at;
            };
            for (const Cell& cell : before) {
                const Cell* now = find(cell.clause);
                QVERIFY(now);
                for (const Span& span : cell.spans)
                    QVERIFY(std::any_of(now->spans.begin(), now->spans.end(), [&](const Span& s) { return s.range.contains(span.range); }));
                if (plan->after().findRetired(cell.clause) && !wasTarget(*plan, cell.clause))
                    QVERIFY(*now == cell);
            }
            for (const Cell& cell : after) {
                const ClauseType* type = plan->after().find(cell.clause);
                if (type)
                    checkLegal(cell, *type);
                if (QTest::currentTestFailed())
                    return;
            }
        }
        QVERIFY2(applied > 1000, qPrintable(QString::number(applied)));
    }

private:
    static bool wasTarget(const TaxonomyPlan& plan, const std::string& key) {
        for (const CellStep& step : plan.steps())
            for (const ClauseType& target : step.targets)
                if (target.key == key)
                    return true;
        return false;
    }

    static void checkLegal(const Cell& cell, const ClauseType& type) {
        QCOMPARE(cell.state == CellState::Present, !cell.spans.empty());
        QVERIFY(!hasValue(cell.value) || (cell.state == CellState::Present && isCanonicalValue(type, cell.value)));
        if (cell.state == CellState::Present && type.kind != ValueKind::Text)
            QVERIFY(hasValue(cell.value) || cell.flags.valueToReview);
        size_t end = 0;
        for (const Span& span : cell.spans) {
            QVERIFY(span.range.begin >= end && !span.range.empty());
            QCOMPARE(span.quote, kWords.substr(span.range.begin, span.range.size()));
            end = span.range.end;
        }
    }

    static std::string randomKey(Rng& rng) {
        const auto& types = defaultTaxonomy().types();
        return types[rng.below(types.size())].key;
    }

    static TaxonomyChange randomChange(Rng& rng, int round) {
        static const std::vector<std::string> kinds = {"boolean", "text", "money", "duration"};
        TaxonomyChange change;
        const size_t count = 1 + rng.below(4);
        for (size_t i = 0; i < count; ++i) {
            const std::string made = "made_" + std::to_string(round) + "_" + std::to_string(i);
            switch (rng.below(7)) {
            case 0: change.edits.push_back(RetireType{randomKey(rng)}); break;
            case 1: change.edits.push_back(EditTexts{randomKey(rng), "T", {}, {}, {}}); break;
            case 2: change.edits.push_back(MergeTypes{{randomKey(rng), randomKey(rng)}, randomKey(rng)}); break;
            case 3:
                change.edits.push_back(AddType{newType(made, *valueKindFromString(kinds[rng.below(kinds.size())]), "data")});
                change.edits.push_back(MergeTypes{{randomKey(rng), randomKey(rng), randomKey(rng)}, made});
                break;
            case 4:
                change.edits.push_back(AddType{newType(made, *valueKindFromString(kinds[rng.below(kinds.size())]), "data")});
                change.edits.push_back(SplitType{randomKey(rng), {made, randomKey(rng)}, rng.below(2) ? std::vector<std::string>{made} : std::vector<std::string>{}});
                break;
            case 5: change.edits.push_back(MoveType{randomKey(rng), "data", 1}); break;
            default: change.edits.push_back(ChangeCodes{"dispute_resolution", {"courts"}, {}}); break;
            }
        }
        return change;
    }

    static ClauseValue randomValue(Rng& rng, const ClauseType& type) {
        switch (type.kind) {
        case ValueKind::Boolean: return rng.below(2) == 0;
        case ValueKind::Money: return std::string("USD 5");
        case ValueKind::Duration: return std::string("P30D");
        case ValueKind::Enum: return type.codes[rng.below(type.codes.size())];
        default: return {};
        }
    }

    static std::vector<Cell> randomCells(Rng& rng) {
        std::vector<Cell> cells;
        for (const ClauseType& type : defaultTaxonomy().types()) {
            if (rng.below(3) == 0)
                continue;
            if (rng.below(2) == 0) {
                cells.push_back(absent(type.key));
                continue;
            }
            std::vector<Span> spans;
            for (size_t at = rng.below(20); at + 12 < kWords.size(); at += 12 + rng.below(30))
                spans.push_back(spanAt(at, at + 1 + rng.below(11)));
            Cell cell = present(type.key, spans, randomValue(rng, type));
            cell.flags.unsure = rng.below(5) == 0;
            cell.flags.valueToReview = type.kind != ValueKind::Text && !hasValue(cell.value);
            cell.note = rng.below(4) == 0 ? "note of " + type.key : "";
            cells.push_back(std::move(cell));
        }
        return cells;
    }
};

QTEST_APPLESS_MAIN(TestTaxonomyChange)
#include "test_taxonomy_change.moc"
