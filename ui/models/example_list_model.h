// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The wrong cells behind one cell of the error matrix, as two lines each. GUI thread.
#pragma once

#include "core/eval/evaluation.h"

#include <QAbstractListModel>

#include <functional>
#include <vector>

namespace cw {

class ExampleListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole, ExcerptRole }; // the error kind in words; the second line

    using QAbstractListModel::QAbstractListModel;
    // The cells must outlive the model's use of them. `titleOf` names a contract.
    void setExamples(std::vector<const ScoredCell*> examples, Rules rules, std::function<QString(const ContractId&)> titleOf);
    const ScoredCell* example(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<const ScoredCell*> m_examples;
    Rules m_rules = Rules::Strict;
    std::function<QString(const ContractId&)> m_titleOf;
};

QString kindWords(ErrorKind kind);                           // "date order"
QString findingWords(const std::optional<Finding>& finding); // its quotes and value as lines of text; "absent (null)"

} // namespace cw
