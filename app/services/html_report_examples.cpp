// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's examples: the worst cells of a run, gold and prediction side by side with their word difference; and
// outputs that could not be read, as they are.
#include "app/services/html_report_parts.h"
#include "core/base/utf.h"
#include "core/eval/window_gold.h"
#include "core/text/word_diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cw::report {

namespace {

constexpr size_t kCells = 12;
constexpr size_t kOutputs = 4;
constexpr size_t kMostQuotes = 3;   // shown of a cell
constexpr size_t kMostBytes = 1200; // shown of a quote or an output
constexpr int kMostOfAKind = 3;     // cells with the same kind of error

// The boundary of a code point at or before `at`.
size_t boundary(const std::string& text, size_t at) {
    while (at > 0 && at < text.size() && !isCodePointBoundary(text, at))
        --at;
    return at;
}

// Begin and end of a text that is longer than kMostBytes: what is wrong with an output often stands at its end.
std::string excerpt(const std::string& text) {
    if (text.size() <= kMostBytes)
        return text;
    const size_t head = boundary(text, kMostBytes * 2 / 3);
    const size_t tail = boundary(text, text.size() - kMostBytes / 3);
    return text.substr(0, head) + " … " + text.substr(tail);
}

std::string quotesText(const std::optional<Finding>& finding) {
    if (!finding)
        return {};
    std::string text;
    for (size_t i = 0; i < finding->quotes.size() && i < kMostQuotes; ++i)
        text += (i == 0 ? "" : "\n\n") + excerpt(finding->quotes[i]);
    if (finding->quotes.size() > kMostQuotes)
        text += "\n\n… and " + std::to_string(finding->quotes.size() - kMostQuotes) + " more";
    return text;
}

// One side of the difference: what only it has is marked.
std::string markedSide(const std::string& text, const std::vector<DiffRun>& runs, bool left) {
    const DiffKind own = left ? DiffKind::Deleted : DiffKind::Inserted;
    const std::string tag = left ? "del" : "ins";
    std::string html;
    for (const DiffRun& run : runs) {
        const ByteRange range = left ? run.left : run.right;
        if (run.kind != own && run.kind != DiffKind::Equal)
            continue;
        const std::string words = escaped(std::string_view(text).substr(range.begin, range.size()));
        html += run.kind == own ? "<" + tag + ">" + words + "</" + tag + ">" : words;
    }
    return html;
}

std::string valueLine(const std::optional<Finding>& finding) {
    if (!finding || !hasValue(finding->value))
        return {};
    return "<code>" + escaped(encodeValue(finding->value)) + "</code>";
}

std::string side(const std::optional<Finding>& finding, const std::string& quotes) {
    return finding ? "<blockquote>" + quotes + "</blockquote>" + valueLine(finding) : "<p class=muted>absent</p>";
}

std::string exampleHead(const Row& row, const ScoredCell& cell) {
    const ClauseType* type = row.run->taxonomy.find(cell.clause);
    return "<h3>" + (type ? clauseName(row.run->taxonomy, *type) : escaped(cell.clause)) + " <span class=tag>" +
           words(toString(cell.strict.kind)) + "</span>" +
           (cell.compat.right() ? " <span class=tag>right under compat</span>" : "") + "<span class=where>" +
           escaped(cell.contract.value) + "</span></h3>";
}

std::string cellExample(const Row& row, const ScoredCell& cell) {
    return "<article>" + exampleHead(row, cell) + findingPair(cell.gold, cell.predicted, "Prediction") + "</article>\n";
}

// Wrong cells with a readable output, the least alike first, then in the order of contracts and types.
std::vector<const ScoredCell*> wrongCells(const Evaluation& evaluation) {
    std::vector<const ScoredCell*> wrong;
    for (const ScoredCell& cell : evaluation.cells)
        if (!cell.strict.right() && cell.strict.outcome != Outcome::Invalid)
            wrong.push_back(&cell);
    std::stable_sort(wrong.begin(), wrong.end(), [](const ScoredCell* a, const ScoredCell* b) {
        const auto rank = [](const ScoredCell* cell) {
            const bool compared = cell->strict.outcome == Outcome::Substitution;
            return std::pair(!compared, cell->strict.textSimilarity);
        };
        return rank(a) < rank(b);
    });
    return wrong;
}

std::string faultsOf(const ScoredOutput& output) {
    std::string tags;
    for (const std::string& fault : output.faults)
        tags += " <span class=tag>" + words(fault) + "</span>";
    return tags;
}

// What the window should have given, beside what the model wrote.
std::string outputExample(const ScoredOutput& scored, const OutputRow& output, const GoldRow* gold) {
    const auto answer = gold ? goldOfWindow(*gold, output.meta.request, output.meta.window) : std::nullopt;
    return "<article><h3>Part " + std::to_string(scored.part) + " <span class=tag>" +
           std::string(toString(scored.level)) + "</span>" + faultsOf(scored) + "<span class=where>" +
           escaped(scored.contract.value) + "</span></h3><div class=pair><div><h4>Gold</h4>" +
           (answer ? "<pre>" + escaped(excerpt(encodeAnswer(*answer))) + "</pre>" : "<p class=muted>none</p>") +
           "</div><div><h4>Prediction</h4><pre>" + escaped(excerpt(output.output)) + "</pre></div></div></article>\n";
}

const GoldRow* goldOf(const ScoredRun& run, const ContractId& contract) {
    const auto found =
        std::find_if(run.gold.begin(), run.gold.end(), [&](const GoldRow& row) { return row.contract == contract; });
    return found == run.gold.end() ? nullptr : &*found;
}

std::string malformedOutputs(const Row& row) {
    std::map<std::tuple<ContractId, int>, const OutputRow*> outputs;
    for (const OutputRow& output : row.run->outputs)
        if (output.constrained == (row.mode == "constrained"))
            outputs[{output.meta.contract, output.meta.part}] = &output;
    std::string html;
    size_t shown = 0;
    for (const ScoredOutput& scored : row.evaluation->outputs) {
        const auto found = outputs.find({scored.contract, scored.part});
        if (scored.level >= Validity::V3 || found == outputs.end() || found->second->output.empty() ||
            shown == kOutputs)
            continue;
        html += outputExample(scored, *found->second, goldOf(*row.run, scored.contract));
        ++shown;
    }
    return html;
}

std::string section(const std::string& heading, const std::string& lead, const std::string& body) {
    if (body.empty())
        return {};
    return "<section><h2>" + heading + "</h2><p class=muted>" + lead + "</p>" + body + "</section>\n";
}

} // namespace

std::pair<std::string, std::string> findingSides(const std::optional<Finding>& gold, const std::optional<Finding>& answer) {
    const std::string left = quotesText(gold), right = quotesText(answer);
    const bool both = gold && answer;
    const std::vector<DiffRun> runs = both ? diffWords(left, right) : std::vector<DiffRun>();
    return {side(gold, both ? markedSide(left, runs, true) : escaped(left)), side(answer, both ? markedSide(right, runs, false) : escaped(right))};
}

std::string findingPair(const std::optional<Finding>& gold, const std::optional<Finding>& answer, const std::string& name) {
    const auto [left, right] = findingSides(gold, answer);
    return "<div class=pair><div><h4>Gold</h4>" + left + "</div><div><h4>" + escaped(name) + "</h4>" + right + "</div></div>";
}

std::vector<const ScoredCell*> worstCells(const Evaluation& evaluation) {
    std::vector<const ScoredCell*> chosen;
    std::map<ErrorKind, int> ofKind;
    for (const ScoredCell* cell : wrongCells(evaluation))
        if (chosen.size() < kCells && ++ofKind[cell->strict.kind] <= kMostOfAKind)
            chosen.push_back(cell);
    return chosen;
}

std::string examplesSection(const Row& row) {
    std::string cells;
    for (const ScoredCell* cell : worstCells(*row.evaluation))
        cells += cellExample(row, *cell);
    const std::string name = escaped(row.title) + ", " + escaped(row.mode) + " decoding";
    const char* legend = "The least alike first, at most three of a kind. Struck: only in the gold. Underlined: only in "
                         "the prediction.";
    return section("Worst examples: " + name, legend, cells) +
           section("Outputs that are not valid JSON: " + name, "As the model wrote them.", malformedOutputs(row));
}

} // namespace cw::report
