// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The wrong cells behind one cell of the error matrix, as two lines each, in the order that was asked for; chips narrow them to one kind.
// GUI thread.
#pragma once

#include "core/eval/error_matrix.h"
#include "ui/models/error_words.h"

#include <QAbstractListModel>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace cw {

// What the list says of a contract.
struct ExampleWords {
    std::function<QString(const ContractId&)> titleOf;
    std::function<int(const ScoredCell&)> pageOf; // from 1; 0: not known. May be empty
};

class ExampleListModel : public QAbstractListModel {
    Q_OBJECT

public:
    // The error kind in words; the second line; the verdict in words, or nothing; the FlipVerdict as int; "p 17", or nothing.
    enum Role { KindRole = Qt::UserRole, ExcerptRole, VerdictRole, VerdictCodeRole, PageRole };

    using QAbstractListModel::QAbstractListModel;
    // The cells must outlive the model's use of them. Shows every kind.
    void setExamples(std::vector<CellPair> examples, Rules rules, ExampleWords words);
    void setKind(std::optional<ErrorKind> kind); // nothing: every kind
    std::optional<ErrorKind> kind() const { return m_kind; }
    // The kinds of all examples, the most frequent first.
    std::vector<std::pair<ErrorKind, int>> kinds() const;
    int examplesOfAllKinds() const { return static_cast<int>(m_examples.size()); }

    const CellPair* example(int row) const; // of the rows that are shown
    std::vector<const ScoredCell*> shownCells() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<CellPair> m_examples;
    std::vector<size_t> m_shown;
    std::optional<ErrorKind> m_kind;
    Rules m_rules = Rules::Strict;
    ExampleWords m_words;
};

QString findingWords(const std::optional<Finding>& finding); // its quotes and value as lines of text; "absent (null)"

} // namespace cw
