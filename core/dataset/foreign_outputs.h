// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Outputs from elsewhere, to be scored: a file of JSON Lines that anything may stand in. A line that can't be used is listed and hides none
// of the others; its contract then has no output, so that its cells count as wrong. Any thread.
#pragma once

#include "core/dataset/rows.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>

namespace cw {

inline constexpr size_t kMostLineBytes = size_t{16} << 20; // of a line that is read
inline constexpr int kMostParts = 10000;                   // that a contract may be cut into
inline constexpr size_t kMostNotes = 1000;                 // that are kept of a kind; all are counted

struct InputNote {
    size_t line = 0;
    std::string contract; // empty: it can't be told
    std::string problem;  // a sentence
};

struct InputNotes {
    std::vector<InputNote> items; // the first ones
    size_t total = 0;
    void add(InputNote note);
};

// What became of the lines of a file.
struct InputReport {
    std::string file;
    size_t lines = 0;               // with something in them
    InputNotes badLines;            // not used
    InputNotes duplicates;          // a second output for the same text and request
    InputNotes unknownContracts;    // the gold doesn't have them: they are not scored
    std::vector<ContractId> missing; // of the gold: no usable output in the mode that is scored, all cells wrong

    // Something in the file is wrong, rather than only not there.
    bool isFaulty() const { return badLines.total + duplicates.total + unknownContracts.total > 0; }
    std::vector<InputNote> faults() const; // in the order of the lines
};

using TextBytesOf = std::function<std::optional<size_t>(const ContractId&)>; // of the canonical text; nothing: it isn't given

struct ForeignOutputs {
    std::vector<OutputRow> rows;
    InputReport report; // its `missing` is filled by noteMissing
};

// Lines are the plain form, {"contract":id,"output":text} with "tokens", "tokens_in" and "seconds" where they are known, for a whole
// contract of the gold; or the form of OutputRow. Two different outputs (by words, finish or margins) for one text and request cancel each
// other, since nothing tells which one is meant; a repeated one counts once. A window that ends behind its text is refused where the text is
// known. Errors: the file can't be read, has no line at all, or is UTF-16. Takes memory for what is kept and one line.
Result<ForeignOutputs> readForeignOutputs(const std::filesystem::path& file, const std::vector<GoldRow>& gold, const Taxonomy& taxonomy,
                                          const TextBytesOf& textBytesOf = {});

// Lists the contracts of the gold for which `outputs.rows` has none.
void noteMissing(ForeignOutputs& outputs, const std::vector<GoldRow>& gold);

// {"file":f,"lines":n,"bad_lines":[{"line":n,"contract":id|null,"problem":text},...],"duplicates":[...],"unknown_contracts":[...],
// "missing":[id,...]}; a list that was cut has its full length beside it, "bad_lines_total":n.
nlohmann::ordered_json inputReportJson(const InputReport& report);

} // namespace cw
