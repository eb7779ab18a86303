// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/dataset_service.h"

#include "app/services/result_qt.h"
#include "core/base/hash.h"
#include "core/base/rng.h"
#include "core/dataset/gold_of_cells.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cw {

// A contract of a side with everything that its rows are made of.
struct DatasetService::Source {
    Contract contract;
    std::string text;
    std::vector<Cell> cells;
    ContractTargets targets;
};

namespace {

std::string stratumOf(const Contract& contract, const std::vector<std::string>& by) {
    std::string out;
    for (const std::string& what : by) {
        if (!out.empty())
            out += '|';
        out += what == "language" ? contract.language : contract.type;
    }
    return out;
}

Status checkStrata(const std::vector<std::string>& by) {
    for (const std::string& what : by)
        if (what != "contract_type" && what != "language")
            return Error{ErrorCode::BadUsage, "A split can't go by '" + what + "'.", "Use contract_type, language or both."};
    return {};
}

Error isEmpty(const std::string& what) {
    return {ErrorCode::BadInput, what, "Import contracts and review the clause types that you want to train on."};
}

ChatRow rowOf(const Contract& contract, const std::string& text, const Request& request, const WindowTarget& target) {
    const Prompt prompt = makePrompt(request, contract.title, target.window, text);
    ChatRow row;
    row.user = prompt.user;
    row.assistant = target.text;
    row.meta = {contract.id, target.window.range, target.window.part, target.window.parts, request, prompt.textAt, {}};
    return row;
}

bool hasFinding(const WindowTarget& target) {
    return std::any_of(target.answer.cells.begin(), target.answer.cells.end(), [](const AnswerCell& cell) { return cell.finding; });
}

// Which of `count` windows without a finding stay: a seeded draw of the share, in the windows' order.
std::vector<bool> drawNegatives(size_t count, double share, std::uint64_t seed) {
    std::vector<size_t> order(count);
    std::iota(order.begin(), order.end(), size_t{0});
    Rng rng(seed, "negatives");
    rng.shuffle(order);
    std::vector<bool> keep(count);
    const auto wanted = static_cast<size_t>(std::llround(std::clamp(share, 0.0, 1.0) * static_cast<double>(count)));
    for (size_t i = 0; i < wanted; ++i)
        keep[order[i]] = true;
    return keep;
}

// The dataset's name for itself: the rows and everything that formed them.
template <typename Row> void stampHash(std::vector<Row>& rows, const std::string& settings) {
    Sha256 hash;
    hash.update(settings);
    for (const Row& row : rows)
        hash.update(toLine(row));
    const std::string name = hash.hex();
    for (Row& row : rows)
        row.meta.dataset = name;
}

std::string settingsLine(const Split& split, const DatasetOptions& options) {
    std::string out = split.name + ' ' + std::to_string(split.seed) + ' ' + std::to_string(options.chunk.maxBytes) + ' ' +
                      std::to_string(options.chunk.overlapBytes) + ' ' + std::string(nameOf(options.chunk.strategy)) + ' ' +
                      std::to_string(options.chunk.stubBytes) + ' ' + std::to_string(options.negatives);
    for (const std::string& key : options.only)
        out += ' ' + key;
    return out;
}

bool firstWins(const PreferencePair& pair, bool useMined) {
    if (pair.verdict == Verdict::None)
        return useMined && pair.origin != PairOrigin::Candidates;
    return pair.verdict == Verdict::FirstBetter || pair.verdict == Verdict::FirstMuchBetter;
}

bool secondWins(const PreferencePair& pair) {
    return pair.verdict == Verdict::SecondBetter || pair.verdict == Verdict::SecondMuchBetter;
}

// Where the window's text begins: behind the first empty line, which the prompt's own lines never hold.
size_t textBegin(const std::string& prompt) {
    const size_t gap = prompt.find("\n\n");
    return gap == std::string::npos ? prompt.size() : gap + 2;
}

Result<DocumentFacts> documentFacts(ProjectStore& store, const Contract& contract) {
    CW_TRY_ASSIGN(marks, store.contracts().marks(contract.id));
    const auto recognised = std::count_if(marks.begin(), marks.end(), [](const TextMark& mark) { return mark.kind == TextMarkKind::Recognised; });
    return DocumentFacts{contract.mediaType, contract.textBytes, contract.pages, static_cast<int>(recognised)};
}

} // namespace

Result<Split> DatasetService::makeSplit(const std::string& name, const SplitRequest& request, const std::vector<std::string>& by) {
    CW_TRY_ASSIGN(planned, planSplit(name, request, by));
    return saveSplit(planned);
}

Result<Split> DatasetService::saveSplit(const Split& planned) {
    CW_TRY(m_session.store().splits().save(planned));
    m_session.notifySplits();
    return m_session.store().splits().get(planned.name);
}

Result<Split> DatasetService::planSplit(const std::string& name, const SplitRequest& request, const std::vector<std::string>& by) {
    CW_TRY(checkStrata(by));
    ProjectStore& store = m_session.store();
    CW_TRY_ASSIGN(contracts, store.contracts().all());
    if (contracts.empty())
        return isEmpty("There is no contract to split.");
    CW_TRY_ASSIGN(locked, store.splits().lockedTestContracts());
    CW_TRY_ASSIGN(fixed, store.splits().learntContracts());
    for (const ContractId& contract : locked)
        fixed[contract] = Side::Test;
    std::vector<std::string> texts;
    for (const Contract& contract : contracts) {
        CW_TRY_ASSIGN(text, store.contracts().text(contract.id));
        texts.push_back(std::move(text));
    }
    const std::vector<int> groups = nearDuplicateGroups(texts);
    std::vector<SplitItem> items;
    for (size_t i = 0; i < contracts.size(); ++i) {
        const ContractId& id = contracts[i].id;
        const auto side = fixed.find(id);
        items.push_back({id, stratumOf(contracts[i], by), groups[i], side == fixed.end() ? std::nullopt : std::optional(side->second)});
    }
    CW_TRY_ASSIGN(sides, stratify(std::move(items), request));
    return Split{name, request.seed, by, std::move(sides), {}, false};
}

Result<std::vector<SplitTableRow>> DatasetService::table(const std::string& split) {
    CW_TRY_ASSIGN(contracts, m_session.store().contracts().all());
    const auto made = m_session.store().splits().get(split);
    if (!made && made.error().code != ErrorCode::NotFound)
        return made.error();
    std::map<std::string, SplitTableRow> byType;
    for (const Contract& contract : contracts) {
        SplitTableRow& row = byType[contract.type];
        row.type = contract.type;
        const auto side = made ? made->sides.find(contract.id) : std::map<ContractId, Side>::const_iterator();
        if (made && side != made->sides.end())
            ++row.contracts[static_cast<size_t>(side->second)];
        else
            ++row.unassigned;
    }
    std::vector<SplitTableRow> out;
    for (auto& [type, row] : byType)
        out.push_back(std::move(row));
    return out;
}

Result<std::vector<DatasetService::Source>> DatasetService::sources(const Split& split, Side side, const DatasetOptions& options) {
    ProjectStore& store = m_session.store();
    CW_TRY_ASSIGN(locked, store.splits().lockedTestContracts());
    std::vector<Source> out;
    for (const ContractId& id : split.contracts(side)) {
        if (side != Side::Test && locked.contains(id))
            continue; // of another split's test side
        CW_TRY_ASSIGN(contract, store.contracts().get(id));
        CW_TRY_ASSIGN(text, store.contracts().text(id));
        CW_TRY_ASSIGN(cells, store.annotations().cells(id));
        ContractTargets targets = makeTargets(text, cells, m_session.taxonomy(), options.chunk, options.only);
        if (!targets.request.keys.empty())
            out.push_back({std::move(contract), std::move(text), std::move(cells), std::move(targets)});
    }
    return out;
}

Result<DatasetRows> DatasetService::rows(Side side, const DatasetOptions& options) {
    CW_TRY_ASSIGN(split, m_session.store().splits().get(options.split));
    CW_TRY_ASSIGN(contracts, sources(split, side, options));
    DatasetRows out;
    for (const Source& source : contracts)
        for (const WindowTarget& target : source.targets.windows)
            ++(hasFinding(target) ? out.windowsWithFinding : out.windowsWithout);
    const std::vector<bool> keep = drawNegatives(static_cast<size_t>(out.windowsWithout), options.negatives, split.seed);
    size_t negative = 0;
    for (const Source& source : contracts) {
        for (const WindowTarget& target : source.targets.windows)
            if (hasFinding(target) || keep[negative++])
                out.rows.push_back(rowOf(source.contract, source.text, source.targets.request, target));
        for (const LostSpan& lost : source.targets.lost)
            out.lost.push_back(source.contract.id.value + ": " + lost.clause + " [" + std::to_string(lost.range.begin) + "," +
                               std::to_string(lost.range.end) + "]");
    }
    out.windowsWithout = static_cast<int>(std::count(keep.begin(), keep.end(), true));
    stampHash(out.rows, settingsLine(split, options));
    return out;
}

Result<std::vector<ChatRow>> DatasetService::prompts(Side side, const DatasetOptions& options) {
    DatasetOptions every = options;
    if (side != Side::Train)
        every.negatives = 1; // what is scored is read whole
    CW_TRY_ASSIGN(made, rows(side, every));
    for (ChatRow& row : made.rows)
        row.assistant.clear();
    return std::move(made.rows);
}

Result<std::vector<GoldRow>> DatasetService::gold(Side side, const DatasetOptions& options) {
    CW_TRY_ASSIGN(split, m_session.store().splits().get(options.split));
    CW_TRY_ASSIGN(contracts, sources(split, side, options));
    std::vector<GoldRow> out;
    for (const Source& source : contracts) {
        GoldRow row;
        row.contract = source.contract.id;
        row.title = source.contract.title;
        row.type = source.contract.type;
        row.language = source.contract.language;
        row.origin = source.contract.source;
        CW_TRY_ASSIGN(document, documentFacts(m_session.store(), source.contract));
        row.document = std::move(document);
        takeGold(row, source.cells, source.targets.request);
        out.push_back(std::move(row));
    }
    return out;
}

Result<std::vector<PreferenceRow>> DatasetService::preferenceRows(bool useMined) {
    CW_TRY_ASSIGN(pairs, m_session.store().preferences().all());
    CW_TRY_ASSIGN(locked, m_session.store().splits().lockedTestContracts());
    std::vector<PreferenceRow> out;
    for (const PreferencePair& pair : pairs) {
        const bool first = firstWins(pair, useMined);
        if (locked.contains(pair.contract) || (!first && !secondWins(pair)))
            continue;
        PreferenceRow row;
        row.user = pair.prompt;
        row.chosen = first ? pair.first : pair.second;
        row.rejected = first ? pair.second : pair.first;
        row.meta.contract = pair.contract;
        row.meta.window = pair.window;
        row.meta.request.keys = pair.request;
        row.meta.textAt = textBegin(pair.prompt);
        out.push_back(std::move(row));
    }
    stampHash(out, "preference");
    return out;
}

} // namespace cw
