// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The half of the import that brings annotations onto contracts.
#include "app/services/import_service.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"

#include <algorithm>
#include <filesystem>

namespace cw {

namespace fs = std::filesystem;

namespace {

std::vector<Contract> matching(const std::vector<Contract>& contracts, const LabelledContract& labels) {
    const std::string stem = fs::path(labels.contractFile).stem().string();
    std::vector<Contract> out;
    for (const Contract& contract : contracts)
        if (fs::path(contract.fileName).stem().string() == stem)
            out.push_back(contract);
    return out;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from, const ContractId& contract) {
    for (const std::string& line : from)
        to.push_back(contract.value + ": " + line);
}

void tell(ImportReport& report, const LabelMapping& mapping, const ContractId& contract) {
    for (const auto& [category, count] : mapping.notMapped)
        report.notMapped[category] += count;
    append(report.merged, mapping.merged, contract);
    append(report.notPlaced, mapping.notPlaced, contract);
    append(report.notEncodable, mapping.notEncodable, contract);
}

// The cells that nobody has touched yet: a person's decision is never overwritten.
Result<std::vector<Cell>> withoutDecisions(StoreSession& session, const ContractId& contract, const std::vector<Cell>& cells,
                                           ImportReport& report) {
    CW_TRY_ASSIGN(there, session.store().annotations().cells(contract));
    std::vector<Cell> out;
    for (const Cell& cell : cells) {
        const auto old = std::find_if(there.begin(), there.end(), [&](const Cell& other) { return other.clause == cell.clause; });
        if (old == there.end() || old->annotator.empty())
            out.push_back(cell);
        else
            ++report.keptCells;
    }
    return out;
}

Status annotate(StoreSession& session, const Contract& contract, const LabelledContract& labels, ImportReport& report) {
    CW_TRY_ASSIGN(text, session.store().contracts().text(contract.id));
    // The labels' offsets are those of the text file: they hold where that very file was imported, byte for byte.
    const bool offsetsHold = contract.textSha256 == contract.documentSha256;
    const LabelMapping mapping = mapLabels(labels, text, offsetsHold, session.taxonomy());
    tell(report, mapping, contract.id);
    CW_TRY_ASSIGN(cells, withoutDecisions(session, contract.id, mapping.cells, report));
    if (cells.empty())
        return {};
    CW_TRY(session.setCells(contract.id, cells, "import"));
    ++report.annotatedContracts;
    report.cells += static_cast<int>(cells.size());
    for (const Cell& cell : cells)
        report.valuesToReview += cell.flags.valueToReview;
    return {};
}

bool isGuessed(const Contract& contract, const char* field) {
    return std::find(contract.guessed.begin(), contract.guessed.end(), field) != contract.guessed.end();
}

// What the labels say stands in the place of a guess, never of a person's word. True if anything changed.
Result<bool> takeFields(StoreSession& session, const Contract& contract, const LabelledContract& labels) {
    ContractStore& contracts = session.store().contracts();
    const bool type = isGuessed(contract, "type") && !labels.contractType.empty();
    const bool language = isGuessed(contract, "language") && !labels.language.empty();
    if (type)
        CW_TRY(contracts.setType(contract.id, labels.contractType));
    if (language)
        CW_TRY(contracts.setLanguage(contract.id, labels.language));
    return type || language;
}

} // namespace

Status importLabels(StoreSession& session, const std::vector<LabelledContract>& labels, ImportReport& report) {
    CW_TRY_ASSIGN(contracts, session.store().contracts().all());
    bool changed = false;
    for (const LabelledContract& labelled : labels) {
        const std::vector<Contract> matches = matching(contracts, labelled);
        if (matches.empty())
            report.withoutContract.push_back(labelled.contractFile);
        for (const Contract& contract : matches) {
            CW_TRY_ASSIGN(taken, takeFields(session, contract, labelled));
            changed |= taken;
            CW_TRY(annotate(session, contract, labelled, report));
        }
    }
    if (changed)
        session.notifyContracts();
    return {};
}

Status importLabels(StoreSession& session, const QString& file, ImportReport& report) {
    CW_TRY_ASSIGN(bytes, readFile(fs::path(toStdString(file))));
    CW_TRY_ASSIGN(labels, parseLabels(bytes, toStdString(file)));
    return importLabels(session, labels, report);
}

} // namespace cw
