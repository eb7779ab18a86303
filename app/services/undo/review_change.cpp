// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/undo/review_change.h"

#include "app/services/result_qt.h"
#include "core/model/names.h"
#include "core/store/record_json.h"
#include "core/store/review_store.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace {

using Json = nlohmann::json;

Json jsonOf(const std::vector<ReviewNote>& notes) {
    Json array = Json::array();
    for (const ReviewNote& note : notes)
        array.push_back(Json::parse(recordJson(note)));
    return array;
}

std::vector<ReviewNote> notesOf(const Json& array) {
    std::vector<ReviewNote> notes;
    for (const Json& note : array)
        notes.push_back(noteFromRecordJson(note.dump()));
    return notes;
}

Json jsonOf(const PreferencePair& pair) {
    return {{"id", pair.id.value},      {"contract", pair.contract.value},   {"begin", pair.window.begin},        {"end", pair.window.end},
            {"prompt", pair.prompt},    {"request", pair.request},           {"first", pair.first},               {"second", pair.second},
            {"origin", nameOf(pair.origin)}, {"run", pair.run.value},        {"verdict", nameOf(pair.verdict)},   {"left", pair.firstShownLeft},
            {"reasons", pair.reasons},  {"annotator", pair.annotator},       {"voted_at", pair.votedAt}};
}

PreferencePair pairOf(const Json& json) {
    PreferencePair pair;
    pair.id = PairId(json.value("id", ""));
    pair.contract = ContractId(json.value("contract", ""));
    pair.window = {json.value("begin", size_t{0}), json.value("end", size_t{0})};
    pair.prompt = json.value("prompt", "");
    pair.request = json.value("request", std::vector<std::string>());
    pair.first = json.value("first", "");
    pair.second = json.value("second", "");
    pair.origin = fromName<PairOrigin>(json.value("origin", ""));
    pair.run = RunId(json.value("run", ""));
    pair.verdict = fromName<Verdict>(json.value("verdict", ""));
    pair.firstShownLeft = json.value("left", true);
    pair.reasons = json.value("reasons", std::vector<std::string>());
    pair.annotator = json.value("annotator", "");
    pair.votedAt = json.value("voted_at", "");
    return pair;
}

Json jsonOf(const Split& split) {
    Json sides = Json::object();
    for (const auto& [contract, side] : split.sides)
        sides[contract.value] = nameOf(side);
    return {{"name", split.name}, {"seed", split.seed}, {"by", split.by}, {"sides", sides}, {"created_at", split.createdAt}, {"frozen", split.frozen}};
}

Split splitOf(const Json& json) {
    Split split;
    split.name = json.value("name", "");
    split.seed = json.value("seed", std::uint64_t{0});
    split.by = json.value("by", std::vector<std::string>());
    const Json sides = json.value("sides", Json::object());
    for (const auto& [contract, side] : sides.items())
        split.sides[ContractId(contract)] = fromName<Side>(side.get<std::string>());
    split.createdAt = json.value("created_at", "");
    split.frozen = json.value("frozen", false);
    return split;
}

// The audit's word for putting a note.
std::string wordOf(const ReviewNote& note) {
    if (note.state == ReviewNoteState::Withdrawn)
        return "withdraw";
    if (note.state == ReviewNoteState::Accepted)
        return "accept";
    return std::string(nameOf(note.kind));
}

Error changedSince(const std::string& what) {
    return {ErrorCode::BadUsage, what + " was changed since, so this step can't be taken any more.",
            "Look at it and decide again; the steps before it can still be taken."};
}

std::string actionOf(const Cell& cell) { return cell.state == CellState::Present ? "present" : cell.state == CellState::Absent ? "absent" : "unreviewed"; }

Result<std::vector<Cell>> storedCells(ProjectStore& store, const ContractId& contract, const std::vector<Cell>& like) {
    std::vector<Cell> cells;
    for (const Cell& each : like) {
        CW_TRY_ASSIGN(cell, store.annotations().cell(contract, each.clause));
        cells.push_back(std::move(cell));
    }
    return cells;
}

// A vote that was taken back is no other vote.
bool isSameVote(const PreferencePair& a, const PreferencePair& b) { return a.verdict == b.verdict && a.reasons == b.reasons && a.annotator == b.annotator; }

// Whether everything is still as the step left it.
Status checkStill(ProjectStore& store, const ReviewChange& change, bool undo) {
    const std::vector<Cell>& cells = undo ? change.cellsAfter : change.cellsBefore;
    CW_TRY_ASSIGN(stored, storedCells(store, change.contract, cells));
    if (stored != cells)
        return changedSince("The gold of " + change.contract.value);
    for (const ReviewNote& note : undo ? change.notesAfter : change.notesBefore) {
        CW_TRY_ASSIGN(now, store.reviews().get(note.id));
        if (now != note)
            return changedSince("A note of " + note.person + " on " + note.contract.value);
    }
    if (change.pair && undo) {
        CW_TRY_ASSIGN(now, store.preferences().get(change.pair->id));
        if (!isSameVote(now, *change.pair))
            return changedSince("The vote on a preference pair of " + now.contract.value);
    }
    if (const std::optional<Split>& split = undo ? change.splitAfter : change.splitBefore) {
        CW_TRY_ASSIGN(now, store.splits().get(split->name));
        if (now.sides != split->sides || now.frozen)
            return changedSince("Split " + split->name);
    }
    return {};
}

Status writeParts(ProjectStore& store, ReviewChange& change, ReviewDirection direction) {
    const bool undo = direction == ReviewDirection::Undo;
    for (const Cell& cell : undo ? change.cellsBefore : change.cellsAfter)
        CW_TRY(store.annotations().set(change.contract, cell, undo ? "undo" : actionOf(cell)));
    for (const ReviewNote& note : undo ? change.notesBefore : change.notesAfter)
        CW_TRY(store.reviews().put(note, undo ? "undo" : wordOf(note)));
    if (change.pair && undo)
        CW_TRY(store.preferences().remove(change.pair->id, "undo"));
    if (change.pair && !undo) {
        CW_TRY_ASSIGN(added, store.preferences().add({*change.pair}));
        if (added == 0)
            return Error{ErrorCode::BadUsage, "This preference pair is there already.", "Vote on it in Preferences if it should count differently."};
    }
    if (const std::optional<Split>& split = undo ? change.splitBefore : change.splitAfter)
        CW_TRY(store.splits().save(*split));
    return {};
}

} // namespace

std::string toJson(const ReviewChange& change) {
    Json json = {{"contract", change.contract.value},
                 {"cells_before", Json::parse(cellsToJson(change.cellsBefore))},
                 {"cells_after", Json::parse(cellsToJson(change.cellsAfter))},
                 {"notes_before", jsonOf(change.notesBefore)},
                 {"notes_after", jsonOf(change.notesAfter)}};
    if (change.pair)
        json["pair"] = jsonOf(*change.pair);
    if (change.splitBefore && change.splitAfter) {
        json["split_before"] = jsonOf(*change.splitBefore);
        json["split_after"] = jsonOf(*change.splitAfter);
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ReviewChange reviewChangeFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return {};
    ReviewChange change;
    change.contract = ContractId(json.value("contract", ""));
    change.cellsBefore = cellsFromJson(json.value("cells_before", Json::array()).dump());
    change.cellsAfter = cellsFromJson(json.value("cells_after", Json::array()).dump());
    change.notesBefore = notesOf(json.value("notes_before", Json::array()));
    change.notesAfter = notesOf(json.value("notes_after", Json::array()));
    if (json.contains("pair"))
        change.pair = pairOf(json["pair"]);
    if (json.contains("split_before") && json.contains("split_after")) {
        change.splitBefore = splitOf(json["split_before"]);
        change.splitAfter = splitOf(json["split_after"]);
    }
    return change;
}

Status writeReview(StoreSession& session, ReviewChange& change, ReviewDirection direction, const StoreSession::Also& also) {
    ProjectStore& store = session.store();
    const Status written = store.atomically([&]() -> Status {
        if (direction == ReviewDirection::First) {
            CW_TRY_ASSIGN(before, storedCells(store, change.contract, change.cellsAfter));
            change.cellsBefore = std::move(before);
        } else {
            CW_TRY(checkStill(store, change, direction == ReviewDirection::Undo));
        }
        CW_TRY(writeParts(store, change, direction));
        if (direction == ReviewDirection::First) {
            CW_TRY_ASSIGN(after, storedCells(store, change.contract, change.cellsAfter));
            change.cellsAfter = std::move(after);
        }
        return also ? also() : Status();
    });
    CW_TRY(written);
    for (const Cell& cell : change.cellsAfter)
        Q_EMIT session.cellChanged(change.contract, toQString(cell.clause));
    if (change.pair)
        session.notifyPairs();
    if (change.splitAfter)
        session.notifySplits();
    session.notifyReviews();
    return {};
}

} // namespace cw
