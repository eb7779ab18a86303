// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How two readers of the same contracts agree, what they differ in, and how far double annotation is. Reads only: in a job through a view
// (store_view.h), or on the session's own thread.
#pragma once

#include "app/services/store_session.h"
#include "core/eval/agreement.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace cw {

// Contracts with a second reader, by how far they are.
struct DoubleProgress {
    int assigned = 0, inProgress = 0, waiting = 0, toAdjudicate = 0, done = 0;
    int all() const { return assigned + inProgress + waiting + toAdjudicate + done; }
};

struct OpenConflict {
    CellConflict conflict;
    std::string title; // the contract's
    bool open = true;  // nobody has decided between the two yet
};

struct AgreementReport {
    AgreementTable table;
    std::vector<OpenConflict> conflicts; // by contract, then in the taxonomy's order
    DoubleProgress progress;
    int openConflicts = 0;
};

// As the session's person may see it: without the contracts that they read blind.
Result<AgreementReport> readAgreement(StoreSession& session);

// What a person takes from a reading into the record: its decision, without its flags. The store puts their name to it.
Cell takenFrom(const Cell& reading);
// Adjudicates: writes the decision of reading First or Second into the record. BadUsage where the two were not compared, or the cell is
// not in conflict. Gives the cell as it now stands.
Result<Cell> takeReading(StoreSession& session, const ContractId& contract, const std::string& clause, Reading reading);

DoubleProgress progressOf(const std::map<ContractId, DoubleStatus>& states);

// Below this a guideline is worth a second look: Krippendorff 2004 draws the line for tentative conclusions at 0.667, Landis and Koch
// 1977 call 0.61 to 0.80 substantial.
inline constexpr double kLowKappa = 0.7;
inline constexpr int kFewCells = 10; // too few to rewrite a guideline for
bool isLow(const Agreement& agreement);

// The table with a head, for a spreadsheet: tab-separated, "n/a" where a rate has no meaning.
QString agreementTsv(const AgreementTable& table, const Taxonomy& taxonomy);

} // namespace cw
