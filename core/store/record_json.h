// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The readable JSON of the store's records: `before` and `after` of an audit row, and the columns that hold JSON. Any
// thread.
#pragma once

#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "core/model/preference.h"
#include "core/model/review_note.h"
#include "core/model/split.h"
#include "core/model/suggestion.h"
#include "core/store/reading_store.h"
#include "core/store/run_store.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

std::string recordJson(const Cell& cell);
std::string recordJson(const Contract& contract);
std::string recordJson(const Split& split);
std::string recordJson(const PreferencePair& pair); // without prompt and outputs: they never change
std::string recordJson(const ReviewNote& note);
std::string recordJson(const ReadingRecord& reading);
std::string recordJson(const RunRecord& run);
std::string recordJson(const ModelRecord& model);

// The cell that a recordJson of a cell was made of; what it lacks is as in an untouched cell.
Cell cellFromRecordJson(std::string clause, std::string_view json);

// The note that a recordJson of a note was made of; an empty one for anything else.
ReviewNote noteFromRecordJson(std::string_view json);

// Cells of one contract with their clauses: what an undo step keeps.
std::string cellsToJson(const std::vector<Cell>& cells);
std::vector<Cell> cellsFromJson(std::string_view json); // empty for anything but an array of them

std::string textsToJson(const std::vector<std::string>& texts);
std::vector<std::string> textsFromJson(std::string_view json); // empty for anything but an array of strings

// A cell's value as its column holds it: true, "P5Y", [{"n":...,"r":...}]; null and anything unknown is no value.
std::string valueToJson(const ClauseValue& value);
ClauseValue valueFromJson(std::string_view json);

// Columns with lists; anything but an array of objects reads as an empty one.
std::string searchEvidenceToJson(const std::vector<SearchEvidence>& evidence);
std::vector<SearchEvidence> searchEvidenceFromJson(std::string_view json);
std::string spansToJson(const std::vector<Span>& spans);
std::vector<Span> spansFromJson(std::string_view json);
std::string alternativesToJson(const std::vector<AcceptedAnswer>& alternatives);
std::vector<AcceptedAnswer> alternativesFromJson(std::string_view json);
std::string otherReadingsToJson(const std::vector<OtherReading>& readings);
std::vector<OtherReading> otherReadingsFromJson(std::string_view json);

} // namespace cw
