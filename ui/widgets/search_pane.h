// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The corpus search on the library page: how many contracts answer, the clause whose states part them, and the hits. GUI thread.
#pragma once

#include "ui/models/search_result_model.h"

#include <QWidget>

class QLabel;
class QListView;
class QStackedWidget;

namespace cw {

class ChoiceButton;
class EmptyState;
class KeyButton;
class SegmentedControl;

class SearchPane : public QWidget {
    Q_OBJECT

public:
    explicit SearchPane(QWidget* parent = nullptr);

    void setTaxonomy(const Taxonomy* taxonomy);
    // The clause and the state that a person chose, and how many contracts to show.
    SearchRequest request() const;
    void startOver();  // the first contracts again
    void clearState(); // contracts in any state of the clause

    void showNothing(); // nothing was asked yet
    void showResult(const SearchRequest& request, SearchResult result);
    void showFailure(const Error& error);

    QListView* list() const { return m_list; }
    const SearchResultModel& model() const { return m_model; }

Q_SIGNALS:
    void requestChanged(); // clause, state or number of contracts
    void targetChosen(const cw::ContractId& contract, cw::ByteRange place, const QString& clause);
    void filtersToClear();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    void makeList();
    void showCounts();
    void openRow(const QModelIndex& index);
    void showMessage(const QString& headline, const QString& text, bool clearable);

    const Taxonomy* m_taxonomy = nullptr;
    SearchResultModel m_model;
    size_t m_contracts = 0; // to show at most
    QLabel* m_count = nullptr;
    ChoiceButton* m_clause = nullptr;
    SegmentedControl* m_states = nullptr;
    QStackedWidget* m_stack = nullptr;
    QListView* m_list = nullptr;
    EmptyState* m_message = nullptr;
    KeyButton* m_clear = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace cw
