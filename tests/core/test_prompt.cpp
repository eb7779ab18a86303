// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/merge.h"
#include "core/prompt/prompt.h"
#include "core/text/quote.h"
#include "tests/support/paths.h"
#include "tests/support/taxonomy.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

using namespace cw;

namespace {

const std::string kText =
    "1. Parties\nAcme Ltd and Beta plc agree.\n2. Law\nThis is governed by the laws of England and Wales.\n";

Span spanOf(const std::string& quote) {
    const size_t at = kText.find(quote);
    return {{at, at + quote.size()}, quote};
}

std::vector<Cell> cells() {
    Cell parties{"parties",
                 CellState::Present,
                 {},
                 {spanOf("Acme Ltd"), spanOf("Beta plc")},
                 std::vector<Party>{{"Acme Ltd", "supplier"}, {"Beta plc", "customer"}},
                 "AB"};
    Cell law{"governing_law",
             CellState::Present,
             {},
             {spanOf("governed by the laws of England and Wales")},
             std::string("GB-EAW"),
             "AB"};
    Cell insurance{"insurance", CellState::Absent, {}, {}, {}, "AB"};
    Cell flagged{"audit_rights", CellState::Present, {true, false, false}, {spanOf("agree")}, true, "AB"};
    return {law, parties, insurance, flagged};
}

Cell present(const std::string& clause, std::vector<Span> spans, ClauseValue value) {
    return {clause, CellState::Present, {}, std::move(spans), std::move(value), "AB"};
}

bool asksFor(const ContractTargets& targets, const std::string& key) {
    return std::find(targets.request.keys.begin(), targets.request.keys.end(), key) != targets.request.keys.end();
}

// A legal value of a kind, where only the quotes matter.
ClauseValue someValue(const ClauseType& type, const std::vector<Span>& spans) {
    switch (type.kind) {
    case ValueKind::Text:
        return {};
    case ValueKind::Boolean:
        return true;
    case ValueKind::PartyList:
        return std::vector<Party>{{normalizeQuote(spans.front().quote), "other"}};
    default:
        return std::string("unspecified");
    }
}

// The spans of one label, in order, overlapping ones joined.
std::vector<Span> joinedSpans(const nlohmann::json& clause, const std::string& text) {
    std::vector<ByteRange> ranges;
    for (const auto& span : clause["spans"])
        ranges.push_back({span["start"].get<size_t>(), span["end"].get<size_t>()});
    std::sort(ranges.begin(), ranges.end());
    std::vector<Span> spans;
    for (ByteRange range : ranges) {
        if (!spans.empty() && range.begin < spans.back().range.end)
            range = {spans.back().range.begin, std::max(spans.back().range.end, range.end)}, spans.pop_back();
        spans.push_back({range, text.substr(range.begin, range.size())});
    }
    return spans;
}

std::vector<Cell> labelledCells(const nlohmann::json& contract, const std::string& text) {
    std::vector<Cell> cells;
    for (const auto& clause : contract["clauses"]) {
        const ClauseType* type = test::defaultTaxonomy().findCuadCategory(clause["category"].get<std::string>());
        if (!type)
            continue;
        const std::vector<Span> spans = joinedSpans(clause, text);
        if (spans.empty())
            cells.push_back({type->key, CellState::Absent, {}, {}, {}, "AB"});
        else
            cells.push_back(present(type->key, spans, someValue(*type, spans)));
    }
    return cells;
}

// Every window's target is canonical, its quotes lead back to spans of the annotation, and each span is in a window or
// listed.
void checkTargets(const std::string& text, const std::vector<Cell>& cells, const ChunkSettings& settings,
                  size_t& lost) {
    const Taxonomy& taxonomy = test::defaultTaxonomy();
    const ContractTargets targets = makeTargets(text, cells, taxonomy, settings);
    std::map<std::string, std::vector<ByteRange>> found;
    for (const WindowTarget& target : targets.windows) {
        const auto parsed = parseCanonical(target.text, targets.request, taxonomy);
        QVERIFY2(parsed.ok(), parsed ? "" : parsed.error().detail.c_str());
        QVERIFY(*parsed == target.answer);
        const ByteRange window = target.window.range;
        const NormalizedText windowText(std::string_view(text).substr(window.begin, window.size()));
        for (const AnswerCell& cell : target.answer.cells)
            for (const std::string& quote : cell.finding ? cell.finding->quotes : std::vector<std::string>())
                for (ByteRange place : windowText.findAll(quote)) {
                    const ByteRange range{window.begin + place.begin, window.begin + place.end};
                    QCOMPARE(normalizeQuote(text.substr(range.begin, range.size())), quote);
                    found[cell.key].push_back(range);
                }
    }
    lost += targets.lost.size();
    for (const Cell& cell : cells)
        for (const Span& span : cell.spans) {
            const bool isListed = std::any_of(targets.lost.begin(), targets.lost.end(), [&](const LostSpan& other) {
                return other.clause == cell.clause && other.range.overlaps(span.range);
            });
            const auto& places = found[cell.clause];
            const bool isPlaced =
                std::any_of(places.begin(), places.end(), [&](ByteRange range) { return span.range.contains(range); });
            QVERIFY2(isListed || isPlaced, (cell.clause + ": " + span.quote).c_str());
        }
}

} // namespace

class TestPrompt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTitleIsFoundAgain() {
        for (const std::string title : {"Supply Agreement", "A | Part B", "", "Deed of 3 April"}) {
            const std::string text = "Contract: other | Part 1 of 2\n\nx";
            const Prompt prompt = makePrompt({{"insurance"}}, title, {{0, text.size()}, 2, 12, "1 Part 3 > 2"}, text);
            QCOMPARE(std::string(titleIn(prompt.user)), title);
        }
        QVERIFY(titleIn("Extract: document_name").empty());
    }

    void theUserTurnIsTheOneOfTheDesign() {
        const Window window{{11, 39}, 2, 3, "1 Parties"};
        const Prompt prompt = makePrompt({{"parties", "governing_law"}}, "Supply", window, kText);
        QCOMPARE(prompt.user, std::string("Extract clauses from the contract text below as one JSON object with "
                                          "exactly these keys, in this order:\n"
                                          "parties, governing_law\n"
                                          "A clause that is not in the text is null. Otherwise {\"q\":[quotes copied "
                                          "exactly from the text],\"v\":value}; "
                                          "text clauses have no \"v\".\n"
                                          "Contract: Supply | Part 2 of 3 | 1 Parties\n\n"
                                          "Acme Ltd and Beta plc agree."));
        QCOMPARE(prompt.user.substr(prompt.textAt), kText.substr(11, 28));
    }

    void aTitleIsOneLineAndAnEmptyPathIsLeftOut() {
        const Prompt prompt = makePrompt({{"parties"}}, "Supply\n Agreement", {{0, 10}, 1, 1, ""}, kText);
        QVERIFY(prompt.user.find("Contract: Supply Agreement | Part 1 of 1\n\n1. Parties") != std::string::npos);
    }

    void theRequestIsTheReviewedTypesInTaxonomyOrder() {
        QCOMPARE(requestOf(cells(), test::defaultTaxonomy()).keys,
                 (std::vector<std::string>{"parties", "governing_law", "insurance"}));
    }

    void oneWindowHoldsTheWholeGold() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {1000, 0});
        QCOMPARE(targets.windows.size(), 1U);
        QVERIFY(targets.lost.empty());
        QCOMPARE(
            targets.windows[0].text,
            std::string(
                R"({"parties":{"q":["Acme Ltd","Beta plc"],"v":[{"n":"Acme Ltd","r":"supplier"},{"n":"Beta plc","r":"customer"}]},)"
                R"("governing_law":{"q":["governed by the laws of England and Wales"],"v":"GB-EAW"},"insurance":null})"));
        QVERIFY(targets.windows[0].answer == goldAnswer(cells(), targets.request));
    }

    void aTypeWhoseQuotesLieElsewhereIsNull() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {64, 0});
        QCOMPARE(targets.windows.size(), 2U);
        QVERIFY(targets.windows[0].answer.find("parties")->finding.has_value());
        QVERIFY(!targets.windows[0].answer.find("governing_law")->finding.has_value());
        QVERIFY(!targets.windows[1].answer.find("parties")->finding.has_value());
        QVERIFY(targets.windows[1].answer.find("governing_law")->finding.has_value());
    }

    void aQuoteThatNoWindowHoldsIsListed() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {40, 0});
        QCOMPARE(targets.lost.size(), 1U);
        QCOMPARE(targets.lost[0].clause, std::string("governing_law"));
    }

    void aTypeWithoutAPlacedQuoteIsNotAskedFor() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {40, 0});
        QVERIFY(!asksFor(targets, "governing_law") && asksFor(targets, "parties"));
        QVERIFY(makeTargets(kText, {}, test::defaultTaxonomy(), {40, 0}).windows.empty());
    }

    void whatTheFormCantHoldIsLeftOutWholeAndListed() {
        const std::string text = "x" + std::string(kMaxQuoteCodePoints, 'y') + " end";
        const Span tooLong{{0, kMaxQuoteCodePoints + 1}, text.substr(0, kMaxQuoteCodePoints + 1)};
        const Span end{{text.size() - 3, text.size()}, "end"};
        std::vector<Span> tooMany;
        for (size_t i = 0; i <= kMaxQuotes; ++i)
            tooMany.push_back({{2 * i, 2 * i + 1}, "y"});
        const std::vector<Cell> all = {
            present("insurance", {tooLong, end}, true), present("audit_rights", tooMany, true),
            present("exclusivity", {end}, std::string("true")), present("non_compete", {end}, true)};
        const ContractTargets targets = makeTargets(text, all, test::defaultTaxonomy(), {});
        QCOMPARE(targets.request.keys, std::vector<std::string>{"non_compete"});
        QCOMPARE(targets.lost.size(), 2 + tooMany.size() + 1);
        QCOMPARE(requestOf(all, test::defaultTaxonomy()).keys, targets.request.keys);
        QVERIFY(checkEncodable(goldAnswer(all, targets.request), targets.request, test::defaultTaxonomy()).ok());
    }

    void aWindowNamesOnlyThePartiesThatItQuotes() {
        const std::string text = "Between Acme Ltd (\"Buyer\") here.\n\nAnd with Beta plc (\"Seller\") there.\n\nThe "
                                 "Buyer shall pay the price in full.\n";
        const auto span = [&](const std::string& quote, size_t from = 0) {
            const size_t at = text.find(quote, from);
            return Span{{at, at + quote.size()}, quote};
        };
        const Cell parties = present("parties", {span("Acme Ltd"), span("Beta plc"), span("Buyer", 70)},
                                     std::vector<Party>{{"Acme Ltd", "customer"}, {"Beta plc", "supplier"}});
        const ContractTargets targets = makeTargets(text, {parties}, test::defaultTaxonomy(), {42, 0});
        QCOMPARE(targets.windows.size(), size_t{3});
        QCOMPARE(targets.windows[0].text,
                 std::string(R"({"parties":{"q":["Acme Ltd"],"v":[{"n":"Acme Ltd","r":"customer"}]}})"));
        QCOMPARE(targets.windows[1].text,
                 std::string(R"({"parties":{"q":["Beta plc"],"v":[{"n":"Beta plc","r":"supplier"}]}})"));
        QCOMPARE(targets.windows[2].text, std::string(R"({"parties":null})")); // a defined term alone carries no value
        QCOMPARE(targets.lost.size(), size_t{1});
        QVERIFY(targets.lost[0].range.begin > 70);

        std::vector<WindowAnswer> windows;
        for (const WindowTarget& target : targets.windows)
            windows.push_back({target.window.range, target.answer});
        const auto merged = mergeAnswers(text, targets.request, windows);
        QVERIFY(merged[0].finding->value == parties.value); // the names add up again
    }

    void aQuoteInTheOverlapBelongsToBothWindows() {
        std::string text = "1. Term\n";
        for (int i = 100; i < 140; ++i)
            text += "This is sentence " + std::to_string(i) + " of it. ";
        const ChunkSettings settings{300, 80};
        const auto windows = chunk(text, settings);
        QVERIFY(windows.size() > 1 && windows[1].range.begin < windows[0].range.end);
        const ByteRange both{windows[1].range.begin, windows[1].range.begin + 26};
        const Cell cell = present("insurance", {{both, text.substr(both.begin, both.size())}}, true);
        const ContractTargets targets = makeTargets(text, {cell}, test::defaultTaxonomy(), settings);
        QVERIFY(targets.windows[0].answer.cells[0].finding && targets.windows[1].answer.cells[0].finding);
    }

    void onlyNarrowsTheRequest() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {1000, 0}, {"insurance"});
        QCOMPARE(targets.windows[0].text, std::string(R"({"insurance":null})"));
    }

    void mergingTheWindowsGivesTheGoldBack() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {64, 0});
        std::vector<WindowAnswer> windows;
        for (const WindowTarget& window : targets.windows)
            windows.push_back({window.window.range, window.answer});
        const auto merged = mergeAnswers(kText, targets.request, windows);
        const Answer gold = goldAnswer(cells(), targets.request);
        for (size_t i = 0; i < merged.size(); ++i)
            QVERIFY(merged[i].finding == gold.cells[i].finding);
        QCOMPARE(kText.substr(merged[1].ranges[0].begin, merged[1].ranges[0].size()), gold.cells[1].finding->quotes[0]);
    }

    void aQuoteFoundByTwoOverlappingWindowsCountsOnce() {
        const Finding law{{"laws of England"}, std::string("GB-EAW")};
        const Request request{{"governing_law"}};
        const Answer answer{{{"governing_law", law}}};
        const auto merged = mergeAnswers(kText, request, {{{0, kText.size()}, answer}, {{40, kText.size()}, answer}});
        QCOMPARE(merged[0].finding->quotes.size(), 1U);
    }

    void overlappingQuotesOfTwoWindowsBecomeOne() {
        const Request request{{"insurance"}};
        const auto merge = [&](const std::string& first, const std::string& second) {
            const Answer a{{{"insurance", Finding{{first}, true}}}}, b{{{"insurance", Finding{{second}, true}}}};
            return mergeAnswers(kText, request, {{{0, kText.size()}, a}, {{0, kText.size()}, b}})[0].finding->quotes;
        };
        using Quotes = std::vector<std::string>;
        QCOMPARE(merge("laws of England", "governed by the laws of England and Wales"),
                 Quotes{"governed by the laws of England and Wales"});
        QCOMPARE(merge("governed by the laws", "laws of England and Wales"),
                 Quotes{"governed by the laws of England and Wales"});
        QCOMPARE(merge("England and Wales", "Acme Ltd"), (Quotes{"Acme Ltd", "England and Wales"}));
    }

    // Each window's answer is canonical; what they are together must be too.
    void aMergedCellHoldsNoMoreThanTheCanonicalFormCan() {
        std::string text;
        for (int i = 1000; i < 2000; ++i)
            text += "word" + std::to_string(i) + " "; // nine bytes
        const Request request{{"insurance"}};
        const auto merge = [&](const std::vector<ByteRange>& quotes) {
            std::vector<WindowAnswer> windows;
            for (const ByteRange quote : quotes)
                windows.push_back({{0, text.size()},
                                   {{{"insurance", Finding{{normalizeQuote(text.substr(quote.begin, quote.size()))}, true}}}}});
            return mergeAnswers(text, request, windows)[0];
        };
        const auto isEncodable = [&](const MergedCell& cell) {
            return checkEncodable({{{cell.key, cell.finding}}}, request, test::defaultTaxonomy()).ok();
        };

        // 2,700 characters each, of which 900 are common.
        const MergedCell two = merge({{0, 2699}, {1800, 4499}});
        QVERIFY(isEncodable(two));
        QCOMPARE(two.ranges, (std::vector<ByteRange>{{0, 2699}, {2700, 4499}}));
        QCOMPARE(two.finding->quotes[1], normalizeQuote(text.substr(2700, 1799)));
        // A third one goes on from the second.
        QCOMPARE(merge({{0, 2699}, {1800, 4499}, {4050, 5849}}).ranges, (std::vector<ByteRange>{{0, 2699}, {2700, 5849}}));
        // One that begins within the first as well, and one that lies in it.
        QCOMPARE(merge({{0, 2699}, {1800, 4499}, {1899, 4598}}).ranges, (std::vector<ByteRange>{{0, 2699}, {2700, 4598}}));
        QCOMPARE(merge({{0, 2699}, {1800, 4499}, {1899, 2411}}).ranges, two.ranges);

        std::vector<ByteRange> many; // one word each
        for (size_t i = 0; i < kMaxQuotes + 2; ++i)
            many.push_back({18 * i, 18 * i + 8});
        const MergedCell most = merge(many);
        QVERIFY(isEncodable(most));
        QCOMPARE(most.ranges, std::vector<ByteRange>(many.begin(), many.begin() + kMaxQuotes));
        QCOMPARE(most.alternatives.size(), size_t{1});
        QCOMPARE(most.alternatives[0].ranges, std::vector<ByteRange>(many.begin() + kMaxQuotes, many.end()));
        QCOMPARE(most.alternatives[0].window, kMaxQuotes);
        QVERIFY(most.alternatives[0].value == ClauseValue(true));
    }

    // "agree" stands in both windows, and the second one's answer means its own.
    void aQuoteIsPlacedInTheWindowThatGaveIt() {
        const std::string text = "The parties agree on a price.\nThe parties agree on a place.\n";
        const Answer answer{{{"insurance", Finding{{"The parties agree"}, true}}}}, none{{{"insurance", std::nullopt}}};
        const size_t second = text.find('\n') + 1;
        const auto merged = mergeAnswers(text, {{"insurance"}}, {{{0, second}, none}, {{second, text.size()}, answer}});
        QCOMPARE(merged[0].ranges, (std::vector<ByteRange>{{second, second + 17}}));
    }

    void theValueIsThatOfTheWindowWithTheMostQuotes() {
        const Answer one{{{"insurance", Finding{{"agree"}, true}}}},
            two{{{"insurance", Finding{{"Acme", "Beta"}, false}}}};
        const ByteRange whole{0, kText.size()};
        QVERIFY(mergeAnswers(kText, {{"insurance"}}, {{whole, one}, {whole, two}})[0].finding->value ==
                ClauseValue(false));
        QVERIFY(mergeAnswers(kText, {{"insurance"}}, {{whole, one}, {whole, one}})[0].finding->value ==
                ClauseValue(true));
        const Answer none{{{"insurance", std::nullopt}}};
        QVERIFY(!mergeAnswers(kText, {{"insurance"}}, {{whole, none}})[0].finding);
    }

    void everySpanOfTheCollectionIsInAWindowOrListed() {
        const auto folder = test::corpusFolder();
        if (folder.empty())
            QSKIP("CW_CORPUS is not set: the large collection was not read.");
        const auto contracts = folder / "data" / "contracts";
        const auto annotations = nlohmann::json::parse(*readFile(contracts / "annotations.json"));
        size_t spans = 0, lost = 0, lostInSmall = 0;
        for (const auto& contract : annotations) {
            const std::string text = *readFile(contracts / contract["contract_file"].get<std::string>());
            const std::vector<Cell> cells = labelledCells(contract, text);
            for (const Cell& cell : cells)
                spans += cell.clause == "parties" ? 0 : cell.spans.size();
            checkTargets(text, cells, {3000, 400}, lostInSmall);
            std::vector<Cell> others; // the made-up party list names the first party alone
            std::copy_if(cells.begin(), cells.end(), std::back_inserter(others),
                         [](const Cell& cell) { return cell.clause != "parties"; });
            checkTargets(text, others, {}, lost);
        }
        QCOMPARE(annotations.size(), size_t{371});
        QVERIFY(spans > 5000);
        QVERIFY2(lost * 1000 < spans, std::to_string(lost).c_str()); // under 0.1 % at the default settings
    }

    void anInventedQuoteIsKeptWithoutAPlace() {
        const Answer answer{{{"governing_law", Finding{{"laws of Mars"}, std::string("other")}}}};
        const auto merged = mergeAnswers(kText, {{"governing_law"}}, {{{0, kText.size()}, answer}});
        QVERIFY(merged[0].ranges[0].empty());
        QCOMPARE(merged[0].finding->quotes[0], std::string("laws of Mars"));
    }
};

QTEST_APPLESS_MAIN(TestPrompt)
#include "test_prompt.moc"
