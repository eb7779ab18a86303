// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Wrong cells of real contracts: the primary kind of error that the evaluation gives each against the label that a person gave it by
// reading gold and prediction (tests/data/error_kinds; its README has the agreement before the scorer was mended).
#include "core/dataset/rows.h"
#include "core/eval/evaluation.h"
#include "tests/support/taxonomy.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <map>
#include <set>

using namespace cw;
using namespace cw::test;

namespace {

using Json = nlohmann::json;

struct WrongCell {
    std::string id, clause, text;
    GoldRow gold;
    std::vector<OutputRow> outputs;
};

ClauseValue valueOf(const Json& json) {
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_string())
        return json.get<std::string>();
    if (!json.is_array())
        return {};
    std::vector<Party> parties;
    for (const Json& party : json)
        parties.push_back({party.at("n").get<std::string>(), party.at("r").get<std::string>()});
    return parties;
}

Finding findingOf(const Json& json) { return {json.at("q").get<std::vector<std::string>>(), valueOf(json.at("v"))}; }

// The gold's clauses and the one that is looked at, in the order of the taxonomy.
Request requestOf(const Json& json) {
    Request request;
    for (const ClauseType& type : defaultTaxonomy().types())
        if (type.key == json.at("clause") || json.at("gold").contains(type.key))
            request.keys.push_back(type.key);
    return request;
}

GoldRow goldOf(const Json& json) {
    GoldRow row;
    row.contract = ContractId("c");
    row.request = requestOf(json);
    for (const std::string& key : row.request.keys) {
        const bool present = json.at("gold").contains(key);
        row.answer.cells.push_back({key, present ? std::optional(findingOf(json.at("gold").at(key))) : std::nullopt});
        std::vector<ByteRange>& ranges = row.ranges.emplace_back();
        if (present)
            for (const Json& range : json.at("gold").at(key).at("s"))
                ranges.push_back({range.at(0).get<size_t>(), range.at(1).get<size_t>()});
    }
    return row;
}

// What is predicted: gold but for the clause that is looked at; or an output as it stands, which is asked for that clause alone.
std::string outputOf(const Json& json, const GoldRow& gold) {
    if (json.contains("output"))
        return json.at("output").get<std::string>();
    Answer answer = gold.answer;
    for (AnswerCell& cell : answer.cells)
        if (cell.key == json.at("clause"))
            cell.finding = json.at("predicted").is_null() ? std::nullopt : std::optional(findingOf(json.at("predicted")));
    return encodeAnswer(answer);
}

std::vector<OutputRow> outputsOf(const Json& json, const GoldRow& gold, size_t size) {
    OutputRow row;
    row.meta.contract = gold.contract;
    row.meta.request = gold.request;
    if (json.contains("output"))
        row.meta.request.keys = {json.at("clause").get<std::string>()};
    row.meta.window = {0, json.value("read_to", size)};
    row.output = outputOf(json, gold);
    row.finish = json.value("finish", "stop") == "length" ? FinishReason::Length : FinishReason::Stop;
    if (!json.contains("cut"))
        return {row};
    row.meta.parts = 2;
    row.meta.window.end = json.at("cut").get<size_t>();
    OutputRow second = row;
    second.meta.part = 2;
    second.meta.window = {row.meta.window.end, size};
    return {row, second};
}

std::vector<WrongCell> readCells() {
    const std::string bytes = testData("error_kinds/cells.jsonl");
    std::vector<WrongCell> cells;
    for (std::string_view line : splitLines(bytes)) {
        const Json json = Json::parse(line);
        WrongCell cell{json.at("id"), json.at("clause"), json.at("text"), goldOf(json), {}};
        cell.outputs = outputsOf(json, cell.gold, cell.text.size());
        cells.push_back(std::move(cell));
    }
    return cells;
}

std::map<std::string, std::string> readLabels() {
    const std::string bytes = testData("error_kinds/labels.tsv");
    std::map<std::string, std::string> labels;
    for (std::string_view line : splitLines(bytes))
        labels.emplace(line.substr(0, line.find('\t')), line.substr(line.find('\t') + 1));
    labels.erase("id"); // the heads
    return labels;
}

std::string kindOf(const WrongCell& cell) {
    const Evaluation evaluation = evaluate({cell.gold}, cell.outputs, defaultTaxonomy(), [&](const ContractId&) { return &cell.text; });
    for (const ScoredCell& scored : evaluation.cells)
        if (scored.clause == cell.clause)
            return std::string(toString(scored.strict.kind));
    return "no such cell";
}

// J. Cohen, "A coefficient of agreement for nominal scales", 1960.
double cohensKappa(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::map<std::string, int> first, second;
    double agreed = 0, chance = 0;
    const auto n = static_cast<double>(pairs.size());
    for (const auto& [a, b] : pairs) {
        ++first[a];
        ++second[b];
        agreed += a == b;
    }
    for (const auto& [kind, count] : first)
        chance += count / n * (second[kind] / n);
    return (agreed / n - chance) / (1 - chance);
}

} // namespace

class TestErrorCells : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kindsAgreeWithAPersonsLabels() {
        const std::vector<WrongCell> cells = readCells();
        const std::map<std::string, std::string> labels = readLabels();
        QVERIFY(cells.size() >= 200 && labels.size() == cells.size());
        std::vector<std::pair<std::string, std::string>> pairs; // label, kind
        for (const WrongCell& cell : cells) {
            pairs.emplace_back(labels.at(cell.id), kindOf(cell));
            if (pairs.back().first != pairs.back().second)
                qInfo("%s, %s: %s, labelled %s", cell.id.c_str(), cell.clause.c_str(), pairs.back().second.c_str(), pairs.back().first.c_str());
        }
        const double kappa = cohensKappa(pairs);
        qInfo("%zu cells of %zu kinds, kappa %.3f", pairs.size(), std::set(pairs.begin(), pairs.end()).size(), kappa);
        QVERIFY(kappa >= 0.8);
    }

    void kappaIsAgreementBeyondChance() {
        QCOMPARE(cohensKappa({{"a", "a"}, {"b", "b"}}), 1.0);
        QCOMPARE(cohensKappa({{"a", "a"}, {"a", "b"}, {"b", "a"}, {"b", "b"}}), 0.0);
        QCOMPARE(cohensKappa({{"a", "b"}, {"b", "a"}}), -1.0);
    }
};

QTEST_APPLESS_MAIN(TestErrorCells)
#include "test_error_cells.moc"
