// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The validity ladder: what level an output reaches, why it goes no further, and what of it can be used.
#include "core/base/closest_name.h"
#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
#include "core/extraction/derive.h"
#include "core/extraction/output_scan.h"
#include "core/text/quote.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace cw {

namespace {

constexpr size_t kMaxKeysCompared = 256; // keys that are looked at for a misspelling
constexpr size_t kLoopedQuotes = 8;      // the same quote so often in a row is a loop

bool isRequested(const Request& request, std::string_view key) {
    return std::find(request.keys.begin(), request.keys.end(), key) != request.keys.end();
}

bool isMisspelling(std::string_view key, std::string_view wanted) {
    const size_t difference = key.size() > wanted.size() ? key.size() - wanted.size() : wanted.size() - key.size();
    return difference <= 2 && editDistance(key, wanted) <= 2;
}

// "", "N/A", "none", [], {}: what stands where null is due.
bool isNullStyle(const JsonNode& node) {
    if (node.isArray())
        return node.items.empty();
    if (node.isObject())
        return node.members.empty();
    if (!node.isString())
        return false;
    static constexpr std::array<std::string_view, 14> kWords = {
        "",          "n/a",           "na",          "none",          "null",           "nil",    "-", "absent",
        "not found", "not specified", "not present", "not mentioned", "not applicable", "unknown"};
    std::string word;
    for (char c : node.text)
        if (c != '.' && c != ' ')
            word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        else if (c == ' ' && !word.empty() && word.back() != ' ')
            word.push_back(' ');
    while (!word.empty() && word.back() == ' ')
        word.pop_back();
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Reads the cells of an object as leniently as their meaning allows, and notes every fault.
class ObjectReader {
public:
    ObjectReader(const Request& request, const Taxonomy& taxonomy, FaultList& faults)
        : m_request(request), m_taxonomy(taxonomy), m_faults(faults) {}

    void read(const JsonNode& object) {
        std::unordered_map<std::string_view, const JsonNode*>
            members; // of a duplicate key the last one counts, as in most parsers
        for (const JsonMember& member : object.members)
            members[member.key] = &member.value;
        for (const std::string& key : m_request.keys)
            if (const auto found = members.find(key); found != members.end())
                readCell(key, *found->second);
            else
                missing(key);
        checkKeys(object);
    }

    Answer answer;
    std::vector<std::string> invalidKeys;
    std::vector<AnswerCell> readings; // of them, by a lenient reader

private:
    void missing(const std::string& key) {
        m_faults.add("missing_key");
        m_missing.push_back(key);
        invalidKeys.push_back(key);
    }

    void readCell(const std::string& key, const JsonNode& node) {
        const ClauseType* type = m_taxonomy.find(key);
        if (node.isNull()) {
            answer.cells.push_back({key, std::nullopt});
        } else if (isNullStyle(node)) {
            m_faults.add("null_style");
            answer.cells.push_back({key, std::nullopt});
            invalidKeys.push_back(key);
            readings.push_back({key, std::nullopt});
        } else if (auto finding = type ? readFinding(*type, node) : std::nullopt) {
            answer.cells.push_back({key, std::move(finding)});
        } else {
            m_faults.add("wrong_kind");
            invalidKeys.push_back(key);
            if (auto reading = type ? readWords(*type, node) : std::nullopt)
                readings.push_back({key, std::move(reading)});
        }
    }

    // A finding whose value is written in words or as another kind of JSON.
    std::optional<Finding> readWords(const ClauseType& type, const JsonNode& node) {
        Finding finding;
        const JsonNode* value = nullptr;
        for (const JsonMember& member : node.members)
            if (member.key == "q" && !readQuotes(member.value, finding.quotes))
                return std::nullopt;
            else if (member.key == "v")
                value = &member.value;
        if (!value || !value->isString())
            return std::nullopt;
        if (type.kind == ValueKind::Boolean && (value->text == "true" || value->text == "false"))
            finding.value = value->text == "true";
        else if (const auto read = type.kind == ValueKind::Boolean ? std::nullopt : valueFromEvidence(type, value->text, {}))
            finding.value = *read;
        else
            return std::nullopt;
        return checkFinding(type, finding) ? std::optional(std::move(finding)) : std::nullopt;
    }

    std::optional<Finding> readFinding(const ClauseType& type, const JsonNode& node) {
        const JsonNode* quotes = nullptr;
        const JsonNode* value = nullptr;
        for (const JsonMember& member : node.members) {
            m_faults.addIf(member.key == "q" && value, "key_order");
            m_faults.addIf(member.key != "q" && member.key != "v", "extra_key");
            if (member.key == "q")
                quotes = &member.value;
            else if (member.key == "v")
                value = &member.value;
        }
        Finding finding;
        if (!quotes || !readQuotes(*quotes, finding.quotes) || (value && !readValue(*value, finding.value)))
            return std::nullopt;
        return checkFinding(type, finding) ? std::optional(std::move(finding)) : std::nullopt;
    }

    bool readQuotes(const JsonNode& node, std::vector<std::string>& quotes) {
        if (!node.isArray())
            return false;
        size_t looped = 1;
        for (const JsonNode& item : node.items) {
            if (!item.isString())
                return false;
            std::string quote = normalizeQuote(item.text); // "\n" between two words is a matter of style
            looped = !quotes.empty() && quotes.back() == quote ? looped + 1 : 1;
            m_faults.addIf(looped >= kLoopedQuotes, "repetition");
            quotes.push_back(std::move(quote));
        }
        return true;
    }

    bool readValue(const JsonNode& node, ClauseValue& value) {
        if (node.kind == JsonNode::Kind::Boolean)
            value = node.boolean;
        else if (node.isString())
            value = node.text;
        else if (node.isArray())
            return readParties(node, value.emplace<std::vector<Party>>());
        else
            return false;
        return true;
    }

    bool readParties(const JsonNode& node, std::vector<Party>& parties) {
        for (const JsonNode& item : node.items) {
            Party party;
            size_t known = 0;
            for (const JsonMember& member : item.members) {
                const bool isField = (member.key == "n" || member.key == "r") && member.value.isString();
                known += isField ? 1 : 0;
                m_faults.addIf(member.key == "n" && known > 1, "key_order");
                (member.key == "n" ? party.name : party.role) = isField ? member.value.text : std::string();
            }
            if (known != 2 || item.members.size() != 2)
                return false;
            parties.push_back(std::move(party));
        }
        return true;
    }

    // Order, keys that nobody asked for, and those among them that are a missing key misspelt.
    void checkKeys(const JsonNode& object) {
        auto due = m_request.keys.begin();
        size_t compared = 0;
        for (const JsonMember& member : object.members) {
            const auto place = std::find(m_request.keys.begin(), m_request.keys.end(), member.key);
            if (place != m_request.keys.end()) {
                m_faults.addIf(place < due, "key_order");
                due = std::max(due, place);
                continue;
            }
            m_faults.add("extra_key");
            if (compared++ < kMaxKeysCompared)
                m_faults.addIf(std::any_of(m_missing.begin(), m_missing.end(),
                                           [&](const std::string& key) { return isMisspelling(member.key, key); }),
                               "misspelt_key");
        }
    }

    const Request& m_request;
    const Taxonomy& m_taxonomy;
    FaultList& m_faults;
    std::vector<std::string> m_missing;
};

bool holdsRequestedKey(const JsonNode& object, const Request& request) {
    return std::any_of(object.members.begin(), object.members.end(),
                       [&](const JsonMember& member) { return isRequested(request, member.key); });
}

Validity levelOf(const FoundObject& found, bool endedByStop, const FaultList& faults) {
    if (!found.isWhole || found.document.hasDuplicateKey || !endedByStop)
        return Validity::V1;
    for (std::string_view tag : {"missing_key", "extra_key", "wrong_kind", "null_style"})
        if (faults.has(tag))
            return Validity::V2;
    return Validity::V3; // V4 was tried before
}

Assessment unusable(std::string_view output, FaultList& faults) {
    tagSlips(output, faults);
    faults.addIf(endsInRepetition(output), "repetition");
    faults.addIf(faults.empty(), "missing_key");
    Assessment assessment;
    assessment.faults = faults.take();
    return assessment;
}

} // namespace

Assessment assess(std::string_view output, const Request& request, const Taxonomy& taxonomy, bool endedByStop) {
    FaultList faults;
    if (endedByStop) {
        if (auto canonical = parseCanonical(output, request, taxonomy))
            return {Validity::V4, {}, std::move(*canonical), {}};
    } else {
        faults.add("truncated");
    }
    const auto found =
        findObject(output, [&](const JsonNode& object) { return holdsRequestedKey(object, request); }, faults);
    if (!found)
        return unusable(output, faults);

    faults.addIf(firstInvalidUtf8(output).has_value(), "bad_utf8");
    faults.addIf(found->document.hasDuplicateKey, "duplicate_key");
    ObjectReader reader(request, taxonomy, faults);
    reader.read(found->document.root);
    tagStyle(found->isWhole ? output : found->bytes, faults);
    faults.addIf(endsInRepetition(output), "repetition");
    Assessment assessment;
    assessment.level = levelOf(*found, endedByStop, faults);
    assessment.faults = faults.take();
    assessment.answer = std::move(reader.answer);
    assessment.invalidKeys = std::move(reader.invalidKeys);
    assessment.readings = std::move(reader.readings);
    return assessment;
}

} // namespace cw
