// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/annotation_desk.h"

#include "app/services/result_qt.h"
#include "core/extraction/derive.h"

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
}

Status AnnotationDesk::open(const ContractId& id) {
    ContractStore& contracts = m_session.store().contracts();
    CW_TRY_ASSIGN(contract, contracts.get(id));
    CW_TRY_ASSIGN(text, contracts.text(id));
    CW_TRY_ASSIGN(lines, contracts.lines(id));
    CW_TRY_ASSIGN(pages, contracts.pages(id));
    CW_TRY_ASSIGN(cells, m_session.store().annotations().cells(id));
    m_contract = std::move(contract);
    m_text = std::move(text);
    m_lines = std::move(lines);
    m_pages = std::move(pages);
    m_cells = std::move(cells);
    m_ranges = std::make_unique<TextRanges>(m_text);
    m_draft.clear();
    m_current = static_cast<int>(m_cells.size()) - 1;
    m_current = std::max(0, nextOpen(1));
    m_undo.activate(id);
    Q_EMIT opened();
    return {};
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
    Q_EMIT currentChanged();
}

int AnnotationDesk::openCount() const {
    return static_cast<int>(std::count_if(m_cells.begin(), m_cells.end(), [](const Cell& cell) { return !cell.isReviewed(); }));
}

int AnnotationDesk::nextOpen(int step) const {
    const int count = static_cast<int>(m_cells.size());
    for (int i = 1; i <= count; ++i) {
        const int at = ((m_current + step * i) % count + count) % count;
        if (!m_cells[static_cast<size_t>(at)].isReviewed())
            return at;
    }
    return -1;
}

std::vector<ByteRange> AnnotationDesk::evidence() const {
    if (hasDraft())
        return m_draft;
    std::vector<ByteRange> saved;
    for (const Span& span : cell().spans)
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
    if (m_nextIsNew || m_draft.empty())
        m_draft.push_back(whole);
    else
        m_draft.back() = whole;
    m_nextIsNew = false;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::addFragment() {
    if (!hasDraft())
        m_draft = evidence();
    m_nextIsNew = true;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::removeFragment(size_t index) {
    std::vector<ByteRange> left = evidence();
    if (left.size() < 2) // the last piece of evidence goes with the decision, not by itself
        return;
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
    m_draft = left;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::changeActive(ByteRange range) {
    if (!hasDraft())
        m_draft = evidence();
    m_draft.back() = range;
    m_nextIsNew = false;
    Q_EMIT evidenceChanged();
}

void AnnotationDesk::trimFirstWord() {
    if (const ByteRange active = activeFragment(); !active.empty())
        changeActive(m_ranges->withoutFirstWord(active));
}

void AnnotationDesk::trimLastWord() {
    if (const ByteRange active = activeFragment(); !active.empty())
        changeActive(m_ranges->withoutLastWord(active));
}

void AnnotationDesk::dropDraft() {
    m_draft.clear();
    m_nextIsNew = true;
    Q_EMIT evidenceChanged();
}

std::optional<ClauseValue> AnnotationDesk::proposedValue() const {
    const std::string words = evidenceText();
    return words.empty() ? std::nullopt : valueFromEvidence(type(), words, m_contract.language);
}

std::vector<Span> AnnotationDesk::spans() const {
    std::vector<Span> out;
    for (const ByteRange range : inOrder(evidence()))
        out.push_back({range, m_text.substr(range.begin, range.size())});
    return out;
}

Cell AnnotationDesk::blankCell() const {
    Cell cell;
    cell.clause = type().key;
    return cell;
}

Status AnnotationDesk::accept(const ClauseValue& value) {
    if (evidence().empty())
        return Error{ErrorCode::BadUsage, toStdString(tr("A present clause needs its evidence.")),
                     toStdString(tr("Select it on the page, or press Space to take the sentence at the caret."))};
    Cell cell = blankCell();
    cell.state = CellState::Present;
    cell.spans = spans();
    cell.value = value;
    return decide(std::move(cell), tr("present"));
}

Status AnnotationDesk::markAbsent() {
    Cell cell = blankCell();
    cell.state = CellState::Absent;
    return decide(std::move(cell), tr("absent"));
}

Status AnnotationDesk::markUnsure(const ClauseValue& value) {
    Cell cell = this->cell();
    if (!evidence().empty()) {
        cell.state = CellState::Present;
        cell.spans = spans();
        cell.value = value;
    }
    cell.flags.unsure = true;
    return decide(std::move(cell), tr("unsure"));
}

Status AnnotationDesk::clear() { return decide(blankCell(), tr("cleared")); }

Status AnnotationDesk::markGroupAbsent() {
    std::vector<Cell> cells;
    for (size_t i = 0; i < m_cells.size(); ++i) {
        const ClauseType& at = taxonomy().types()[i];
        if (at.group != type().group || m_cells[i].state != CellState::NotReviewed)
            continue;
        Cell cell;
        cell.clause = at.key;
        cell.state = CellState::Absent;
        cells.push_back(cell);
    }
    if (cells.empty())
        return {};
    m_draft.clear();
    const ClauseGroup* group = taxonomy().group(type().group);
    return m_undo.setCells(m_contract.id, cells, tr("%1: %2 clauses absent").arg(toQString(group->title)).arg(cells.size()));
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
    CW_TRY_ASSIGN(cells, m_session.store().annotations().cells(m_contract.id));
    m_cells = std::move(cells);
    Q_EMIT cellsChanged();
    return {};
}

} // namespace cw
