// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/contract_outputs.h"

#include "core/eval/evidence.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace cw {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

// The part of the text that a window showed: all of it where the row doesn't say, nothing at its end where the window lies behind it.
ByteRange shownRange(const OutputRow& row, const std::string& text) {
    const ByteRange whole{0, text.size()}, window = row.meta.window;
    return window.empty() ? whole : ByteRange{std::min(window.begin, text.size()), std::min(window.end, text.size())};
}

// The quotes' places in the whole text.
std::vector<ByteRange> placesIn(const JudgedOutput& output, const std::vector<std::string>& quotes) {
    std::vector<ByteRange> places = groundQuotes(*output.window, quotes);
    for (ByteRange& place : places)
        if (!place.empty())
            place = {place.begin + output.shown.begin, place.end + output.shown.begin};
    return places;
}

// Every quote is found, and no value says other than the words of its quotes.
bool isGrounded(const JudgedOutput& output, const Taxonomy& taxonomy) {
    const auto isFound = [](ByteRange place) { return !place.empty(); };
    for (const auto& [key, places] : output.places)
        if (!std::all_of(places.begin(), places.end(), isFound))
            return false;
    const std::vector<AnswerCell>& cells = output.assessment.answer->cells;
    return std::none_of(cells.begin(), cells.end(), [&](const AnswerCell& cell) {
        const ClauseType* type = taxonomy.find(cell.key);
        return cell.finding && type && contradictsItsQuotes(*type, *cell.finding);
    });
}

// The margins of a usable output's cells, in their order; nothing if it has none.
std::vector<std::optional<float>> marginsOf(const JudgedOutput& output) {
    std::vector<std::optional<float>> margins;
    const std::vector<std::string>& keys = output.row->meta.request.keys;
    if (output.row->margins.size() != keys.size())
        return margins;
    for (const AnswerCell& cell : output.assessment.answer->cells) {
        const auto key = std::find(keys.begin(), keys.end(), cell.key);
        margins.push_back(key == keys.end() ? std::nullopt : output.row->margins[static_cast<size_t>(key - keys.begin())]);
    }
    return margins;
}

void addQuotes(std::vector<std::string>& quotes, const std::vector<std::string>& more) {
    for (const std::string& quote : more)
        if (!contains(quotes, quote))
            quotes.push_back(quote);
}

// Of one window, as it wrote them: a quote that it repeats stays.
std::vector<MergedCell> cellsOf(const JudgedOutput& output, const Request& request) {
    std::vector<MergedCell> cells;
    for (const std::string& key : request.keys) {
        const AnswerCell* found = output.usable() ? output.assessment.answer->find(key) : nullptr;
        MergedCell cell{key, found ? found->finding : std::nullopt, {}, {}, {}};
        if (cell.finding)
            cell.ranges = output.places.at(key);
        cells.push_back(std::move(cell));
    }
    return cells;
}

// What a lenient reader finds under a key, in an object that stands in prose or a fence too.
const AnswerCell* readingOf(const JudgedOutput& output, const std::string& key) {
    if (!output.assessment.answer)
        return nullptr;
    const std::vector<AnswerCell>& readings = output.assessment.readings;
    const auto reading = std::find_if(readings.begin(), readings.end(), [&](const AnswerCell& cell) { return cell.key == key; });
    return reading == readings.end() ? output.assessment.answer->find(key) : &*reading;
}

} // namespace

ContractOutputs::ContractOutputs(ContractId contract, std::vector<const OutputRow*> rows, const Taxonomy& taxonomy,
                                 const std::string* text)
    : m_contract(std::move(contract)), m_text(text) {
    std::sort(rows.begin(), rows.end(), [](const OutputRow* a, const OutputRow* b) {
        return std::tie(a->meta.part, a->meta.window, a->output) < std::tie(b->meta.part, b->meta.window, b->output);
    });
    for (const OutputRow* row : rows)
        m_outputs.push_back(judge(*row, taxonomy));
}

JudgedOutput ContractOutputs::judge(const OutputRow& row, const Taxonomy& taxonomy) const {
    JudgedOutput judged;
    judged.row = &row;
    judged.assessment = assess(row.output, row.meta.request, taxonomy, row.finish == FinishReason::Stop);
    if (!m_text)
        return judged;
    judged.shown = shownRange(row, *m_text);
    if (!judged.usable())
        return judged;
    judged.window.emplace(std::string_view(*m_text).substr(judged.shown.begin, judged.shown.size()));
    for (const AnswerCell& cell : judged.assessment.answer->cells)
        if (cell.finding)
            judged.places[cell.key] = placesIn(judged, cell.finding->quotes);
    judged.grounded = judged.assessment.level == Validity::V4 && isGrounded(judged, taxonomy);
    return judged;
}

std::vector<int> ContractOutputs::missingParts() const {
    std::set<int> there;
    int parts = 1;
    for (const JudgedOutput& output : m_outputs) {
        if (!output.row->meta.again)
            there.insert(output.row->meta.part);
        parts = std::max(parts, output.row->meta.parts);
    }
    std::vector<int> missing;
    for (int part = 1; part <= parts; ++part)
        if (!there.count(part))
            missing.push_back(part);
    return missing;
}

std::vector<ScoredOutput> ContractOutputs::scored() const {
    std::vector<ScoredOutput> out;
    for (const JudgedOutput& output : m_outputs)
        if (!output.row->meta.again)
            out.push_back(
                {m_contract, output.row->meta.part, output.assessment.level, output.grounded, output.assessment.faults});
    for (int part : missingParts())
        out.push_back({m_contract, part, Validity::V0, false, {"no_output"}});
    return out;
}

int ContractOutputs::secondLooks() const {
    return static_cast<int>(std::count_if(m_outputs.begin(), m_outputs.end(), [](const JudgedOutput& output) { return output.row->meta.again; }));
}

// Unusable if any window that was asked for the key gave nothing that can be read, or if none was asked. A second look takes nothing away.
PredictedCell ContractOutputs::validityOf(const std::string& key) const {
    PredictedCell cell;
    cell.invalid = !missingParts().empty();
    bool asked = false;
    for (const JudgedOutput& output : m_outputs) {
        if (output.row->meta.again || !contains(output.row->meta.request.keys, key))
            continue;
        asked = true;
        if (output.usable() && !contains(output.assessment.invalidKeys, key))
            continue;
        cell.invalid = true;
        cell.truncated = cell.truncated || output.row->finish == FinishReason::Length;
    }
    cell.invalid = cell.invalid || !asked;
    return cell;
}

// The quotes of all outputs together and the value that most of them back.
MergedCell ContractOutputs::united(const std::string& key, const Lookup& lookup) const {
    MergedCell cell{key, std::nullopt, {}, {}, {}};
    std::vector<WindowValue> values;
    for (size_t i = 0; i < m_outputs.size(); ++i) {
        const AnswerCell* found = lookup(m_outputs[i], key);
        if (!found || !found->finding)
            continue;
        if (!cell.finding)
            cell.finding.emplace();
        addQuotes(cell.finding->quotes, found->finding->quotes);
        values.push_back({found->finding->value, std::vector<ByteRange>(found->finding->quotes.size()), i, {}, 0});
    }
    if (cell.finding) {
        RankedValues ranked = rankValues(std::move(values));
        cell.finding->value = std::move(ranked.value);
        cell.alternatives = std::move(ranked.alternatives);
    }
    return cell;
}

std::vector<MergedCell> ContractOutputs::unitedWithoutText(const Request& request) const {
    std::vector<MergedCell> cells;
    for (const std::string& key : request.keys)
        cells.push_back(united(key, [](const JudgedOutput& output, const std::string& each) {
            return output.usable() ? output.assessment.answer->find(each) : nullptr;
        }));
    return cells;
}

// Readable if every window that was asked for the key gave something that can be read, be it in a fence or in words. A second look takes
// nothing away.
LenientCell ContractOutputs::lenientOf(const std::string& key) const {
    LenientCell lenient;
    if (!missingParts().empty())
        return lenient;
    lenient.onlyStyle = true;
    for (const JudgedOutput& output : m_outputs) {
        if (output.row->meta.again || !contains(output.row->meta.request.keys, key))
            continue;
        lenient.readable = readingOf(output, key);
        if (!lenient.readable)
            return {};
        lenient.onlyStyle = lenient.onlyStyle && output.usable();
    }
    lenient.finding = united(key, readingOf).finding;
    return lenient;
}

// The decision of the whole contract is that of its surest window, since one value makes it present. A second look is asked because a window
// found the clause: it decides nothing.
std::optional<float> ContractOutputs::marginOf(const std::string& key) const {
    std::optional<float> largest;
    for (const JudgedOutput& output : m_outputs) {
        if (output.row->meta.again)
            continue;
        const std::vector<std::string>& keys = output.row->meta.request.keys;
        const auto at = static_cast<size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
        if (at < keys.size() && at < output.row->margins.size() && output.row->margins[at])
            largest = std::max(largest.value_or(*output.row->margins[at]), *output.row->margins[at]);
    }
    return largest;
}

std::vector<MergedCell> ContractOutputs::merged(const Request& request) const {
    if (!m_text)
        return unitedWithoutText(request);
    if (m_outputs.size() == 1)
        return cellsOf(m_outputs.front(), request);
    std::vector<WindowAnswer> windows;
    std::vector<size_t> parts; // from 0
    for (const JudgedOutput& output : m_outputs)
        if (output.usable()) {
            windows.push_back({output.shown, *output.assessment.answer, marginsOf(output)});
            parts.push_back(static_cast<size_t>(std::max(1, output.row->meta.part) - 1));
        }
    std::vector<MergedCell> cells = mergeAnswers(*m_text, request, windows);
    for (MergedCell& cell : cells)
        for (Alternative& other : cell.alternatives)
            other.window = parts[other.window];
    return cells;
}

std::vector<PredictedFinding> ContractOutputs::predictions(const Request& request) const {
    std::vector<PredictedFinding> out;
    for (MergedCell& cell : merged(request)) {
        PredictedFinding prediction{validityOf(cell.key), {}, {}, marginOf(cell.key)};
        if (prediction.cell.invalid) {
            prediction.lenient = lenientOf(cell.key);
        } else {
            prediction.cell.finding = std::move(cell.finding);
            prediction.ranges = std::move(cell.ranges);
            for (const ByteRange& range : prediction.ranges)
                prediction.cell.quoteFound.push_back(!range.empty());
        }
        out.push_back(std::move(prediction));
    }
    return out;
}

// What has no place can't have been cut.
bool ContractOutputs::isHeld(ByteRange range) const {
    return range.empty() ||
           std::any_of(m_outputs.begin(), m_outputs.end(), [&](const JudgedOutput& output) { return output.shown.contains(range); });
}

bool ContractOutputs::isOutOfReach(const std::vector<ByteRange>& ranges) const {
    return m_text && !ranges.empty() && !m_outputs.empty() &&
           std::none_of(ranges.begin(), ranges.end(), [this](ByteRange range) { return isHeld(range); });
}

bool ContractOutputs::isCut(const std::vector<ByteRange>& ranges) const {
    return m_text && !m_outputs.empty() && !std::all_of(ranges.begin(), ranges.end(), [this](ByteRange range) { return isHeld(range); });
}

} // namespace cw
