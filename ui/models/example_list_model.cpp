// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/example_list_model.h"

#include "app/services/result_qt.h"

namespace cw {

QString kindWords(ErrorKind kind) { return toQString(toString(kind)).replace(QLatin1Char('_'), QLatin1Char(' ')); }

QString findingWords(const std::optional<Finding>& finding) {
    if (!finding)
        return ExampleListModel::tr("absent (null)");
    QStringList lines;
    for (const std::string& quote : finding->quotes)
        lines << toQString(quote);
    if (hasValue(finding->value))
        lines << ExampleListModel::tr("value: %1").arg(toQString(encodeValue(finding->value)));
    return lines.join(QStringLiteral("\n\n"));
}

void ExampleListModel::setExamples(std::vector<const ScoredCell*> examples, Rules rules, std::function<QString(const ContractId&)> titleOf) {
    beginResetModel();
    m_examples = std::move(examples);
    m_rules = rules;
    m_titleOf = std::move(titleOf);
    endResetModel();
}

const ScoredCell* ExampleListModel::example(int row) const {
    return row >= 0 && row < static_cast<int>(m_examples.size()) ? m_examples[static_cast<size_t>(row)] : nullptr;
}

int ExampleListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_examples.size()); }

QVariant ExampleListModel::data(const QModelIndex& index, int role) const {
    const ScoredCell* cell = example(index.row());
    if (!cell)
        return {};
    const CellScore& score = m_rules == Rules::Strict ? cell->strict : cell->compat;
    const QString side = cell->gold ? tr("gold: %1") : tr("invented: %1");
    const QString excerpt = side.arg(findingWords(cell->gold ? cell->gold : cell->predicted).simplified());
    switch (role) {
    case Qt::DisplayRole:
        return m_titleOf(cell->contract);
    case KindRole:
        return kindWords(score.kind);
    case ExcerptRole:
        return excerpt;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(m_titleOf(cell->contract), kindWords(score.kind), excerpt.left(160));
    default:
        return {};
    }
}

} // namespace cw
