// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/canonical_json.h"

#include "core/base/utf.h"
#include "core/extraction/values.h"

#include <algorithm>

namespace cw {

namespace {

void appendString(std::string& out, std::string_view text) {
    out.push_back('"');
    for (char c : text) {
        if (c == '"' || c == '\\')
            out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
}

template <typename Items, typename Append> void appendList(std::string& out, const Items& items, Append append) {
    out.push_back('[');
    for (size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            out.push_back(',');
        append(items[i]);
    }
    out.push_back(']');
}

void appendParty(std::string& out, const Party& party) {
    out += R"({"n":)";
    appendString(out, party.name);
    out += R"(,"r":)";
    appendString(out, party.role);
    out.push_back('}');
}

void appendFinding(std::string& out, const Finding& finding) {
    out += R"({"q":)";
    appendList(out, finding.quotes, [&](const std::string& quote) { appendString(out, quote); });
    if (hasValue(finding.value))
        out += R"(,"v":)" + encodeValue(finding.value);
    out.push_back('}');
}

Error notEncodable(std::string_view key, const std::string& why) {
    return {ErrorCode::BadInput, "The answer for \"" + std::string(key) + "\" can't be written: " + why + ".", ""};
}

Status checkQuote(std::string_view key, const std::string& quote) {
    if (quote.empty())
        return notEncodable(key, "a quote is empty");
    if (firstInvalidUtf8(quote))
        return notEncodable(key, "a quote is not UTF-8");
    if (codePointCount(quote) > kMaxQuoteCodePoints)
        return notEncodable(key, "a quote has more than " + std::to_string(kMaxQuoteCodePoints) + " characters");
    for (size_t at = 0; at < quote.size();)
        if (isControl(decodeCodePoint(quote, at)))
            return notEncodable(key, "a quote holds a control character");
    return {};
}

} // namespace

const AnswerCell* Answer::find(std::string_view key) const {
    const auto found =
        std::find_if(cells.begin(), cells.end(), [&](const AnswerCell& cell) { return cell.key == key; });
    return found == cells.end() ? nullptr : &*found;
}

std::string encodeAnswer(const Answer& answer) {
    std::string out = "{";
    for (const AnswerCell& cell : answer.cells) {
        if (out.size() > 1)
            out.push_back(',');
        appendString(out, cell.key);
        out.push_back(':');
        if (cell.finding)
            appendFinding(out, *cell.finding);
        else
            out += "null";
    }
    out.push_back('}');
    return out;
}

std::string encodeFinding(const Finding& finding) {
    std::string out;
    appendFinding(out, finding);
    return out;
}

std::string encodeValue(const ClauseValue& value) {
    std::string out;
    if (const auto* boolean = std::get_if<bool>(&value))
        out = *boolean ? "true" : "false";
    else if (const auto* text = std::get_if<std::string>(&value))
        appendString(out, *text);
    else if (const auto* parties = std::get_if<std::vector<Party>>(&value))
        appendList(out, *parties, [&](const Party& party) { appendParty(out, party); });
    return out;
}

Status checkFinding(const ClauseType& type, const Finding& finding) {
    if (finding.quotes.empty())
        return notEncodable(type.key, "it has no quote");
    if (finding.quotes.size() > kMaxQuotes)
        return notEncodable(type.key, "it has more than " + std::to_string(kMaxQuotes) + " quotes");
    for (const std::string& quote : finding.quotes)
        CW_TRY(checkQuote(type.key, quote));
    if (!isCanonicalValue(type, finding.value))
        return notEncodable(type.key, "its value is not one of its kind, " + std::string(toString(type.kind)));
    return {};
}

bool isNamedIn(const std::vector<std::string>& quotes, const std::string& name) {
    return std::any_of(quotes.begin(), quotes.end(), [&](const std::string& quote) { return quote.find(name) != std::string::npos; });
}

bool keepNamedParties(Finding& finding) {
    auto* parties = std::get_if<std::vector<Party>>(&finding.value);
    if (!parties)
        return true;
    const auto isUnnamed = [&](const Party& party) { return !isNamedIn(finding.quotes, party.name); };
    parties->erase(std::remove_if(parties->begin(), parties->end(), isUnnamed), parties->end());
    return !parties->empty();
}

Status checkEncodable(const Answer& answer, const Request& request, const Taxonomy& taxonomy) {
    if (answer.cells.size() != request.keys.size())
        return Error{ErrorCode::BadInput, "The answer doesn't have exactly the requested keys.", ""};
    for (size_t i = 0; i < answer.cells.size(); ++i) {
        const AnswerCell& cell = answer.cells[i];
        if (cell.key != request.keys[i])
            return notEncodable(cell.key, "\"" + request.keys[i] + "\" is due in its place");
        const ClauseType* type = taxonomy.find(cell.key);
        if (!type)
            return notEncodable(cell.key, "it is not a type of the taxonomy");
        if (cell.finding)
            CW_TRY(checkFinding(*type, *cell.finding));
    }
    return {};
}

std::string_view toString(Validity level) {
    static constexpr std::string_view kNames[] = {"V0", "V1", "V2", "V3", "V4"};
    return kNames[static_cast<size_t>(level)];
}

} // namespace cw
