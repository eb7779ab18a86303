// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"
#include "app/cli/commands.h"
#include "app/services/cell_json.h"
#include "app/services/result_qt.h"
#include "core/base/closest_name.h"
#include "core/extraction/canonical_json.h"
#include "core/extraction/values.h"
#include "core/model/names.h"
#include "core/text/quote.h"

#include <algorithm>

namespace cw::cli {

namespace {

Error usage(const std::string& what, const std::string& hint) { return {ErrorCode::BadUsage, what, hint}; }

Result<ByteRange> parseSpan(const QString& text) {
    const QStringList ends = text.split(u':');
    bool first = false, second = false;
    const qulonglong begin = ends.value(0).toULongLong(&first), end = ends.value(1).toULongLong(&second);
    if (ends.size() != 2 || !first || !second || begin >= end)
        return usage("'" + toStdString(text) + "' is not a span.", "Give byte offsets into the canonical text as BEGIN:END.");
    return ByteRange{static_cast<size_t>(begin), static_cast<size_t>(end)};
}

// A value of the kind, as JSON.
const char* exampleOf(ValueKind kind) {
    switch (kind) {
    case ValueKind::Boolean: return "true";
    case ValueKind::Date: return "\"2024-04-03\"";
    case ValueKind::Duration: return "\"P30D\"";
    case ValueKind::PartyList: return R"([{"n":"Acme Ltd","r":"supplier"}])";
    case ValueKind::Enum: return "one of its words in quotes, which `taxonomy` lists";
    case ValueKind::Number: return "\"7.5 %\"";
    case ValueKind::Money: return "\"GBP 1000\"";
    case ValueKind::Text: return "nothing, since a text's value is its quotes";
    }
    return "";
}

// The value as it would stand in an answer; the canonical parser judges it.
Result<ClauseValue> parseValue(const ClauseType& type, const QString& json, const Taxonomy& taxonomy) {
    const std::string output = "{\"" + type.key + "\":{\"q\":[\"x\"],\"v\":" + toStdString(json) + "}}";
    const auto answer = parseCanonical(output, Request{{type.key}}, taxonomy);
    if (answer && answer->cells.front().finding)
        return answer->cells.front().finding->value;
    return usage(toStdString(json) + " is not a value of " + type.key + ".",
                 "Its kind is " + std::string(toString(type.kind)) + "; write it as " + exampleOf(type.kind) + ".");
}

Result<const ClauseType*> findType(const Taxonomy& taxonomy, const QString& key) {
    if (const ClauseType* type = taxonomy.find(toStdString(key)))
        return type;
    const std::string near = closestName(toStdString(key), taxonomy.keys());
    return usage("There is no clause type " + toStdString(key) + ".",
                 near.empty() ? "List them with `taxonomy`." : "Did you mean " + near + "?");
}

// Each party stands in one of the quotes: a name that the evidence lacks would be an invented one.
Status checkParties(const Cell& cell) {
    const auto* parties = std::get_if<std::vector<Party>>(&cell.value);
    if (!parties)
        return {};
    std::vector<std::string> quotes;
    for (const Span& span : cell.spans)
        quotes.push_back(normalizeQuote(span.quote));
    for (const Party& party : *parties) {
        if (!isNamedIn(quotes, normalizeQuote(party.name)))
            return usage("No span names the party " + party.name + ".", "Give a span that holds the name, or leave the party out.");
    }
    return {};
}

Result<Cell> presentCell(StoreSession& session, const ContractId& contract, const ClauseType& type, const Arguments& arguments) {
    CW_TRY_ASSIGN(text, session.store().contracts().text(contract));
    Cell cell;
    cell.state = CellState::Present;
    for (const QString& word : arguments.values("span")) {
        CW_TRY_ASSIGN(range, parseSpan(word));
        if (range.end > text.size())
            return usage("Span " + toStdString(word) + " lies behind the text's end at " + std::to_string(text.size()) + ".",
                         "Print the text with `text`; offsets count its bytes.");
        cell.spans.push_back({range, text.substr(range.begin, range.size())});
    }
    std::sort(cell.spans.begin(), cell.spans.end(), [](const Span& a, const Span& b) { return a.range < b.range; });
    if (arguments.has("value")) {
        CW_TRY_ASSIGN(value, parseValue(type, arguments.value("value"), session.taxonomy()));
        cell.value = std::move(value);
    } else if (type.kind == ValueKind::Boolean) {
        cell.value = true;
    }
    CW_TRY(checkParties(cell));
    return cell;
}

Result<Cell> decidedCell(StoreSession& session, const ContractId& contract, const ClauseType& type, const Arguments& arguments) {
    const int ways = arguments.has("span") + arguments.has("absent") + arguments.has("unreviewed");
    if (ways != 1)
        return usage("A decision is one of --span, --absent and --unreviewed.", "See clausewright-cli annotate --help.");
    if (arguments.has("value") && !arguments.has("span"))
        return usage("A value needs evidence: --value goes with --span.", "Give the place as --span BEGIN:END.");
    Cell cell;
    if (arguments.has("span")) {
        CW_TRY_ASSIGN(present, presentCell(session, contract, type, arguments));
        cell = std::move(present);
    } else {
        cell.state = arguments.has("absent") ? CellState::Absent : CellState::NotReviewed;
    }
    cell.clause = type.key;
    cell.flags.unsure = arguments.has("unsure");
    return cell;
}

const char* actionOf(CellState state) {
    return state == CellState::Present ? "present" : state == CellState::Absent ? "absent" : "unreviewed";
}

Result<Exit> annotate(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite(arguments.value("annotator")));
    const ContractId contract(toStdString(arguments[0]));
    CW_TRY(session->store().contracts().get(contract));
    CW_TRY_ASSIGN(type, findType(session->taxonomy(), arguments[1]));
    CW_TRY_ASSIGN(cell, decidedCell(*session, contract, *type, arguments));
    const Reading reading = session->readingOf(contract);
    CW_TRY_ASSIGN(before, session->store().annotations().cell(contract, type->key, reading));
    cell.note = before.note; // a decision replaces the one before it, not what was written or accepted beside it
    if (cell.state == CellState::Present)
        cell.alternatives = before.alternatives;
    CW_TRY(session->setCell(contract, cell, actionOf(cell.state), reading));
    CW_TRY_ASSIGN(saved, session->store().annotations().cell(contract, type->key, reading));
    if (context.json()) {
        Json json = cellJson(saved);
        json["contract"] = contract.value;
        printJson(json);
    } else {
        const QString flags = toQString(flagWords(saved.flags));
        print(QStringLiteral("%1, %2: %3%4\n").arg(toQString(contract.value), toQString(type->key), stateWord(saved.state),
                                                     flags.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(flags)));
    }
    return Exit::Done;
}

Json parsedOrText(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    return text.empty() ? Json() : json.is_discarded() ? Json(text) : json;
}

Json toJson(const AuditEntry& entry) {
    return {{"seq", entry.seq},
            {"op", entry.opId},
            {"time", entry.time},
            {"logical_clock", entry.logicalClock},
            {"person", entry.person},
            {"os_user", entry.osUser},
            {"device", entry.device},
            {"entity", entry.entity},
            {"entity_id", entry.entityId},
            {"action", entry.action},
            {"before", parsedOrText(entry.before)},
            {"after", parsedOrText(entry.after)},
            {"salt", entry.salt},
            {"before_hash", entry.beforeHash},
            {"after_hash", entry.afterHash},
            {"previous_hash", entry.previousHash},
            {"hash", entry.hash}};
}

Result<Exit> audit(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    const ContractId contract(toStdString(arguments[0]));
    CW_TRY(session->store().contracts().get(contract));
    CW_TRY_ASSIGN(entries, session->store().audit().visibleEntries(contract.value));
    Json json = Json::array();
    std::vector<QStringList> rows;
    for (const AuditEntry& entry : entries) {
        json.push_back(toJson(entry));
        rows.push_back({QString::number(entry.seq), toQString(entry.time), toQString(entry.person), toQString(entry.entityId),
                        toQString(entry.action)});
        for (const auto& [label, side] : {std::pair("before", &entry.before), std::pair("after", &entry.after)})
            if (!side->empty())
                rows.push_back({QString(), QString(), QString(), QLatin1String(label), toQString(*side).left(200)});
    }
    if (context.json())
        printJson({{"contract", contract.value}, {"entries", std::move(json)}});
    else
        print(table(rows, {0}));
    return Exit::Done;
}

} // namespace

std::vector<Command> annotationCommands() {
    return {{QStringLiteral("annotate"), QStringLiteral("CONTRACT CLAUSE"), QStringLiteral("Records one decision on one clause type."),
             QStringLiteral("Offsets are bytes of the canonical text, END not included. A boolean clause with a span is true unless "
                            "--value says otherwise; a present clause whose value is missing is flagged to be reviewed."),
             2, 2,
             {{QStringLiteral("span"), QStringLiteral("BEGIN:END"), QStringLiteral("Where the clause stands."), true},
              {QStringLiteral("value"), QStringLiteral("JSON"), QStringLiteral("Its value in canonical JSON, as \"2024-04-03\" or true.")},
              {QStringLiteral("absent"), {}, QStringLiteral("The contract doesn't have it.")},
              {QStringLiteral("unreviewed"), {}, QStringLiteral("Takes the decision back.")},
              {QStringLiteral("unsure"), {}, QStringLiteral("Flags the decision: it counts as not reviewed until the flag is cleared.")},
              {QStringLiteral("annotator"), QStringLiteral("NAME"), QStringLiteral("Who decides; else the name in the settings.")}},
             annotate},
            {QStringLiteral("audit"), QStringLiteral("CONTRACT"), QStringLiteral("Lists who decided what and when, before and after."), {}, 1,
             1, {}, audit}};
}

} // namespace cw::cli
