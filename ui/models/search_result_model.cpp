// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/search_result_model.h"

#include "app/services/result_qt.h"
#include "core/taxonomy/taxonomy.h"
#include "ui/models/display_title.h"

#include <QLocale>

#include <algorithm>

namespace cw {

namespace {

constexpr int kHitsShown = 3; // of a contract, until a person asks for more

QString piece(const std::string& text, size_t begin, size_t end) {
    return QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(end - begin));
}

std::vector<SearchResultModel::Piece> piecesOf(const Snippet& snippet) {
    std::vector<SearchResultModel::Piece> pieces;
    size_t at = 0;
    for (const ByteRange mark : snippet.marks) {
        if (mark.begin > at)
            pieces.push_back({piece(snippet.text, at, mark.begin), false});
        pieces.push_back({piece(snippet.text, mark.begin, mark.end), true});
        at = mark.end;
    }
    if (at < snippet.text.size())
        pieces.push_back({piece(snippet.text, at, snippet.text.size()), false});
    return pieces;
}

} // namespace

SearchResultModel::ClauseNames SearchResultModel::namesOf(const std::string& clause) const {
    const ClauseType* type = m_taxonomy->find(clause);
    if (!type)
        return {};
    const ClauseGroup* group = m_taxonomy->group(type->group);
    return {toQString(m_taxonomy->code(clause)), group ? toQString(group->letter) : QString(), toQString(type->title)};
}

SearchResultModel::Row SearchResultModel::contractRow(int contract) const {
    const ContractHits& hits = m_result.contracts[static_cast<size_t>(contract)];
    Row row;
    row.contract = contract;
    row.text = displayTitle(hits.title);
    row.detail = hits.places == 1 ? tr("1 place") : tr("%1 places").arg(QLocale().toString(hits.places));
    if (!m_request.clause.empty()) {
        row.sign = cellSign(hits.state, hits.flags);
        row.signWord = cellSignWord(*row.sign);
    }
    return row;
}

SearchResultModel::Row SearchResultModel::hitRow(int contract, int hit) const {
    const SearchHit& of = m_result.contracts[static_cast<size_t>(contract)].hits[static_cast<size_t>(hit)];
    Row row;
    row.kind = Kind::Hit;
    row.contract = contract;
    row.hit = hit;
    row.text = toQString(of.snippet.text);
    row.pieces = piecesOf(of.snippet);
    if (of.page >= 0)
        row.detail = tr("p %1").arg(of.page + 1);
    if (!of.clauses.empty()) {
        const ClauseNames names = namesOf(of.clauses.front());
        row.code = names.code;
        row.letter = names.letter;
        row.clause = names.title;
    }
    return row;
}

void SearchResultModel::setResult(const Taxonomy& taxonomy, const SearchRequest& request, SearchResult result) {
    beginResetModel();
    m_taxonomy = &taxonomy;
    m_request = request;
    m_result = std::move(result);
    m_rows.clear();
    for (int contract = 0; contract < static_cast<int>(m_result.contracts.size()); ++contract) {
        const int hits = static_cast<int>(m_result.contracts[static_cast<size_t>(contract)].hits.size());
        m_rows.push_back(contractRow(contract));
        const int shown = hits <= kHitsShown + 1 ? hits : kHitsShown; // a row that hides one hit saves nothing
        for (int hit = 0; hit < shown; ++hit)
            m_rows.push_back(hitRow(contract, hit));
        if (shown < hits)
            m_rows.push_back({Kind::MoreHits, contract, shown, tr("%1 more in this contract").arg(hits - shown), {}, {}, {}, {}, {}, {}, {}});
    }
    if (const auto left = static_cast<qulonglong>(m_result.left()); left > 0)
        m_rows.push_back({Kind::MoreContracts, 0, 0, tr("Show more: %1 contracts are left").arg(QLocale().toString(left)), {}, {}, {}, {}, {}, {}, {}});
    endResetModel();
}

void SearchResultModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_result = {};
    m_request = {};
    endResetModel();
}

std::optional<SearchResultModel::Target> SearchResultModel::target(int row) const {
    const Row& of = at(row);
    if (of.kind != Kind::Contract && of.kind != Kind::Hit)
        return std::nullopt;
    const ContractHits& contract = m_result.contracts[static_cast<size_t>(of.contract)];
    Target target{contract.contract, {}, toQString(m_request.clause)};
    if (contract.hits.empty())
        return target;
    const SearchHit& hit = contract.hits[static_cast<size_t>(of.hit)];
    target.place = hit.snippet.places.front();
    if (target.clause.isEmpty() && !hit.clauses.empty())
        target.clause = toQString(hit.clauses.front());
    return target;
}

void SearchResultModel::expand(int row) {
    const Row more = at(row);
    if (more.kind != Kind::MoreHits)
        return;
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    const int hits = static_cast<int>(m_result.contracts[static_cast<size_t>(more.contract)].hits.size());
    std::vector<Row> rows;
    for (int hit = more.hit; hit < hits; ++hit)
        rows.push_back(hitRow(more.contract, hit));
    beginInsertRows({}, row, row + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + row, rows.begin(), rows.end());
    endInsertRows();
}

int SearchResultModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

QString SearchResultModel::spoken(const Row& row) const {
    QStringList parts{row.text};
    if (!row.detail.isEmpty())
        parts << row.detail;
    if (row.sign)
        parts << tr("%1 %2").arg(namesOf(m_request.clause).title, row.signWord);
    if (row.kind == Kind::Hit)
        parts << (row.clause.isEmpty() ? tr("in no clause") : tr("in %1").arg(row.clause));
    return parts.join(QStringLiteral(", "));
}

QVariant SearchResultModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Row& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::AccessibleTextRole:
        return spoken(row);
    case Qt::ToolTipRole:
        return row.kind == Kind::Hit && !row.clause.isEmpty() ? tr("In a span of %1 %2").arg(row.code, row.clause) : QVariant();
    default:
        return {};
    }
}

} // namespace cw
