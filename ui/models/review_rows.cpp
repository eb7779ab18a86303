// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/review_rows.h"

#include "app/services/result_qt.h"
#include "core/extraction/derive.h"
#include "ui/models/error_words.h"
#include "ui/models/value_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <map>
#include <string_view>

namespace cw {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Review", text); }

std::string quotesOf(const Finding& finding) {
    std::string out;
    for (const std::string& quote : finding.quotes)
        out += (out.empty() ? "" : "\n\n") + quote;
    return out;
}

// As the canonical form has it, a text without its quotation marks.
std::string valueOf(const Finding& finding) {
    const auto* text = std::get_if<std::string>(&finding.value);
    return text ? *text : encodeValue(finding.value);
}

ReviewSide sideOf(const std::optional<Finding>& finding) {
    ReviewSide side;
    side.present = finding.has_value();
    if (finding) {
        side.quotes = quotesOf(*finding);
        side.value = valueOf(*finding);
    }
    return side;
}

ReviewSide goldSide(const ScoredCell& cell) {
    ReviewSide side = sideOf(cell.gold);
    for (const Finding& alternative : cell.alternatives)
        side.accepted.push_back(hasValue(alternative.value) ? valueOf(alternative) : quotesOf(alternative));
    return side;
}

ReviewSide answerSide(const ScoredCell& cell, Rules rules, const std::string& raw) {
    ReviewSide side = sideOf(cell.predicted);
    side.score = scoreOf(cell, rules);
    side.valid = side.score.outcome != Outcome::Invalid;
    if (!side.valid) {
        side = {false, false, raw, {}, false, side.score};
        return side;
    }
    side.otherValue = side.value != (cell.gold ? valueOf(*cell.gold) : std::string()) || side.present != cell.gold.has_value();
    return side;
}

// Enough of an output that can't be read to see how it begins and where it broke off.
std::string bothEnds(const std::string& raw) {
    constexpr qsizetype kEnd = 240;
    const QString text = toQString(raw);
    if (text.size() <= 3 * kEnd)
        return raw;
    const QString between = tr("[%1 more characters]").arg(text.size() - 2 * kEnd);
    return toStdString(text.left(kEnd) + QStringLiteral(" \u2026\n") + between + QStringLiteral("\n\u2026 ") + text.right(kEnd));
}

using ByClause = std::map<std::string, const ScoredCell*>;

ByClause cellsOf(const Evaluation* evaluation, const ContractId& contract) {
    ByClause cells;
    if (evaluation)
        for (const ScoredCell& cell : evaluation->cells)
            if (cell.contract == contract)
                cells[cell.clause] = &cell;
    return cells;
}

bool saysTheGold(const ScoredCell& cell, Rules rules) { return scoreOf(cell, rules).right() && cell.predicted == cell.gold; }

bool allEqual(const ReviewRow& row, Rules rules) { return saysTheGold(*row.a, rules) && (row.sides.size() < 3 || (row.b && saysTheGold(*row.b, rules))); }

// A date that the contract states in numbers alone, with nothing in it that tells whether the day or the month stands first: an answer may be no
// worse than the gold then, and a gold without a value has its reason.
QString dateNote(const ReviewRow& row, std::string_view text) {
    for (const ReviewSide& side : row.sides) {
        const auto date = side.valid && side.present ? eitherDateFromText(side.quotes) : std::nullopt;
        if (!date || (!side.value.empty() && side.value != date->dayFirst && side.value != date->monthFirst))
            continue;
        if (text.empty() || voteOnDateOrder(text).order())
            return {};
        return tr("%1 or %2? Nothing in this contract tells whether the day or the month stands first. Look for a date in words, or ask who drew it up; "
                  "then fix the gold, or accept the other reading beside it.")
            .arg(dateInWords(date->dayFirst), dateInWords(date->monthFirst));
    }
    return {};
}

ReviewRow rowOf(const ReviewSheetSource& source, const ScoredCell& a, const ScoredCell* b) {
    ReviewRow row;
    row.key = a.clause;
    row.a = &a;
    row.b = b;
    row.title = toQString(a.clause);
    if (const ClauseType* type = source.taxonomy->find(a.clause)) {
        row.title = toQString(type->title);
        row.code = toQString(source.taxonomy->code(a.clause));
        row.letter = toQString(source.taxonomy->group(type->group)->letter);
        row.kind = kindInWords(type->kind);
    }
    row.sides = {goldSide(a), answerSide(a, source.rules, source.rawA)};
    if (source.b)
        row.sides.push_back(b ? answerSide(*b, source.rules, source.rawB) : ReviewSide{false, false, {}, {}, false, {}});
    if (const ClauseType* type = source.taxonomy->find(a.clause); type && type->kind == ValueKind::Date)
        row.note = dateNote(row, source.text);
    const ReviewedCell grouped = groupedCell(a, b, source.rules);
    row.group = grouped.group;
    row.suspectGold = grouped.suspectGold;
    return row;
}

QString excerpt(std::string_view text) {
    constexpr qsizetype kLongest = 300;
    const QString words = toQString(text).simplified();
    return words.size() <= kLongest ? words : words.left(kLongest) + QStringLiteral(" \u2026");
}

} // namespace

ReviewSheet reviewSheet(const ReviewSheetSource& source, const ScoredCell& chosen, bool allFields) {
    ReviewSheet sheet;
    sheet.columns = source.b ? 3 : 2;
    const ByClause ofA = cellsOf(source.a, chosen.contract), ofB = cellsOf(source.b, chosen.contract);
    const auto add = [&](const std::string& key) -> const ReviewRow* {
        const auto a = ofA.find(key), b = ofB.find(key);
        if (a == ofA.end())
            return nullptr;
        sheet.rows.push_back(rowOf(source, *a->second, b == ofB.end() ? nullptr : b->second));
        return &sheet.rows.back();
    };
    if (add(chosen.clause)) {
        sheet.rows.back().chosen = true;
        for (ReviewSide& side : sheet.rows.back().sides)
            if (!side.valid)
                side.quotes = bothEnds(side.quotes);
    }
    if (!allFields)
        return sheet;
    ReviewRow fold;
    for (const ClauseType& type : source.taxonomy->types()) {
        const ReviewRow* row = type.key == chosen.clause ? nullptr : add(type.key);
        if (!row)
            continue;
        if (!allEqual(*row, source.rules)) {
            for (ReviewSide& side : sheet.rows.back().sides)
                if (!side.valid)
                    side.quotes.clear(); // what was written stands with the chosen field
            continue;
        }
        fold.folded.push_back(type.key);
        fold.foldedPresent += row->sides.front().present;
        sheet.rows.pop_back();
    }
    if (!fold.folded.empty())
        sheet.rows.push_back(std::move(fold));
    return sheet;
}

void chooseRow(ReviewSheet& sheet, const std::string& key) {
    const auto isField = [&key](const ReviewRow& row) { return row.a && row.key == key; };
    if (std::none_of(sheet.rows.begin(), sheet.rows.end(), isField))
        return;
    for (ReviewRow& row : sheet.rows)
        row.chosen = isField(row);
}

int chosenRow(const ReviewSheet& sheet) {
    const auto found = std::find_if(sheet.rows.begin(), sheet.rows.end(), [](const ReviewRow& row) { return row.chosen; });
    return found == sheet.rows.end() ? -1 : static_cast<int>(found - sheet.rows.begin());
}

const ReviewRow* rowBeside(const ReviewSheet& sheet, int by) {
    for (int at = chosenRow(sheet) + by; at >= 0 && at < static_cast<int>(sheet.rows.size()); at += by)
        if (sheet.rows[static_cast<size_t>(at)].a)
            return &sheet.rows[static_cast<size_t>(at)];
    return nullptr;
}

QString outcomeWords(const CellScore& score) {
    return score.byAlternative ? tr("right, accepted too") : kindWords(score.right() ? ErrorKind::None : score.kind);
}

QString groupWords(ReviewGroup group) {
    switch (group) {
    case ReviewGroup::Fixed:
        return tr("fixed");
    case ReviewGroup::Broken:
        return tr("broken");
    case ReviewGroup::SameWrong:
        return tr("same wrong");
    case ReviewGroup::DifferentWrong:
        return tr("differently wrong");
    case ReviewGroup::BothRight:
        return tr("both right");
    case ReviewGroup::Unpaired:
        break;
    }
    return {};
}

QString redlineWords(const Redline& shown, const std::string& gold, const std::string& answer) {
    QStringList parts;
    for (const RedlineRun& run : shown.runs) {
        const QString left = excerpt(std::string_view(gold).substr(run.left.begin, run.left.size()));
        const QString right = excerpt(std::string_view(answer).substr(run.right.begin, run.right.size()));
        switch (run.kind) {
        case RedlineKind::Equal:
        case RedlineKind::Ignored:
            break;
        case RedlineKind::Deleted:
            parts << tr("deleted: %1").arg(left);
            break;
        case RedlineKind::Inserted:
            parts << tr("inserted: %1").arg(right);
            break;
        case RedlineKind::MovedAway:
            parts << tr("moved away: %1").arg(left);
            break;
        case RedlineKind::MovedHere:
            parts << tr("moved here: %1").arg(right);
            break;
        }
    }
    return parts.isEmpty() ? tr("same words as the gold") : parts.join(QStringLiteral("; "));
}

QString ignoredWords(bool space, bool letters) {
    QStringList parts;
    if (space)
        parts << tr("line breaks");
    if (letters)
        parts << tr("quotes");
    return parts.join(QStringLiteral(", "));
}

} // namespace cw
