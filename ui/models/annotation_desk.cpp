// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/annotation_desk.h"

#include "app/services/agreement_service.h"
#include "app/services/result_qt.h"
#include "core/extraction/derive.h"
#include "core/suggest/outcome.h"
#include "core/suggest/rank.h"
#include "core/text/page_furniture.h"

#include <utility>
#include <algorithm>

namespace cw {

namespace {

// In document order, those that overlap or touch joined: what the store takes.
std::vector<ByteRange> inOrder(std::vector<ByteRange> ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<ByteRange> out;
    for (const ByteRange range : ranges)
        if (!out.empty() && range.begin <= out.back().end)
            out.back().end = std::max(out.back().end, range.end);
        else
            out.push_back(range);
    return out;
}

} // namespace

AnnotationDesk::AnnotationDesk(StoreSession& session, UndoService& undo, QObject* parent)
    : QObject(parent), m_session(session), m_undo(undo) {
    connect(&session, &StoreSession::cellChanged, this, &AnnotationDesk::takeCellChange);
    connect(&session, &StoreSession::readingsChanged, this, &AnnotationDesk::takeReadingsChange);
    connect(&session, &StoreSession::personChanged, this, &AnnotationDesk::takeReadingsChange);
    connect(&session, &StoreSession::suggestionsChanged, this, [this] {
        if (!isOpen())
            return;
        readSuggestions();
        Q_EMIT cellsChanged();
    });
}

Status AnnotationDesk::open(const ContractId& id) {
    const Reading reading = m_session.readingOf(id);
    ContractStore& contracts = m_session.store().contracts();
    CW_TRY_ASSIGN(contract, contracts.get(id));
    CW_TRY_ASSIGN(text, contracts.text(id));
    CW_TRY_ASSIGN(lines, contracts.lines(id));
    CW_TRY_ASSIGN(pages, contracts.pages(id));
    CW_TRY_ASSIGN(textMarks, contracts.marks(id));
    CW_TRY_ASSIGN(readerNotes, contracts.notes(id));
    CW_TRY_ASSIGN(cells, m_session.store().annotations().cells(id, reading));
    m_contract = std::move(contract);
    m_reading = reading;
    m_textMarks = std::move(textMarks);
    m_readerNotes = std::move(readerNotes);
    m_text = std::move(text);
    m_dateOrder = voteOnDateOrder(m_text).order();
    m_lines = std::move(lines);
    m_pages = std::move(pages);
    m_cells = std::move(cells);
    m_ranges = std::make_unique<TextRanges>(m_text);
    m_draft.clear();
    m_furniture = pageFurniture(m_text, m_lines);
    readSuggestions();
    (void)readReadings(); // as with suggestions: what can't be read costs no contract
    m_current = static_cast<int>(m_cells.size()) - 1;
    const std::vector<int> order = openClauses();
    m_current = order.empty() ? 0 : order.front();
    beginClause();
    m_undo.activate(id);
    Q_EMIT opened();
    return {};
}

// One that can't be read costs no contract: without suggestions the work goes on as before.
void AnnotationDesk::readSuggestions() {
    m_suggestions.assign(m_cells.size(), std::nullopt);
    const auto read = m_session.store().suggestions().newest(m_contract.id);
    for (const Suggestion& each : read ? *read : std::vector<Suggestion>())
        if (const auto at = taxonomy().indexOf(each.clause); at && !isKeptBlind(m_contract.id, each.clause))
            m_suggestions[*at] = each;
}

Status AnnotationDesk::readReadings() {
    m_first.clear();
    m_second.clear();
    m_isFinished = false;
    bool compared = false;
    CW_TRY_ASSIGN(readings, m_session.store().readings().of(m_contract.id));
    for (const ReadingRecord& each : readings) {
        m_isFinished |= each.reading == m_reading && each.isFinished();
        compared |= each.reading == Reading::First;
    }
    if (!compared || m_reading != Reading::Record)
        return {};
    CW_TRY_ASSIGN(first, m_session.store().annotations().cells(m_contract.id, Reading::First));
    CW_TRY_ASSIGN(second, m_session.store().annotations().cells(m_contract.id, Reading::Second));
    m_first = std::move(first);
    m_second = std::move(second);
    return {};
}

// Another person sits here, or a blind reading is over: the contract is laid out anew as this person may see it.
void AnnotationDesk::takeReadingsChange() {
    if (!isOpen())
        return;
    if (m_session.readingOf(m_contract.id) != m_reading) {
        if (const Status opened = open(ContractId(m_contract.id)); !opened)
            Q_EMIT lost(opened.error());
        return;
    }
    (void)readReadings();
    Q_EMIT readingsChanged();
}

std::optional<AnnotationDesk::Conflict> AnnotationDesk::conflict() const {
    if (m_first.empty() || !cell().flags.conflict)
        return std::nullopt;
    const auto at = static_cast<size_t>(m_current);
    return Conflict{m_first[at], m_second[at], compareCells(type(), m_first[at], m_second[at], m_first)};
}

Status AnnotationDesk::takeReading(Reading reading) {
    const auto both = conflict();
    if (!both)
        return Error{ErrorCode::BadUsage, toStdString(tr("Two readings are not in conflict here.")), ""};
    return decide(takenFrom(reading == Reading::First ? both->first : both->second),
                  reading == Reading::First ? tr("the first reading") : tr("the second reading"));
}

Result<std::vector<std::string>> AnnotationDesk::finish() { return m_session.finish(m_contract.id); }

void AnnotationDesk::beginClause() {
    m_hits = findTerms(m_text, type().searchTerms);
    m_looking.start();
}

ByteRange AnnotationDesk::likeliestHit() const {
    return cw::likeliestHit(type(), m_hits, [this](size_t offset) { return m_ranges->sentenceAt(offset); });
}

const Suggestion* AnnotationDesk::suggestionFor(int clause) const {
    const auto at = static_cast<size_t>(clause);
    const Cell& cell = m_cells[at];
    const bool open = cell.state == CellState::NotReviewed && !cell.flags.any();
    return open && m_suggestions[at] ? &*m_suggestions[at] : nullptr;
}

int AnnotationDesk::pageOf(size_t offset) const {
    const auto line = std::upper_bound(m_lines.begin(), m_lines.end(), offset, [](size_t at, const LineBox& box) { return at < box.range.end; });
    return line == m_lines.end() ? -1 : line->page;
}

void AnnotationDesk::setCurrent(int index) {
    if (index < 0 || index >= static_cast<int>(m_cells.size()) || index == m_current)
        return;
    m_current = index;
    m_draft.clear();
    m_nextIsNew = true;
    beginClause();
    Q_EMIT currentChanged();
}

int AnnotationDesk::openCount() const {
    return static_cast<int>(std::count_if(m_cells.begin(), m_cells.end(), [](const Cell& cell) { return !cell.isReviewed(); }));
}

std::vector<int> AnnotationDesk::openClauses() const {
    std::vector<int> open;
    for (int i = 0; i < static_cast<int>(m_cells.size()); ++i)
        if (!m_cells[static_cast<size_t>(i)].isReviewed())
            open.push_back(i);
    if (m_order == Order::LeastSure) {
        const auto score = [this](int clause) { return suggestionFor(clause) ? suggestionFor(clause)->score : 0; };
        std::stable_sort(open.begin(), open.end(), [&](int a, int b) { return score(a) < score(b); });
    }
    return open;
}

int AnnotationDesk::nextOpen(int step) const {
    const std::vector<int> open = openClauses();
    if (open.empty())
        return -1;
    const auto count = static_cast<int>(open.size());
    const auto here = std::find(open.begin(), open.end(), m_current);
    if (here != open.end())
        return open[static_cast<size_t>(((here - open.begin()) + step + count) % count)];
    if (m_order == Order::LeastSure)
        return step > 0 ? open.front() : open.back();
    const auto behind = std::upper_bound(open.begin(), open.end(), m_current);
    if (step > 0)
        return behind == open.end() ? open.front() : *behind;
    return behind == open.begin() ? open.back() : *std::prev(behind);
}

std::vector<ByteRange> AnnotationDesk::evidence() const {
    if (hasDraft())
        return m_draft;
    std::vector<ByteRange> saved;
    const Suggestion* suggested = suggestion();
    for (const Span& span : suggested ? suggested->spans : cell().spans)
        saved.push_back(span.range);
    return saved;
}

std::string AnnotationDesk::evidenceText() const {
    std::string out;
    for (const ByteRange range : inOrder(evidence())) {
        if (!out.empty())
            out += ' ';
        out += m_text.substr(range.begin, range.size());
    }
    return out;
}

ByteRange AnnotationDesk::activeFragment() const {
    const std::vector<ByteRange> all = evidence();
    return all.empty() ? ByteRange{} : all.back();
}

void AnnotationDesk::select(ByteRange range) {
    const ByteRange whole = m_ranges->snapped(range);
    if (whole.empty())
        return;
    if (!m_nextIsNew && !m_draft.empty())
        m_draft.resize(m_draft.size() - m_activePieces);
    m_activePieces = 0;
    for (const ByteRange piece : withoutFurniture(m_text, m_lines, m_furniture, whole)) {
        m_draft.push_back(piece);
        ++m_activePieces;
    }
    m_nextIsNew = false;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::beginDraft() {
    if (hasDraft())
        return;
    m_draft = evidence();
    m_activePieces = 1;
}

void AnnotationDesk::addFragment() {
    beginDraft();
    m_nextIsNew = true;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::removeFragment(size_t index) {
    std::vector<ByteRange> left = evidence();
    if (left.size() < 2) // the last piece of evidence goes with the decision, not by itself
        return;
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
    m_draft = left;
    m_activePieces = 1;
    Q_EMIT evidenceChanged();
}

// A piece that can't get shorter goes, if the selection has another one.
void AnnotationDesk::changePiece(size_t index, ByteRange range) {
    if (range == m_draft[index] && m_activePieces > 1) {
        m_draft.erase(m_draft.begin() + static_cast<std::ptrdiff_t>(index));
        --m_activePieces;
    } else {
        m_draft[index] = range;
    }
    m_nextIsNew = false;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::trimFirstWord() {
    beginDraft();
    if (!hasDraft())
        return;
    const size_t first = m_draft.size() - m_activePieces;
    changePiece(first, m_ranges->withoutFirstWord(m_draft[first]));
}

void AnnotationDesk::trimLastWord() {
    beginDraft();
    if (hasDraft())
        changePiece(m_draft.size() - 1, m_ranges->withoutLastWord(m_draft.back()));
}

void AnnotationDesk::dropDraft() {
    m_draft.clear();
    m_nextIsNew = true;
    Q_EMIT evidenceChanged();
}

std::optional<ClauseValue> AnnotationDesk::proposedValue() const {
    if (!hasDraft() && suggestion() && hasValue(suggestion()->value))
        return suggestion()->value;
    const std::string words = evidenceText();
    return words.empty() ? std::nullopt : valueFromEvidence(type(), words, m_dateOrder);
}

std::optional<EitherDate> AnnotationDesk::eitherDate() const {
    if (type().kind != ValueKind::Date || m_dateOrder || proposedValue())
        return std::nullopt;
    return eitherDateFromText(evidenceText());
}

std::vector<Span> AnnotationDesk::spans() const {
    std::vector<Span> out;
    for (const ByteRange range : inOrder(evidence()))
        out.push_back({range, m_text.substr(range.begin, range.size())});
    return out;
}

std::vector<TermHits> AnnotationDesk::hitsOf(int clause) const {
    return clause == m_current ? m_hits : findTerms(m_text, taxonomy().types()[static_cast<size_t>(clause)].searchTerms);
}

Cell AnnotationDesk::decisionOn(int clause, CellState state) const {
    Cell cell;
    cell.clause = taxonomy().types()[static_cast<size_t>(clause)].key;
    cell.state = state;
    cell.note = m_cells[static_cast<size_t>(clause)].note;
    if (state == CellState::Present)
        cell.alternatives = m_cells[static_cast<size_t>(clause)].alternatives;
    if (state == CellState::NotReviewed)
        return cell;
    if (const Suggestion* shown = suggestionFor(clause))
        cell.suggestion = shown->origin;
    else
        cell.suggestion = m_cells[static_cast<size_t>(clause)].suggestion; // a decision that is changed saw the one of before
    for (const TermHits& term : hitsOf(clause))
        cell.lookedFor.push_back({term.term, static_cast<int>(term.places.size())});
    constexpr qint64 kLongest = 24 * 3600 * 1000;
    cell.dwellMs = clause == m_current ? static_cast<int>(std::min(m_looking.elapsed(), kLongest)) : 0;
    return cell;
}

Status AnnotationDesk::accept(const ClauseValue& value) {
    if (!hasDraft() && suggestion() && suggestion()->state == CellState::Absent)
        return markAbsent();
    if (evidence().empty())
        return Error{ErrorCode::BadUsage, toStdString(tr("A present clause needs its evidence.")),
                     toStdString(tr("Select it on the page, or press Space to take the sentence at the caret."))};
    Cell cell = decisionOn(m_current, CellState::Present);
    cell.spans = spans();
    cell.value = value;
    return decide(std::move(cell), tr("present"));
}

Status AnnotationDesk::markAbsent() {
    return decide(decisionOn(m_current, CellState::Absent), tr("absent"));
}

Status AnnotationDesk::markUnsure(const ClauseValue& value) {
    Cell cell = this->cell();
    if (!evidence().empty()) {
        cell = decisionOn(m_current, CellState::Present);
        cell.spans = spans();
        cell.value = value;
    }
    cell.flags.unsure = true;
    return decide(std::move(cell), tr("unsure"));
}

Status AnnotationDesk::clear() { return decide(decisionOn(m_current, CellState::NotReviewed), tr("cleared")); }

Status AnnotationDesk::setNote(int clause, const std::string& note) {
    Cell cell = m_cells[static_cast<size_t>(clause)];
    if (cell.note == note)
        return {};
    cell.note = note;
    return m_undo.setCell(m_contract.id, std::move(cell), tr("%1: note").arg(toQString(taxonomy().types()[static_cast<size_t>(clause)].title)));
}

AnnotationDesk::Untouched AnnotationDesk::untouchedOfGroup() const {
    Untouched out;
    for (int clause = 0; clause < static_cast<int>(m_cells.size()); ++clause) {
        const Cell& cell = m_cells[static_cast<size_t>(clause)];
        if (taxonomy().types()[static_cast<size_t>(clause)].group != type().group || cell.state != CellState::NotReviewed || cell.flags.any())
            continue;
        out.clauses.push_back(clause);
        out.withHits += !allPlaces(hitsOf(clause)).empty();
        out.suggestedPresent += suggestionFor(clause) && suggestionFor(clause)->state == CellState::Present;
    }
    return out;
}

Result<int> AnnotationDesk::markGroupAbsent() {
    std::vector<Cell> cells;
    for (const int clause : untouchedOfGroup().clauses)
        cells.push_back(decisionOn(clause, CellState::Absent));
    if (cells.empty())
        return 0;
    m_draft.clear();
    const ClauseGroup* group = taxonomy().group(type().group);
    const auto count = static_cast<int>(cells.size());
    CW_TRY(m_undo.setCells(m_contract.id, cells, tr("%1: %2 clauses absent").arg(toQString(group->title)).arg(count)));
    return count;
}

Status AnnotationDesk::decide(Cell cell, const QString& word) {
    const std::vector<ByteRange> kept = std::exchange(m_draft, {});
    const Status written = m_undo.setCell(m_contract.id, std::move(cell), tr("%1: %2").arg(toQString(type().title), word));
    if (!written)
        m_draft = kept;
    m_nextIsNew = true;
    Q_EMIT evidenceChanged();
    return written;
}

void AnnotationDesk::takeCellChange(const ContractId& contract) {
    if (isOpen() && contract == m_contract.id)
        (void)reloadCells();
}

Status AnnotationDesk::reloadCells() {
    CW_TRY_ASSIGN(cells, m_session.store().annotations().cells(m_contract.id, m_reading));
    m_cells = std::move(cells);
    Q_EMIT cellsChanged();
    return {};
}

} // namespace cw
