// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A project with the three contracts of evaluation_fixture.h and two evaluations of them, "first" and "second", as workers leave them. Alpha and
// beta are on the validation side of the split, which is frozen as runs do it, gamma is locked in the test side. Second against first, under the strict rules:
//
//            document_name  renewal_term     governing_law    insurance
//   alpha    both right     differently      fixed            same wrong, suspect gold
//   beta     fixed          fixed            differently      fixed
//   gamma    broken         both right       both right       both right
#pragma once

#include "core/dataset/rows.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/run_fixture.h"

#include <string>
#include <vector>

namespace cw::test {

inline std::vector<OutputRow> secondOutputs() {
    return {outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")},
                                        {"renewal_term", found("renews for one (1) year", std::string("P3Y"))},
                                        {"governing_law", found("governed by the laws of England", std::string("GB-EAW"))},
                                        {"insurance", found("staff health insurance", true)}}),
            outputRow("beta", Findings{{"document_name", found("NON-DISCLOSURE AGREEMENT")},
                                       {"governing_law", found("The parties keep secrets", std::string("GB-EAW"))}}),
            outputRow("gamma", Findings{})};
}

// A finished evaluation in the project: prompts, gold and texts frozen, outputs written.
inline Result<RunFolder> writeEvaluation(StoreSession& session, const std::string& name, const std::vector<GoldRow>& gold, const std::vector<OutputRow>& outputs,
                                         const TextOf& textOf) {
    RunSpec spec = namedSpec(RunKind::Evaluate, name);
    spec.decoding = "free";
    CW_TRY_ASSIGN(folder, writeRun(session, spec, {runEvent("end", {})}, RunState::Done));
    std::vector<ChatRow> prompts;
    for (const OutputRow& output : outputs)
        prompts.push_back({"Extract the clauses of " + output.meta.contract.value, {}, output.meta});
    for (const auto& place : {folder.text(ContractId("x")), folder.predictions()})
        CW_TRY(makeFolder(place.parent_path()));
    CW_TRY(writeFileAtomically(folder.prompts(), toLines(prompts)));
    CW_TRY(writeFileAtomically(folder.gold(), toLines(gold)));
    CW_TRY(writeFileAtomically(folder.predictions(), toLines(outputs)));
    CW_TRY(writeFileAtomically(folder.taxonomy(), session.taxonomy().toJson()));
    for (const GoldRow& row : gold)
        if (const std::string* text = textOf(row.contract))
            CW_TRY(writeFileAtomically(folder.text(row.contract), *text));
    return folder;
}

// The decisions that a run froze as this gold.
inline Status annotate(StoreSession& session, const GoldRow& gold) {
    for (size_t i = 0; i < gold.answer.cells.size(); ++i) {
        Cell cell;
        cell.clause = gold.answer.cells[i].key;
        cell.state = CellState::Absent;
        if (const std::optional<Finding>& finding = gold.answer.cells[i].finding) {
            cell.state = CellState::Present;
            cell.value = finding->value;
            for (const ByteRange& range : gold.ranges[i])
                cell.spans.push_back({range, {}});
        }
        CW_TRY(session.setCell(gold.contract, cell, "import"));
    }
    return {};
}

// False if anything failed.
inline bool fillReviewProject(StoreSession& session) {
    Split split;
    for (const char* id : {"alpha", "beta", "gamma"}) {
        Contract contract;
        contract.id = ContractId(id);
        contract.title = "Agreement " + std::string(id);
        contract.type = "Supply";
        contract.mediaType = "text/plain";
        contract.fileName = std::string(id) + ".txt";
        contract.documentSha256 = sha256Hex(std::string(id));
        DocumentText document;
        document.text = textOf(id);
        document.reader = "text 1";
        if (!session.store().contracts().add(contract, document))
            return false;
        split.sides[ContractId(id)] = std::string(id) == "gamma" ? Side::Test : Side::Validation;
    }
    for (const GoldRow& gold : threeContracts())
        if (!annotate(session, gold))
            return false;
    return session.store().splits().save(split).ok() && writeEvaluation(session, "first", threeContracts(), threeOutputs(), textFor) &&
           writeEvaluation(session, "second", threeContracts(), secondOutputs(), textFor) && session.store().splits().freeze(split.name).ok();
}

} // namespace cw::test
