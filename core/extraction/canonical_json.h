// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The canonical JSON of an answer: encoder, strict parser, and the validity levels V0 to V4 of any output.
//
//   doc   = "{" key ":" cell *("," key ":" cell) "}"     the requested keys, in taxonomy order, no whitespace
//   cell  = null | {"q":[quote,...]} | {"q":[quote,...],"v":value}
//
// Escapes are \" and \\ only; every other character is raw; control characters can't occur. Any thread.
#pragma once

#include "core/base/result.h"
#include "core/model/clause_value.h"
#include "core/taxonomy/taxonomy.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

inline constexpr size_t kMaxQuotes = 64;            // a cell
inline constexpr size_t kMaxQuoteCodePoints = 3500; // a quote
inline constexpr size_t kMaxParties = 12;

// The clause types that a prompt asks for, in taxonomy order. Never empty.
struct Request {
    std::vector<std::string> keys;
    friend bool operator==(const Request&, const Request&) = default;
};

struct Finding {
    std::vector<std::string> quotes; // 1..64, normalised text of the contract
    ClauseValue value;
    friend bool operator==(const Finding&, const Finding&) = default;
};

struct AnswerCell {
    std::string key;
    std::optional<Finding> finding; // nothing: absent, null
    friend bool operator==(const AnswerCell&, const AnswerCell&) = default;
};

// The answer to a request: one cell a requested key, in its order.
struct Answer {
    std::vector<AnswerCell> cells;
    const AnswerCell* find(std::string_view key) const;
    friend bool operator==(const Answer&, const Answer&) = default;
};

// The canonical bytes. The answer must be encodable (see checkEncodable); that it is not is a bug of the caller.
std::string encodeAnswer(const Answer& answer);
std::string encodeFinding(const Finding& finding);
std::string encodeValue(const ClauseValue& value); // the JSON after "v":, empty for no value

// What would keep `answer` from being canonical for `request`: key order, quote counts and lengths, control characters, values that
// don't fit their kind. The error names the key.
Status checkEncodable(const Answer& answer, const Request& request, const Taxonomy& taxonomy);

// The same for one finding of one type.
Status checkFinding(const ClauseType& type, const Finding& finding);

// True if one of the (normalised) quotes holds the (normalised) name.
bool isNamedIn(const std::vector<std::string>& quotes, const std::string& name);

// Leaves a list of parties with those that the finding's quotes name. False if that leaves none; another value stays as it is.
bool keepNamedParties(Finding& finding);

enum class Validity { V0, V1, V2, V3, V4 };

// Why an output is not canonical; the tags of evaluation: "fence", "prose_before", "prose_after", "truncated", "repetition",
// "duplicate_key", "missing_key", "extra_key", "misspelt_key", "wrong_kind", "null_style", "nan", "single_quote", "trailing_comma",
// "raw_newline", "bad_utf8", "key_order", "whitespace", "escape_style". An output that is not V4 has one at least. A misspelt key is a
// missing and an extra one too; "truncated" is also said of an output that ends within its object.
struct Assessment {
    Validity level = Validity::V0;
    std::vector<std::string> faults;
    // The answer as far as it can be used: present from V1 on. A requested key that is missing or of the wrong kind is listed in
    // `invalidKeys` and has no cell; a style fault for null ("N/A", "", [], {}) reads as null and is listed too. Below V4 the quotes
    // are normalised; of a duplicate key the last one counts.
    std::optional<Answer> answer;
    std::vector<std::string> invalidKeys;
    // Of these, what a lenient reader makes of them: null style as null, a value in words ("1 April 2024") as what it says. For a score
    // beside the true one alone: such a cell is no answer.
    std::vector<AnswerCell> readings = {};
};

// Judges one output. `endedByStop` is false when generation was cut at its limit (fault "truncated").
//   V0 nothing usable; V1 one object recoverable from fence or prose; V2 the whole output is one RFC 8259 object without duplicate keys,
//   ended by a stop; V3 schema-valid (requested keys, right kinds, null style); V4 bytes equal the re-encoding of its parse.
Assessment assess(std::string_view output, const Request& request, const Taxonomy& taxonomy, bool endedByStop = true);

// The answer of an output that is V4, or an error that says where it first departs from the canonical form.
Result<Answer> parseCanonical(std::string_view output, const Request& request, const Taxonomy& taxonomy);

std::string_view toString(Validity level); // "V3"

} // namespace cw
