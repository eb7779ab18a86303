// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The validity levels V0 to V4 of an output, with the faults that keep it from the next one.
#include "core/base/closest_name.h"
#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
#include "core/extraction/json_tree.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMisspeltDistance = 2;
constexpr size_t kRepetitionBytes = 60; // a tail that repeats itself at least three times over this many bytes

void tag(Assessment& out, const char* fault) {
    if (std::find(out.faults.begin(), out.faults.end(), fault) == out.faults.end())
        out.faults.emplace_back(fault);
}

std::string_view trimmed(std::string_view text) {
    const size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// ---- What is wrong with a text that is not JSON ----------------------------------------------------------------------------------

// Walks the text with strings known, so that marks inside them don't count.
void tagSyntax(Assessment& out, std::string_view text) {
    bool inString = false;
    char last = 0; // the last character that is not white space
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            else if (c == '\n' || c == '\r')
                tag(out, "raw_newline");
            continue;
        }
        if (c == '"')
            inString = true;
        if ((c == '}' || c == ']') && last == ',')
            tag(out, "trailing_comma");
        if (c == '\'' && (last == '{' || last == ',' || last == ':' || last == '['))
            tag(out, "single_quote");
        if (last == ':' && (text.substr(i, 3) == "NaN" || text.substr(i, 8) == "Infinity" || text.substr(i, 9) == "-Infinity"))
            tag(out, "nan");
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            last = c;
    }
}

bool endsInRepetition(std::string_view text) {
    for (size_t period = 1; period <= 200 && 3 * period <= text.size(); ++period) {
        const size_t span = std::max(3 * period, kRepetitionBytes);
        if (span > text.size())
            continue;
        const std::string_view tail = text.substr(text.size() - span);
        if (std::equal(tail.begin() + static_cast<long>(period), tail.end(), tail.begin()))
            return true;
    }
    return false;
}

// ---- Cells -----------------------------------------------------------------------------------------------------------------------

enum class CellFault { None, NullStyle, WrongKind };

bool isNullStyle(const Json& json) {
    if (json.is_array() || json.is_object())
        return json.empty();
    if (!json.is_string())
        return false;
    std::string text = json.get<std::string>();
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::array<std::string_view, 9> kWords = {"",     "n/a",  "na",        "none",          "null",
                                                               "nil", "-", "not found", "not specified"};
    return std::find(kWords.begin(), kWords.end(), std::string(trimmed(text))) != kWords.end();
}

ClauseValue valueOf(const Json& json) {
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_string())
        return json.get<std::string>();
    if (!json.is_array())
        return {};
    std::vector<Party> parties;
    for (const Json& party : json) {
        const bool fits = party.is_object() && party.size() == 2 && party.contains("n") && party.contains("r") && party["n"].is_string() &&
                          party["r"].is_string();
        if (!fits)
            return {};
        parties.push_back({party["n"].get<std::string>(), party["r"].get<std::string>()});
    }
    return parties;
}

bool isQuote(const Json& json) {
    if (!json.is_string())
        return false;
    const std::string& quote = json.get_ref<const std::string&>();
    const bool control = std::any_of(quote.begin(), quote.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    return !quote.empty() && !control && codePointCount(quote) <= kMaxQuoteCodePoints;
}

CellFault readCell(const Json& json, const ClauseType& type, std::optional<Finding>& finding) {
    if (json.is_null())
        return CellFault::None;
    if (isNullStyle(json))
        return CellFault::NullStyle;
    const bool text = type.kind == ValueKind::Text;
    if (!json.is_object() || json.size() != (text ? 1U : 2U) || !json.contains("q") || (!text && !json.contains("v")))
        return CellFault::WrongKind;
    const Json& quotes = json["q"];
    if (!quotes.is_array() || quotes.empty() || quotes.size() > kMaxQuotes || !std::all_of(quotes.begin(), quotes.end(), isQuote))
        return CellFault::WrongKind;
    Finding read{quotes.get<std::vector<std::string>>(), text ? ClauseValue() : valueOf(json["v"])};
    if (!isCanonicalValue(type, read.value))
        return CellFault::WrongKind;
    finding = std::move(read);
    return CellFault::None;
}

// ---- The object ------------------------------------------------------------------------------------------------------------------

void readRequested(Assessment& out, const Json& root, const Request& request, const Taxonomy& taxonomy) {
    Answer answer;
    for (const std::string& key : request.keys) {
        const ClauseType* type = taxonomy.find(key);
        if (!root.contains(key) || !type) {
            tag(out, "missing_key");
            out.invalidKeys.push_back(key);
            continue;
        }
        AnswerCell cell{key, {}};
        const CellFault fault = readCell(root[key], *type, cell.finding);
        if (fault != CellFault::None) {
            tag(out, fault == CellFault::NullStyle ? "null_style" : "wrong_kind");
            out.invalidKeys.push_back(key);
        }
        if (fault != CellFault::WrongKind)
            answer.cells.push_back(std::move(cell));
    }
    out.answer = std::move(answer);
}

bool tagKeys(Assessment& out, const Json& root, const Request& request) {
    bool onlyRequested = true, inOrder = true;
    size_t next = 0;
    for (const auto& [name, value] : root.items()) {
        const auto at = std::find(request.keys.begin(), request.keys.end(), name);
        if (at == request.keys.end()) {
            onlyRequested = false;
            const bool misspelt = std::any_of(request.keys.begin(), request.keys.end(), [&, &key = name](const std::string& wanted) {
                return !root.contains(wanted) && editDistance(key, wanted) <= kMisspeltDistance;
            });
            tag(out, misspelt ? "misspelt_key" : "extra_key");
            continue;
        }
        const auto index = static_cast<size_t>(at - request.keys.begin());
        inOrder &= index >= next;
        next = index;
    }
    if (!inOrder)
        tag(out, "key_order");
    return onlyRequested;
}

void tagStyle(Assessment& out, std::string_view text) {
    bool inString = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString && c == '\\') {
            if (i + 1 < text.size() && text[i + 1] != '"' && text[i + 1] != '\\')
                tag(out, "escape_style");
            ++i;
        } else if (c == '"') {
            inString = !inString;
        } else if (!inString && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            tag(out, "whitespace");
        }
    }
}

// ---- Recovery --------------------------------------------------------------------------------------------------------------------

// The one object inside fences or prose.
std::optional<JsonTree> recover(Assessment& out, std::string_view text) {
    for (size_t begin = text.find('{'); begin != std::string_view::npos; begin = text.find('{', begin + 1)) {
        const auto end = objectEnd(text, begin);
        if (!end)
            return std::nullopt; // what is open here stays open: a later brace lies inside it
        auto tree = readJsonObject(text.substr(begin, *end - begin));
        if (!tree) {
            begin = *end - 1;
            continue;
        }
        std::string_view before = trimmed(text.substr(0, begin)), after = trimmed(text.substr(*end));
        const size_t fence = before.rfind("```");
        if (fence != std::string_view::npos && before.substr(fence).size() <= 8) {
            tag(out, "fence");
            before = trimmed(before.substr(0, fence));
            if (after.substr(0, 3) == "```")
                after = trimmed(after.substr(3));
        }
        if (!before.empty())
            tag(out, "prose_before");
        if (!after.empty())
            tag(out, "prose_after");
        return tree;
    }
    return std::nullopt;
}

} // namespace

Assessment assess(std::string_view output, const Request& request, const Taxonomy& taxonomy, bool endedByStop) {
    Assessment out;
    if (!endedByStop)
        tag(out, "truncated");
    if (firstInvalidUtf8(output)) {
        tag(out, "bad_utf8");
        return out;
    }
    auto tree = readJsonObject(output);
    const bool whole = tree.has_value();
    if (!tree) {
        tagSyntax(out, output);
        tree = recover(out, output);
    }
    if (endsInRepetition(output))
        tag(out, "repetition");
    if (!tree) {
        const size_t begin = output.find('{');
        if (begin != std::string_view::npos && !objectEnd(output, begin))
            tag(out, "truncated");
        return out;
    }
    if (tree->duplicateKey)
        tag(out, "duplicate_key");
    readRequested(out, tree->root, request, taxonomy);
    const bool onlyRequested = tagKeys(out, tree->root, request);
    out.level = whole && !tree->duplicateKey && endedByStop ? Validity::V2 : Validity::V1;
    if (out.level == Validity::V2 && onlyRequested && out.invalidKeys.empty())
        out.level = Validity::V3;
    if (out.level == Validity::V3 && encodeAnswer(*out.answer) == output)
        out.level = Validity::V4;
    else if (whole)
        tagStyle(out, output);
    return out;
}

Result<Answer> parseCanonical(std::string_view output, const Request& request, const Taxonomy& taxonomy) {
    Assessment assessment = assess(output, request, taxonomy);
    if (assessment.level == Validity::V4)
        return *std::move(assessment.answer);
    std::string faults;
    for (const std::string& fault : assessment.faults)
        faults += (faults.empty() ? "" : ", ") + fault;
    std::string where;
    if (assessment.level == Validity::V3) {
        const std::string canonical = encodeAnswer(*assessment.answer);
        const auto differs = std::mismatch(canonical.begin(), canonical.end(), output.begin(), output.end());
        where = " It first departs from it at byte " + std::to_string(differs.second - output.begin()) + ".";
    }
    return Error{ErrorCode::BadInput,
                 "The answer is not canonical JSON: level " + std::string(toString(assessment.level)) +
                     (faults.empty() ? "" : " (" + faults + ")") + "." + where,
                 ""};
}

std::string_view toString(Validity level) {
    static constexpr std::array<std::string_view, 5> kNames = {"V0", "V1", "V2", "V3", "V4"};
    return kNames[static_cast<size_t>(level)];
}

} // namespace cw
