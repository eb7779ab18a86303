// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Dataset: the split table, the split itself, and exports. GUI thread.
#pragma once

#include "app/services/store_session.h"
#include "core/dataset/rows.h"
#include "core/dataset/stratify.h"
#include "core/prompt/prompt.h"

#include <QString>

#include <array>
#include <vector>

namespace cw {

struct SplitTableRow {
    std::string type;
    std::array<int, 3> contracts{}; // by Side
    int unassigned = 0;
};

struct DatasetOptions {
    std::string split = "default";
    ChunkSettings chunk;
    double negatives = 1.0;            // share of windows without any finding to keep, 0..1; seeded by the split
    std::vector<std::string> only;     // ask for these types alone; empty: every reviewed type
};

struct DatasetRows {
    std::vector<ChatRow> rows;
    std::vector<std::string> lost;     // "contract: clause [a,b]": spans that no window holds
    int windowsWithFinding = 0, windowsWithout = 0;
};

class DatasetService {
public:
    explicit DatasetService(StoreSession& session) : m_session(session) {}

    // makeSplit in two: what only reads, for a job, and the write.
    Result<Split> planSplit(const std::string& name, const SplitRequest& request, const std::vector<std::string>& by);
    Result<Split> saveSplit(const Split& planned);
    // Splits all contracts by `by` ("contract_type", "language"); contracts locked in a test side stay there, and
    // those that a run learnt from stay on their side.
    Result<Split> makeSplit(const std::string& name, const SplitRequest& request, const std::vector<std::string>& by);
    Result<std::vector<SplitTableRow>> table(const std::string& split);

    // Rows of one side; a test contract never enters a train or validation row.
    Result<DatasetRows> rows(Side side, const DatasetOptions& options);
    // Prompts without answers and the gold rows of a side, for generate and evaluate. Every window of a contract, but on the train side,
    // where outputs are made to be mined: there `negatives` thins them as it thins rows.
    Result<std::vector<ChatRow>> prompts(Side side, const DatasetOptions& options);
    Result<std::vector<GoldRow>> gold(Side side, const DatasetOptions& options);
    // Rows from the pairs that have a winner (a mined pair without a vote counts as its reference winning if `useMined`).
    Result<std::vector<PreferenceRow>> preferenceRows(bool useMined);

    // Exports with a manifest (hashes, counts, settings, audit head) beside it; atomic.
    Status exportChat(const QString& file, Side side, const DatasetOptions& options);
    Status exportPreference(const QString& file, bool useMined);
    // Everything that is known of every contract (text, places, decisions), lossless: one JSON object a line, with text, cells and boxes.
    Status exportClausewright(const QString& file);
    // One row a decided or flagged cell, for a spreadsheet: no cell of it can be taken for a formula.
    Status exportCsv(const QString& file);

private:
    struct Source;
    Result<std::vector<Source>> sources(const Split& split, Side side, const DatasetOptions& options);
    Status writeExport(const QString& file, std::string_view bytes, const std::string& format, std::string manifestMembers);

    StoreSession& m_session;
};

} // namespace cw
