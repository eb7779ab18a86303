// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/example_list_model.h"

#include "app/services/result_qt.h"

#include <algorithm>
#include <map>

namespace cw {

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

void ExampleListModel::setExamples(std::vector<CellPair> examples, Rules rules, ExampleWords words) {
    m_examples = std::move(examples);
    m_rules = rules;
    m_words = std::move(words);
    setKind({});
}

void ExampleListModel::setKind(std::optional<ErrorKind> kind) {
    beginResetModel();
    m_kind = kind;
    m_shown.clear();
    for (size_t i = 0; i < m_examples.size(); ++i)
        if (!kind || scoreOf(*m_examples[i].shown, m_rules).kind == *kind)
            m_shown.push_back(i);
    endResetModel();
}

std::vector<std::pair<ErrorKind, int>> ExampleListModel::kinds() const {
    std::map<ErrorKind, int> counts;
    for (const CellPair& example : m_examples)
        ++counts[scoreOf(*example.shown, m_rules).kind];
    std::vector<std::pair<ErrorKind, int>> kinds(counts.begin(), counts.end());
    std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return kinds;
}

const CellPair* ExampleListModel::example(int row) const {
    return row >= 0 && row < rowCount() ? &m_examples[m_shown[static_cast<size_t>(row)]] : nullptr;
}

std::vector<const ScoredCell*> ExampleListModel::shownCells() const {
    std::vector<const ScoredCell*> cells;
    for (const size_t at : m_shown)
        cells.push_back(m_examples[at].shown);
    return cells;
}

int ExampleListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_shown.size()); }

QVariant ExampleListModel::data(const QModelIndex& index, int role) const {
    const CellPair* example = this->example(index.row());
    if (!example)
        return {};
    const ScoredCell& cell = *example->shown;
    const auto excerpt = [&cell] {
        const QString side = cell.gold ? tr("gold: %1") : cell.predicted ? tr("invented: %1") : tr("no answer: %1");
        return side.arg(findingWords(cell.gold ? cell.gold : cell.predicted).left(400).simplified());
    };
    const FlipVerdict verdict = verdictOf(*example, m_rules);
    const auto page = [this, &cell] {
        const int number = m_words.pageOf ? m_words.pageOf(cell) : 0;
        return number > 0 ? tr("p %1").arg(number) : QString();
    };
    switch (role) {
    case Qt::DisplayRole:
        return m_words.titleOf(cell.contract);
    case KindRole:
        return kindWords(scoreOf(cell, m_rules).kind);
    case ExcerptRole:
        return excerpt();
    case VerdictRole:
        return verdictWords(verdict);
    case VerdictCodeRole:
        return static_cast<int>(verdict);
    case PageRole:
        return page();
    case Qt::AccessibleTextRole: {
        QStringList words{m_words.titleOf(cell.contract), kindWords(scoreOf(cell, m_rules).kind), verdictWords(verdict), page(), excerpt().left(160)};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace cw
