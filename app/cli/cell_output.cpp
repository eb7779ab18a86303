// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"

#include "app/services/result_qt.h"
#include "core/extraction/canonical_json.h"


namespace cw::cli {

const char* name(CellState state) {
    switch (state) {
    case CellState::NotReviewed: return "not_reviewed";
    case CellState::Absent: return "absent";
    case CellState::Present: return "present";
    }
    return "";
}

const char* name(Side side) {
    switch (side) {
    case Side::Train: return "train";
    case Side::Validation: return "validation";
    case Side::Test: return "test";
    }
    return "";
}

Result<Side> sideFromName(const QString& wanted) {
    for (const Side side : {Side::Train, Side::Validation, Side::Test})
        if (wanted == QLatin1String(name(side)))
            return side;
    return Error{ErrorCode::BadUsage, "There is no side " + toStdString(wanted) + ".", "Use train, validation or test."};
}

QStringList flagNames(const CellFlags& flags) {
    QStringList out;
    if (flags.unsure)
        out += QStringLiteral("unsure");
    if (flags.conflict)
        out += QStringLiteral("conflict");
    if (flags.valueToReview)
        out += QStringLiteral("value_to_review");
    return out;
}

Json toJson(const Cell& cell) {
    Json spans = Json::array();
    for (const Span& span : cell.spans)
        spans.push_back({{"start", span.range.begin}, {"end", span.range.end}, {"text", span.quote}});
    Json flags = Json::array();
    for (const QString& flag : flagNames(cell.flags))
        flags.push_back(flag.toStdString());
    const std::string value = encodeValue(cell.value);
    return {{"clause", cell.clause},
            {"state", name(cell.state)},
            {"flags", std::move(flags)},
            {"spans", std::move(spans)},
            {"value", value.empty() ? Json() : Json::parse(value)},
            {"annotator", cell.annotator}};
}

} // namespace cw::cli
