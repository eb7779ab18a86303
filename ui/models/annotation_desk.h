// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The contract on the annotator's desk: its text and cells, the current clause, the evidence being chosen, and the decisions. No widgets;
// GUI thread.
//
// Evidence is a draft until it is accepted: selecting changes nothing in the store. A draft is a list of fragments of which the last is
// the active one; a new selection replaces the active fragment, and addFragment begins another.
#pragma once

#include "app/services/undo/undo_service.h"
#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "ui/models/text_ranges.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cw {

class AnnotationDesk : public QObject {
    Q_OBJECT

public:
    // Both outlive it.
    AnnotationDesk(StoreSession& session, UndoService& undo, QObject* parent = nullptr);

    // Lays a contract on the desk, at its first open clause. A failure leaves the desk as it was.
    Status open(const ContractId& contract);
    bool isOpen() const { return m_ranges != nullptr; }

    const Contract& contract() const { return m_contract; }
    const std::string& text() const { return m_text; }
    const TextRanges& ranges() const { return *m_ranges; }
    const std::vector<LineBox>& lines() const { return m_lines; }
    const std::vector<PageSize>& pages() const { return m_pages; }
    int pageOf(size_t offset) const; // from 0; -1: the place lies on no page

    const Taxonomy& taxonomy() const { return m_session.taxonomy(); }
    bool viewOnly() const { return m_session.viewOnly(); }
    const std::vector<Cell>& cells() const { return m_cells; } // in taxonomy order
    int current() const { return m_current; }
    const Cell& cell() const { return m_cells[static_cast<size_t>(m_current)]; }
    const ClauseType& type() const { return taxonomy().types()[static_cast<size_t>(m_current)]; }
    void setCurrent(int index);

    int openCount() const; // clauses that are not reviewed, flagged ones among them
    // The next (step 1) or previous (step -1) open clause, round the end; -1: none is open but perhaps the current one.
    int nextOpen(int step) const;

    // The draft's fragments, else the saved spans of the current clause.
    std::vector<ByteRange> evidence() const;
    std::string evidenceText() const; // the fragments joined by spaces
    bool hasDraft() const { return !m_draft.empty(); }
    // The last fragment: what trimming and extending work on. Empty: there is none.
    ByteRange activeFragment() const;
    void select(ByteRange range); // snapped to words; an empty range is ignored
    void addFragment();           // the next selection is a further fragment
    void removeFragment(size_t index);
    void trimFirstWord();
    void trimLastWord();
    void dropDraft();

    // What the evidence reads as, for the current type.
    std::optional<ClauseValue> proposedValue() const;

    // Decisions on the current clause; each is saved before it returns. `accept` needs evidence. None moves on.
    Status accept(const ClauseValue& value);
    Status markAbsent();
    Status markUnsure(const ClauseValue& value);
    Status clear();
    // All open clauses of the current clause's group become absent: one step of undo.
    Status markGroupAbsent();

Q_SIGNALS:
    void opened();
    void currentChanged();
    void cellsChanged();
    void evidenceChanged();

private:
    Status reloadCells();
    void takeCellChange(const ContractId& contract);
    Status decide(Cell cell, const QString& word);
    Cell blankCell() const;
    std::vector<Span> spans() const;
    void changeActive(ByteRange range);

    StoreSession& m_session;
    UndoService& m_undo;
    Contract m_contract;
    std::string m_text;
    std::unique_ptr<TextRanges> m_ranges;
    std::vector<LineBox> m_lines;
    std::vector<PageSize> m_pages;
    std::vector<Cell> m_cells;
    int m_current = 0;
    std::vector<ByteRange> m_draft; // in the order in which they were chosen
    bool m_nextIsNew = true;        // the next selection begins a fragment
};

} // namespace cw
