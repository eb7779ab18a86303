// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/taxonomy/cell_mapping.h"

#include "core/extraction/values.h"

#include <algorithm>

namespace cw {

namespace {

bool isBlank(const Cell& cell) { return cell.state == CellState::NotReviewed && !cell.flags.any() && cell.note.empty(); }

std::string inWords(const ClauseValue& value) {
    if (const auto* truth = std::get_if<bool>(&value))
        return *truth ? "true" : "false";
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    std::string names;
    for (const Party& party : std::get<std::vector<Party>>(value))
        names += (names.empty() ? "" : ", ") + party.name + " (" + party.role + ")";
    return names;
}

void addLine(std::string& note, const std::string& line) {
    if (line.empty() || ("\n" + note + "\n").find("\n" + line + "\n") != std::string::npos)
        return;
    note += (note.empty() ? "" : "\n") + line;
}

// Takes out a value that the type doesn't allow; it stays readable in the note.
void dropIllegalValue(Cell& cell, const ClauseType& type, bool kindChanged) {
    if (type.kind == ValueKind::Text) {
        cell.value = {};
        cell.flags.valueToReview = false;
        return;
    }
    if (hasValue(cell.value) && (kindChanged || !isCanonicalValue(type, cell.value))) {
        addLine(cell.note, "Value before: " + inWords(cell.value));
        cell.value = {};
    }
    if (cell.state == CellState::Present && !hasValue(cell.value))
        cell.flags.valueToReview = true;
}

// Those that the type allows; of another kind of value none says anything.
void keepLegalAlternatives(Cell& cell, const ClauseType& type, bool kindChanged) {
    std::erase_if(cell.alternatives, [&](const AcceptedAnswer& answer) { return kindChanged || !isCanonicalValue(type, answer.value); });
}

void addEvidence(std::vector<SearchEvidence>& all, const std::vector<SearchEvidence>& more) {
    for (const SearchEvidence& evidence : more)
        if (std::find(all.begin(), all.end(), evidence) == all.end())
            all.push_back(evidence);
}

// Whose work a merged cell is: the first present one, then the first absent one, then the first with an author.
std::string authorOf(const std::vector<Cell>& cells) {
    for (const CellState state : {CellState::Present, CellState::Absent, CellState::NotReviewed})
        for (const Cell& cell : cells)
            if (cell.state == state && !cell.annotator.empty())
                return cell.annotator;
    return {};
}

CellState mergedState(const std::vector<Cell>& cells) {
    const auto count = [&](CellState state) {
        return std::count_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.state == state; });
    };
    if (count(CellState::Present) > 0)
        return CellState::Present;
    return count(CellState::Absent) == static_cast<std::ptrdiff_t>(cells.size()) ? CellState::Absent : CellState::NotReviewed;
}

// Present against absent, or two values that differ.
bool contradict(const std::vector<Cell>& cells) {
    const Cell* valued = nullptr;
    bool present = false, absent = false, differ = false;
    for (const Cell& cell : cells) {
        present |= cell.state == CellState::Present;
        absent |= cell.state == CellState::Absent;
        if (!hasValue(cell.value))
            continue;
        differ |= valued && valued->value != cell.value;
        valued = valued ? valued : &cell;
    }
    return (present && absent) || differ;
}

void addFlags(CellFlags& flags, const CellFlags& more) {
    flags.unsure |= more.unsure;
    flags.conflict |= more.conflict;
    flags.valueToReview |= more.valueToReview;
}

} // namespace

std::vector<Span> unionOf(std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.range < b.range; });
    std::vector<Span> out;
    for (Span& span : spans) {
        if (out.empty() || span.range.begin >= out.back().range.end) {
            out.push_back(std::move(span));
            continue;
        }
        Span& last = out.back();
        if (span.range.end <= last.range.end)
            continue;
        last.quote += span.quote.substr(last.range.end - span.range.begin);
        last.range.end = span.range.end;
    }
    return out;
}

Cell fitted(const TypedCell& from, const ClauseType& target) {
    Cell cell = from.cell;
    cell.clause = target.key;
    dropIllegalValue(cell, target, from.type->kind != target.kind);
    keepLegalAlternatives(cell, target, from.type->kind != target.kind);
    return cell;
}

Cell mergedCell(const std::vector<TypedCell>& contributors, const ClauseType& target) {
    std::vector<Cell> cells;
    for (const TypedCell& each : contributors)
        cells.push_back(fitted(each, target));
    Cell out;
    out.clause = target.key;
    out.state = mergedState(cells);
    for (const Cell& cell : cells) {
        addFlags(out.flags, cell.flags);
        out.spans.insert(out.spans.end(), cell.spans.begin(), cell.spans.end());
        out.value = hasValue(out.value) ? out.value : cell.value;
        addLine(out.note, cell.note);
        addEvidence(out.lookedFor, cell.lookedFor);
        out.suggestion = out.suggestion.empty() ? cell.suggestion : out.suggestion;
        out.dwellMs += cell.dwellMs;
        out.alternatives.insert(out.alternatives.end(), cell.alternatives.begin(), cell.alternatives.end());
    }
    out.alternatives.resize(std::min(out.alternatives.size(), kMaxAlternatives));
    out.spans = unionOf(std::move(out.spans));
    out.flags.conflict |= contradict(cells);
    out.annotator = authorOf(cells);
    return out;
}

Cell splitCell(const TypedCell& source, const ClauseType& target, const CellStep& step) {
    Cell blank;
    blank.clause = target.key;
    if (isBlank(source.cell))
        return blank;
    const bool takes = std::find(step.present.begin(), step.present.end(), target.key) != step.present.end();
    if (source.cell.state != CellState::Present || takes) {
        Cell cell = fitted(source, target);
        cell.flags.unsure |= cell.state == CellState::Present;
        return cell;
    }
    if (step.present.empty()) {
        blank.flags.unsure = true;
        blank.annotator = source.cell.annotator;
        blank.note = source.cell.note;
    }
    return blank;
}

Cell withCodes(Cell cell, const CellStep& step) {
    const auto renamed = [&](const std::string& code) {
        const auto found = step.renamed.find(code);
        return found == step.renamed.end() ? code : found->second;
    };
    const auto rename = [&](ClauseValue& value) {
        if (auto* code = std::get_if<std::string>(&value))
            *code = renamed(*code);
        if (auto* parties = std::get_if<std::vector<Party>>(&value))
            for (Party& party : *parties)
                party.role = renamed(party.role);
    };
    rename(cell.value);
    for (AcceptedAnswer& answer : cell.alternatives)
        rename(answer.value);
    dropIllegalValue(cell, step.targets.front(), false);
    keepLegalAlternatives(cell, step.targets.front(), false);
    return cell;
}

} // namespace cw
