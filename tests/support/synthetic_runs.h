// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Outputs made up over real gold: of labelled contracts the true answers, spoilt at random as models spoil them. For tests and benchmarks
// of what shows evaluations; nothing is said about any model.
#pragma once

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/dataset/labels.h"
#include "core/dataset/rows.h"
#include "core/eval/evaluation.h"
#include "core/run/run_folder.h"
#include "tests/support/taxonomy.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cw::test {

struct SyntheticGold {
    std::vector<GoldRow> rows;
    std::map<ContractId, std::string> texts;
    TextOf textOf() const {
        return [this](const ContractId& id) {
            const auto found = texts.find(id);
            return found == texts.end() ? nullptr : &found->second;
        };
    }
};

// Every type of the taxonomy is asked for; one without a reviewed label is absent. Contracts that have no text file are left out.
inline SyntheticGold syntheticGold(const std::filesystem::path& annotations, const std::filesystem::path& contracts, size_t most) {
    SyntheticGold gold;
    const auto labels = parseLabels(*readFile(annotations), annotations.filename().string());
    if (!labels)
        return gold;
    for (const LabelledContract& contract : *labels) {
        const std::filesystem::path file = contracts / contract.contractFile;
        if (gold.rows.size() >= most || !std::filesystem::exists(file))
            continue;
        const std::string text = *readFile(file);
        std::map<std::string, Cell> cells;
        for (const Cell& cell : mapLabels(contract, text, true, defaultTaxonomy()).cells)
            cells[cell.clause] = cell;
        GoldRow row;
        row.contract = ContractId(file.stem().string());
        row.title = file.stem().string();
        row.type = contract.contractType;
        row.language = contract.language;
        row.request.keys = defaultTaxonomy().keys();
        std::vector<Cell> asked;
        for (const std::string& key : row.request.keys) {
            Cell cell = cells.contains(key) ? cells[key] : Cell{};
            cell.clause = key;
            // A value that nobody has looked at isn't gold, and gold without a value that the type needs can't be answered.
            const ClauseType& type = *defaultTaxonomy().find(key);
            const std::optional<Finding> finding = goldAnswer({cell}, Request{{key}}).cells.front().finding;
            if (cell.state != CellState::Present || cell.flags.any() || !finding || !checkFinding(type, *finding).ok()) {
                cell = {};
                cell.clause = key;
                cell.state = CellState::Absent;
            }
            std::vector<ByteRange>& ranges = row.ranges.emplace_back();
            for (const Span& span : cell.spans)
                ranges.push_back(span.range);
            asked.push_back(std::move(cell));
        }
        row.answer = goldAnswer(asked, row.request);
        gold.texts[row.contract] = text;
        gold.rows.push_back(std::move(row));
    }
    return gold;
}

// A right answer gone wrong in one of the usual ways; sometimes it stays right.
inline void spoil(std::optional<Finding>& finding, const std::string& text, Rng& rng) {
    if (!finding) { // invented, from somewhere in the text
        const size_t begin = std::min(text.find(' ', static_cast<size_t>(rng.below(text.size() / 2))), text.size() - 1) + 1;
        std::string quote = text.substr(begin, 60);
        std::erase_if(quote, [](char byte) { return byte < ' ' || byte > '~' || byte == '"' || byte == '\\'; });
        if (quote.size() > 20)
            finding = Finding{{quote}, {}};
        return;
    }
    std::string& quote = finding->quotes.front();
    switch (rng.below(4)) {
    case 0:
        finding.reset();
        return;
    case 1:
        if (quote.size() > 40)
            quote = quote.substr(0, quote.find(' ', quote.size() / 3));
        return;
    case 2:
        if (const size_t at = text.find(quote); at != std::string::npos && at > 80)
            quote = text.substr(text.find(' ', at - 80) + 1, 60);
        std::erase_if(quote, [](char byte) { return byte < ' ' || byte > '~' || byte == '"' || byte == '\\'; });
        return;
    default:
        if (std::holds_alternative<bool>(finding->value))
            finding->value = !std::get<bool>(finding->value);
        else if (finding->quotes.size() > 1)
            finding->quotes.pop_back();
        else
            finding.reset();
    }
}

// One output a contract. `errors` is the share of cells that are spoilt, `broken` that of outputs cut short; margins are low where it went
// wrong, most of the time. The same seed, the same outputs.
inline std::vector<OutputRow> syntheticOutputs(const SyntheticGold& gold, double errors, double broken, std::uint64_t seed) {
    std::vector<OutputRow> outputs;
    for (const GoldRow& row : gold.rows) {
        Rng rng(seed, row.contract.value);
        const std::string& text = gold.texts.at(row.contract);
        Answer answer = row.answer;
        OutputRow output;
        for (AnswerCell& cell : answer.cells) {
            const auto before = cell.finding;
            if (rng.uniform() < (cell.finding ? 2.2 : 0.4) * errors)
                spoil(cell.finding, text, rng);
            if (cell.finding && !checkFinding(*defaultTaxonomy().find(cell.key), *cell.finding).ok())
                cell.finding.reset(); // as a constrained run can't write it either
            const bool wrong = before != cell.finding;
            const double much = (wrong ? 1.2 : 5) * (0.2 + rng.uniform());
            output.margins.push_back(static_cast<float>(cell.finding ? much : -much));
        }
        output.meta.contract = row.contract;
        output.meta.request = row.request;
        output.meta.window = {0, text.size()};
        output.output = encodeAnswer(answer);
        output.constrained = false;
        output.tokensIn = static_cast<int>(text.size() / 4);
        output.tokens = static_cast<int>(output.output.size() / 4);
        output.seconds = 0.4 + 0.02 * output.tokens;
        if (rng.uniform() < broken) {
            output.output.resize(output.output.size() / 2);
            output.finish = FinishReason::Length;
        }
        outputs.push_back(std::move(output));
    }
    return outputs;
}

// What scoreRun reads, in a run folder that is there.
inline Status writeScorable(const RunFolder& folder, const SyntheticGold& gold, const std::vector<OutputRow>& outputs) {
    for (const auto& place : {folder.text(ContractId("x")), folder.predictions()})
        CW_TRY(makeFolder(place.parent_path()));
    CW_TRY(writeFileAtomically(folder.taxonomy(), defaultTaxonomy().toJson()));
    CW_TRY(writeFileAtomically(folder.gold(), toLines(gold.rows)));
    for (const auto& [contract, text] : gold.texts)
        CW_TRY(writeFileAtomically(folder.text(contract), text));
    return writeFileAtomically(folder.predictions(), toLines(outputs));
}

} // namespace cw::test
