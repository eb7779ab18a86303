// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The canonical encoder, and the check of what it may be given.
#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
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

void appendParties(std::string& out, const std::vector<Party>& parties) {
    out.push_back('[');
    for (size_t i = 0; i < parties.size(); ++i) {
        out += i ? ",{\"n\":" : "{\"n\":";
        appendString(out, parties[i].name);
        out += ",\"r\":";
        appendString(out, parties[i].role);
        out.push_back('}');
    }
    out.push_back(']');
}

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Error notEncodable(const std::string& key, const std::string& why) {
    return {ErrorCode::BadInput, "The answer for " + key + " can't be written: " + why + ".", "Correct this clause and try again."};
}

Status checkFinding(const std::string& key, const Finding& finding, const ClauseType& type) {
    if (finding.quotes.empty() || finding.quotes.size() > kMaxQuotes)
        return notEncodable(key, "it has " + std::to_string(finding.quotes.size()) + " quotes, 1 to 64 are possible");
    for (const std::string& quote : finding.quotes) {
        if (quote.empty() || firstInvalidUtf8(quote) || hasControl(quote))
            return notEncodable(key, "a quote is empty, holds a control character or is not UTF-8");
        if (codePointCount(quote) > kMaxQuoteCodePoints)
            return notEncodable(key, "a quote is longer than 3500 characters");
    }
    if (!isCanonicalValue(type, finding.value))
        return notEncodable(key, "its value is missing or not of the kind " + std::string(toString(type.kind)));
    return {};
}

} // namespace

const AnswerCell* Answer::find(std::string_view key) const {
    const auto cell = std::find_if(cells.begin(), cells.end(), [&](const AnswerCell& c) { return c.key == key; });
    return cell == cells.end() ? nullptr : &*cell;
}

std::string encodeValue(const ClauseValue& value) {
    std::string out;
    if (const bool* truth = std::get_if<bool>(&value))
        out = *truth ? "true" : "false";
    else if (const std::string* text = std::get_if<std::string>(&value))
        appendString(out, *text);
    else if (const auto* parties = std::get_if<std::vector<Party>>(&value))
        appendParties(out, *parties);
    return out;
}

std::string encodeFinding(const Finding& finding) {
    std::string out = "{\"q\":[";
    for (size_t i = 0; i < finding.quotes.size(); ++i) {
        if (i)
            out.push_back(',');
        appendString(out, finding.quotes[i]);
    }
    out.push_back(']');
    if (hasValue(finding.value))
        out += ",\"v\":" + encodeValue(finding.value);
    out.push_back('}');
    return out;
}

std::string encodeAnswer(const Answer& answer) {
    std::string out = "{";
    for (const AnswerCell& cell : answer.cells) {
        if (out.size() > 1)
            out.push_back(',');
        appendString(out, cell.key);
        out += cell.finding ? ":" + encodeFinding(*cell.finding) : ":null";
    }
    out.push_back('}');
    return out;
}

Status checkEncodable(const Answer& answer, const Request& request, const Taxonomy& taxonomy) {
    if (answer.cells.size() != request.keys.size())
        return Error{ErrorCode::BadInput, "The answer has not as many keys as were asked for.", ""};
    for (size_t i = 0; i < answer.cells.size(); ++i) {
        const AnswerCell& cell = answer.cells[i];
        const ClauseType* type = taxonomy.find(cell.key);
        if (cell.key != request.keys[i] || !type)
            return notEncodable(cell.key, "this key was not asked for in this place");
        if (cell.finding)
            CW_TRY(checkFinding(cell.key, *cell.finding, *type));
    }
    return {};
}

} // namespace cw
