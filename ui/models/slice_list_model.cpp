// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/slice_list_model.h"

#include "app/services/result_qt.h"
#include "ui/models/score_words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>

namespace cw {

void SliceListModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void SliceListModel::setReport(const SliceReport& report, const Taxonomy& taxonomy) {
    beginResetModel();
    m_rows.clear();
    m_whole = report.all.accuracy.rate.value_or(0);
    addFound(report, taxonomy);
    addSlices(report);
    addGaps(report);
    double least = m_whole;
    for (const Row& row : m_rows)
        if (row.kind == Kind::Slice && !row.few)
            least = std::min(least, row.interval ? (*row.interval)[0] : row.rate.value_or(least));
    m_from = std::max(0.0, std::floor(least * 20 - 0.5) / 20);
    endResetModel();
}

void SliceListModel::addFound(const SliceReport& report, const Taxonomy& taxonomy) {
    if (!report.findings.found.empty())
        m_rows.push_back({Kind::Heading, tr("Worse than the rest (%1 tested)").arg(QLocale().toString(report.findings.tested)), 0, {}, {}, false, {}, {}});
    for (const FoundSlice& found : report.findings.found) {
        const QString note = tr("wrong %1 %, else %2 %").arg(percentText(found.errorRate()), percentText(found.otherRate()));
        const QString title = conditionsTitle(found.conditions, taxonomy);
        m_rows.push_back({Kind::Found, title.left(1).toUpper() + title.mid(1), found.contracts, 1 - found.errorRate(), {}, false, note, found.conditions});
    }
}

void SliceListModel::addSlices(const SliceReport& report) {
    std::optional<Facet> facet;
    for (const SliceScore& slice : report.slices) {
        if (slice.slice.facet != facet)
            m_rows.push_back({Kind::Heading, facetTitle(slice.slice.facet), 0, {}, {}, false, {}, {}});
        facet = slice.slice.facet;
        m_rows.push_back({Kind::Slice, sliceTitle(slice.slice), slice.contracts, slice.accuracy.rate, slice.accuracy.interval, slice.few(), {},
                          {{CellCondition::Of::Contract, slice.slice.facet, slice.slice.value}}});
    }
}

void SliceListModel::addGaps(const SliceReport& report) {
    if (!report.gaps.empty())
        m_rows.push_back({Kind::Heading, tr("Distribution shift"), 0, {}, {}, false, {}, {}});
    for (const SliceGap& gap : report.gaps)
        m_rows.push_back({Kind::Gap, tr("%1 against %2").arg(sliceTitle(gap.first.slice), sliceTitle(gap.second.slice)), gap.first.contracts, gap.gap, gap.interval,
                          gap.first.few() || gap.second.few(), tr("%1 and %2 contracts").arg(gap.first.contracts).arg(gap.second.contracts), {}});
}

int SliceListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

QVariant SliceListModel::data(const QModelIndex& index, int role) const {
    const Row& of = row(index.row());
    if (role == Qt::DisplayRole)
        return of.title;
    if (role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    if (of.kind == Kind::Heading)
        return of.title;
    QStringList words{of.title};
    if (of.kind == Kind::Gap) {
        words << tr("%1 points of accuracy").arg(pointsText(*of.rate));
        words << of.note;
    } else {
        words << tr("%1 contracts").arg(of.contracts);
        words << (of.rate ? tr("accuracy %1 %").arg(percentText(*of.rate)) : tr("no data"));
        if (!of.note.isEmpty())
            words << of.note;
    }
    if (of.interval)
        words << tr("95 % interval %1").arg(intervalText(*of.interval));
    if (of.few)
        words << tr("too few contracts to say much");
    return words.join(QStringLiteral(", "));
}

Qt::ItemFlags SliceListModel::flags(const QModelIndex& index) const {
    return row(index.row()).kind == Kind::Heading ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

CellFilter filterOf(const std::vector<CellCondition>& conditions, const std::shared_ptr<const FacetTable>& facets, const Taxonomy& taxonomy) {
    std::map<std::string, std::pair<std::string, std::string>> clauses; // group and value kind
    for (const ClauseType& type : taxonomy.types())
        clauses[type.key] = {type.group, std::string(toString(type.kind))};
    const auto holds = [facets, clauses = std::move(clauses)](const CellCondition& condition, const ScoredCell& cell) {
        if (condition.of == CellCondition::Of::Contract) {
            const auto facts = facets->find(cell.contract);
            return facts != facets->end() && facts->second.contains({condition.facet, condition.value});
        }
        const auto clause = clauses.find(cell.clause);
        return clause != clauses.end() &&
               condition.value == (condition.of == CellCondition::Of::ClauseGroup ? clause->second.first : clause->second.second);
    };
    return [conditions, holds](const ScoredCell& cell) {
        return std::all_of(conditions.begin(), conditions.end(), [&](const CellCondition& condition) { return holds(condition, cell); });
    };
}

} // namespace cw
