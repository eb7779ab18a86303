// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a run asked and answered, with its frozen gold. From the run folder alone: any thread; the files of a large run take a second, so
// the window reads them in a job.
#pragma once

#include "core/dataset/rows.h"
#include "core/run/run_folder.h"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace cw {

class RunAnswers {
public:
    static Result<RunAnswers> read(const RunFolder& folder, const std::optional<ContractId>& only = {}); // of one contract, or of all

    const RunId& run() const { return m_run; }
    const Taxonomy& taxonomy() const { return m_taxonomy; }
    const std::vector<OutputRow>& outputs() const { return m_outputs; }
    const GoldRow* goldOf(const ContractId& contract) const; // null: the run has none
    const ChatRow* promptOf(const OutputRow& output) const;  // null: a second look has no row
    // The right answer to the prompt, canonical, or nothing if the gold doesn't know one of its keys.
    std::optional<std::string> referenceAnswer(const ChatRow& prompt) const;

private:
    using Place = std::tuple<ContractId, int, ByteRange>; // contract, part, window
    static Place placeOf(const RowMeta& meta) { return {meta.contract, meta.part, meta.window}; }

    RunId m_run;
    Taxonomy m_taxonomy;
    std::vector<OutputRow> m_outputs;
    std::map<Place, ChatRow> m_prompts;
    std::map<ContractId, GoldRow> m_gold;
};

} // namespace cw
