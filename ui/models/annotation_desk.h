// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The contract on the annotator's desk: its text and cells, the current clause, the evidence being chosen, and the decisions. No widgets;
// GUI thread.
//
// Evidence is a draft until it is accepted: selecting changes nothing in the store. A draft is a list of fragments of which the last is
// the active one; a new selection replaces the active fragment, and addFragment begins another. A selection over a page break leaves out
// the page's foot and the next one's head, so its fragment has several pieces. Where nothing is drafted or saved, the
// evidence is that of the suggestion, if one is shown. Each decision keeps what was looked for, which suggestion was shown and how long
// the clause was looked at.
#pragma once

#include "app/services/undo/undo_service.h"
#include "core/eval/agreement.h"
#include "core/extraction/derive.h"
#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "core/model/suggestion.h"
#include "core/text/find_terms.h"
#include "core/text/text_ranges.h"

#include <QElapsedTimer>
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

    // Lays a contract on the desk, at its first open clause, in the reading that this person works in. A failure leaves the desk as it was.
    Status open(const ContractId& contract);
    bool isOpen() const { return m_ranges != nullptr; }

    const Contract& contract() const { return m_contract; }
    Reading reading() const { return m_reading; }
    const std::string& text() const { return m_text; }
    const TextRanges& ranges() const { return *m_ranges; }
    const std::vector<LineBox>& lines() const { return m_lines; }
    const std::vector<TextMark>& textMarks() const { return m_textMarks; }
    bool hasDocumentNotes() const { return !m_textMarks.empty() || !m_readerNotes.empty(); } // that notesOf puts into words
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
    // In which order open clauses follow each other: as listed, or those first of which the suggestions are least sure (no suggestion is
    // the least sure of all).
    enum class Order { Listed, LeastSure };
    void setOrder(Order order) { m_order = order; }
    Order order() const { return m_order; }
    // The next (step 1) or previous (step -1) open clause, round the end; -1: none is open but perhaps the current one.
    int nextOpen(int step) const;

    // What the current type's search terms hit in the text.
    const std::vector<TermHits>& hits() const { return m_hits; }
    // The hit in the sentence that speaks most likely of the type: where to begin to read. Empty: there is none.
    ByteRange likeliestHit() const;

    // The suggestion that a clause shows: nobody has decided on it, and it is not one that is kept blind.
    const Suggestion* suggestionFor(int clause) const;
    const Suggestion* suggestion() const { return suggestionFor(m_current); }

    // The draft's fragments, else the saved spans of the current clause, else the suggestion's.
    std::vector<ByteRange> evidence() const;
    std::string evidenceText() const; // the fragments joined by spaces
    bool hasDraft() const { return !m_draft.empty(); }
    // The last fragment, of several pieces the last one. Empty: there is none.
    ByteRange activeFragment() const;
    void select(ByteRange range); // snapped to words, without page heads and feet; an empty range is ignored
    void addFragment();           // the next selection is a further fragment
    void removeFragment(size_t index);
    void trimFirstWord();
    void trimLastWord();
    void dropDraft();

    // What the evidence reads as, for the current type; the suggestion's value where its evidence is what is shown.
    std::optional<ClauseValue> proposedValue() const;

    // The two dates that the evidence may state, where nothing in the contract tells whether the day or the month stands first.
    std::optional<EitherDate> eitherDate() const;

    // The two finished readings of the current clause where they differ and nobody has decided between them yet.
    struct Conflict {
        Cell first, second;
        CellComparison comparison;
    };
    std::optional<Conflict> conflict() const;
    Status takeReading(Reading reading); // First or Second becomes the record's

    bool isFinished() const { return m_isFinished; }
    // Says that nothing is left to decide. BadUsage names clauses that are; gives those in which two finished readings differ.
    Result<std::vector<std::string>> finish();

    // Decisions on the current clause; each is saved before it returns. `accept` needs evidence, or a suggestion that the clause is absent.
    // None moves on.
    Status accept(const ClauseValue& value);
    Status markAbsent();
    Status markUnsure(const ClauseValue& value);
    Status clear(); // the note stays
    Status setNote(int clause, const std::string& note);
    // What markGroupAbsent would decide: the clauses of the current one's group that nobody touched. A flagged one waits for a person.
    struct Untouched {
        std::vector<int> clauses;
        int withHits = 0, suggestedPresent = 0; // of these: some term is in the contract; a suggestion says present
    };
    Untouched untouchedOfGroup() const;
    // They all become absent, each with what was looked for: one step of undo. Gives how many.
    Result<int> markGroupAbsent();

Q_SIGNALS:
    void opened();
    void currentChanged();
    void cellsChanged();
    void evidenceChanged();
    void lost(const cw::Error& error); // the contract can't be shown to this person any more: close the desk
    void readingsChanged(); // finished, reopened, or to be adjudicated now

private:
    Status reloadCells();
    void takeCellChange(const ContractId& contract);
    void readSuggestions();
    Status readReadings();
    void takeReadingsChange();
    void beginClause();
    std::vector<int> openClauses() const; // in the order of work
    Status decide(Cell cell, const QString& word);
    Cell decisionOn(int clause, CellState state) const;
    std::vector<TermHits> hitsOf(int clause) const;
    std::vector<Span> spans() const;
    void beginDraft();
    void changePiece(size_t index, ByteRange range);

    StoreSession& m_session;
    UndoService& m_undo;
    Contract m_contract;
    std::string m_text;
    std::optional<DateOrder> m_dateOrder; // of the contract's numeric dates
    std::unique_ptr<TextRanges> m_ranges;
    std::vector<LineBox> m_lines;
    std::vector<PageSize> m_pages;
    std::vector<TextMark> m_textMarks;
    std::vector<ReaderNote> m_readerNotes;
    std::vector<Cell> m_cells;
    std::vector<std::optional<Suggestion>> m_suggestions; // in taxonomy order, those that may be shown
    std::vector<Cell> m_first, m_second; // finished readings, in taxonomy order; empty: they were not compared
    bool m_isFinished = false;
    std::vector<TermHits> m_hits;
    QElapsedTimer m_looking; // since the current clause came
    Reading m_reading = Reading::Record;
    Order m_order = Order::Listed;
    int m_current = 0;
    std::vector<ByteRange> m_furniture; // heads and feet of the pages
    std::vector<ByteRange> m_draft;     // in the order in which they were chosen
    size_t m_activePieces = 1;          // how many at its end are one selection
    bool m_nextIsNew = true;        // the next selection begins a fragment
};

} // namespace cw
