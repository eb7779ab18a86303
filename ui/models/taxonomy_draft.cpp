// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/taxonomy_draft.h"

#include "app/services/result_qt.h"
#include "ui/models/value_words.h"

#include <algorithm>

namespace cw {

namespace {

bool isEmpty(const EditTexts& texts) { return !texts.title && !texts.guideline && !texts.example && !texts.searchTerms; }

// What `texts` says that `type` doesn't say already.
EditTexts differing(EditTexts texts, const ClauseType& type) {
    if (texts.title == type.title)
        texts.title.reset();
    if (texts.guideline == type.guideline)
        texts.guideline.reset();
    if (texts.example == type.example)
        texts.example.reset();
    if (texts.searchTerms == type.searchTerms)
        texts.searchTerms.reset();
    return texts;
}

void overwrite(EditTexts& texts, const EditTexts& with) {
    texts.title = with.title ? with.title : texts.title;
    texts.guideline = with.guideline ? with.guideline : texts.guideline;
    texts.example = with.example ? with.example : texts.example;
    texts.searchTerms = with.searchTerms ? with.searchTerms : texts.searchTerms;
}

void overwrite(ClauseType& type, const EditTexts& with) {
    type.title = with.title.value_or(type.title);
    type.guideline = with.guideline.value_or(type.guideline);
    type.example = with.example.value_or(type.example);
    type.searchTerms = with.searchTerms.value_or(type.searchTerms);
}

} // namespace

void TaxonomyDraft::start(const Taxonomy& taxonomy, std::map<std::string, TypeUse> uses, int contracts) {
    m_base = taxonomy;
    m_uses = std::move(uses);
    m_contracts = contracts;
    (void)take({});
}

const ClauseType* TaxonomyDraft::type(const std::string& key) const {
    const ClauseType* used = m_draft.find(key);
    return used ? used : m_draft.findRetired(key);
}

Status TaxonomyDraft::take(TaxonomyChange change) {
    Taxonomy draft = m_base;
    if (!change.empty()) {
        CW_TRY_ASSIGN(applied, apply(m_base, change));
        draft = std::move(applied);
    }
    m_draft = std::move(draft);
    m_change = std::move(change);
    layOut();
    Q_EMIT changed();
    return {};
}

Status TaxonomyDraft::add(const std::vector<TaxonomyEdit>& edits) {
    TaxonomyChange change = m_change;
    change.edits.insert(change.edits.end(), edits.begin(), edits.end());
    return take(std::move(change));
}

Status TaxonomyDraft::setTexts(const EditTexts& texts) {
    TaxonomyChange change = m_change;
    for (auto edit = change.edits.begin(); edit != change.edits.end(); ++edit) {
        if (auto* added = std::get_if<AddType>(&*edit); added && added->type.key == texts.key) {
            overwrite(added->type, texts);
            return take(std::move(change));
        }
        if (auto* before = std::get_if<EditTexts>(&*edit); before && before->key == texts.key) {
            overwrite(*before, texts);
            *before = m_base.find(texts.key) ? differing(*before, *m_base.find(texts.key)) : *before;
            if (isEmpty(*before))
                change.edits.erase(edit);
            return take(std::move(change));
        }
    }
    const ClauseType* type = m_draft.find(texts.key);
    const EditTexts news = type ? differing(texts, *type) : texts;
    return isEmpty(news) ? Status() : add({news});
}

Status TaxonomyDraft::setCodes(const std::string& key, const std::vector<std::string>& codes) {
    TaxonomyChange change = m_change;
    for (auto edit = change.edits.begin(); edit != change.edits.end(); ++edit) {
        if (auto* added = std::get_if<AddType>(&*edit); added && added->type.key == key) {
            added->type.codes = codes;
            return take(std::move(change));
        }
        if (const auto* before = std::get_if<ChangeCodes>(&*edit); before && before->key == key) {
            change.edits.erase(edit);
            break;
        }
    }
    const ClauseType* type = m_base.find(key) ? m_base.find(key) : m_base.findRetired(key);
    if (!type || type->codes == codes)
        return take(std::move(change));
    ChangeCodes edit{key, codes, {}};
    for (size_t i = 0; i < codes.size() && codes.size() == type->codes.size(); ++i)
        if (const auto& old = type->codes[i]; codes[i] != old && std::find(codes.begin(), codes.end(), old) == codes.end())
            edit.renamed[old] = codes[i];
    change.edits.push_back(std::move(edit));
    return take(std::move(change));
}

Status TaxonomyDraft::move(const MoveType& move) {
    TaxonomyChange change = m_change;
    if (const auto* last = change.empty() ? nullptr : std::get_if<MoveType>(&change.edits.back()); last && last->key == move.key)
        change.edits.pop_back();
    change.edits.push_back(move);
    return take(std::move(change));
}

void TaxonomyDraft::takeBack() {
    if (m_change.empty())
        return;
    TaxonomyChange change = m_change;
    change.edits.pop_back();
    (void)take(std::move(change)); // what was legal before the last edit still is
}

void TaxonomyDraft::discard() { (void)take({}); }

std::string TaxonomyDraft::freeKey(const QString& title) const {
    std::string stem;
    for (const QChar c : title.toLower().normalized(QString::NormalizationForm_D)) {
        const bool legal = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
        if (legal)
            stem += c.toLatin1();
        else if (c.isSpace() || c == QLatin1Char('-') || c == QLatin1Char('/'))
            stem += stem.empty() || stem.back() == '_' ? "" : "_";
    }
    while (!stem.empty() && stem.back() == '_')
        stem.pop_back();
    if (stem.empty())
        stem = "type";
    std::string key = stem;
    for (int i = 2; type(key); ++i)
        key = stem + "_" + std::to_string(i);
    return key;
}

int TaxonomyDraft::rowOf(const std::string& key) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return !key.empty() && row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void TaxonomyDraft::layOut() {
    beginResetModel();
    m_rows.clear();
    for (const ClauseGroup& group : m_draft.groups()) {
        m_rows.push_back({{}, toQString(group.title), toQString(group.letter), false});
        for (const ClauseType& type : m_draft.types())
            if (type.group == group.key)
                m_rows.push_back({type.key, toQString(type.title), toQString(group.letter), false});
    }
    if (!m_draft.retired().empty())
        m_rows.push_back({{}, tr("Retired"), {}, true});
    for (const ClauseType& type : m_draft.retired())
        m_rows.push_back({type.key, toQString(type.title), {}, true});
    endResetModel();
}

int TaxonomyDraft::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
int TaxonomyDraft::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

Qt::ItemFlags TaxonomyDraft::flags(const QModelIndex& index) const {
    const bool group = index.isValid() && m_rows[static_cast<size_t>(index.row())].key.empty();
    return group ? Qt::ItemFlags(Qt::NoItemFlags) : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

std::optional<int> TaxonomyDraft::countOf(const Row& row, int column) const {
    const auto found = m_uses.find(row.key);
    const TypeUse use = found == m_uses.end() ? TypeUse() : found->second;
    if (row.key.empty())
        return std::nullopt;
    switch (column) {
    case Present:
        return use.present;
    case Absent:
        return use.absent;
    case Open:
        return m_contracts - use.present - use.absent;
    default:
        return std::nullopt;
    }
}

QVariant TaxonomyDraft::typeData(const Row& row, int column) const {
    switch (column) {
    case Code:
        return row.retired ? QString() : toQString(m_draft.code(row.key));
    case Title:
        return row.title;
    case Kind:
        return kindInWords(type(row.key)->kind);
    default:
        return *countOf(row, column);
    }
}

QVariant TaxonomyDraft::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.key.empty() ? (index.column() == Code ? QVariant(row.title) : QVariant()) : typeData(row, index.column());
    case Qt::AccessibleTextRole:
        return row.key.empty() ? row.title
                               : tr("%1 %2, %3 present, %4 absent, %5 open")
                                     .arg(row.retired ? tr("retired") : toQString(m_draft.code(row.key)), row.title)
                                     .arg(*countOf(row, Present)).arg(*countOf(row, Absent)).arg(*countOf(row, Open));
    case Qt::ToolTipRole:
        return index.column() == Title ? toQString(row.key) : QString();
    case Qt::TextAlignmentRole:
        return int((index.column() >= Present ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case MutedRole:
        return row.retired || index.column() == Kind || countOf(row, index.column()) == 0;
    case KeyRole:
        return toQString(row.key);
    case LetterRole:
        return row.letter;
    case RetiredRole:
        return row.retired;
    default:
        return {};
    }
}

QVariant TaxonomyDraft::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Present ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const QString names[] = {tr("Key"), tr("Clause type"), tr("Value"), tr("Present"), tr("Absent"), tr("Open")};
    return role == Qt::DisplayRole && section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

} // namespace cw
