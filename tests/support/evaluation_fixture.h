// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Three small contracts with gold and outputs whose scores are worked out by hand:
//
//            document_name  renewal_term  governing_law  insurance      output
//   alpha    TP             SUB           FN             FP             V4, its renewal term isn't what its quote says
//   beta     INV            INV (absent)  INV (absent)   INV (absent)   V1, in a fence
//   gamma    TP             TN            TN             TN             V5
#pragma once

#include "core/eval/evaluation.h"
#include "tests/support/taxonomy.h"

#include <map>
#include <string>
#include <vector>

namespace cw::test {

inline const Request& fourKeys() {
    static const Request request{{"document_name", "renewal_term", "governing_law", "insurance"}};
    return request;
}

inline Finding found(std::string quote, ClauseValue value = {}) { return {{std::move(quote)}, std::move(value)}; }

using Findings = std::map<std::string, Finding>;

// The answer to the four keys with what `findings` holds.
inline Answer answerOf(const Findings& findings) {
    Answer answer;
    for (const std::string& key : fourKeys().keys) {
        const auto at = findings.find(key);
        answer.cells.push_back({key, at == findings.end() ? std::nullopt : std::optional(at->second)});
    }
    return answer;
}

inline std::string textOf(const std::string& contract) {
    static const std::map<std::string, std::string> texts = {
        {"alpha", "SUPPLY AGREEMENT. This Agreement is governed by the laws of England. It renews for one (1) year "
                  "terms. The Supplier "
                  "shall give its staff health insurance."},
        {"beta", "NON-DISCLOSURE AGREEMENT. The parties keep secrets."},
        {"gamma", "LICENCE AGREEMENT. The Licensor grants a licence."},
    };
    const auto found = texts.find(contract);
    return found == texts.end() ? std::string() : found->second;
}

inline std::vector<ByteRange> placesOf(const Finding& finding, const std::string& text) {
    std::vector<ByteRange> places;
    for (const std::string& quote : finding.quotes)
        places.push_back({text.find(quote), text.find(quote) + quote.size()});
    return places;
}

inline GoldRow goldRow(const std::string& contract, const Findings& findings) {
    GoldRow row;
    row.contract = ContractId(contract);
    row.request = fourKeys();
    row.answer = answerOf(findings);
    for (const AnswerCell& cell : row.answer.cells)
        row.ranges.push_back(cell.finding ? placesOf(*cell.finding, textOf(contract)) : std::vector<ByteRange>());
    row.unreviewed = {"audit_rights"};
    return row;
}

inline OutputRow outputRow(const std::string& contract, std::string output) {
    OutputRow row;
    row.meta.contract = ContractId(contract);
    row.meta.request = fourKeys();
    row.meta.window = {0, textOf(contract).size()};
    row.output = std::move(output);
    return row;
}

inline OutputRow outputRow(const std::string& contract, const Findings& findings) {
    return outputRow(contract, encodeAnswer(answerOf(findings)));
}

inline std::vector<GoldRow> threeContracts() {
    return {goldRow("alpha", {{"document_name", found("SUPPLY AGREEMENT")},
                              {"renewal_term", found("renews for one (1) year terms", std::string("P1Y"))},
                              {"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}}),
            goldRow("beta", {{"document_name", found("NON-DISCLOSURE AGREEMENT")}}),
            goldRow("gamma", {{"document_name", found("LICENCE AGREEMENT")}})};
}

inline std::vector<OutputRow> threeOutputs() {
    return {outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")},
                                        {"renewal_term", found("renews for one (1) year terms", std::string("P2Y"))},
                                        {"insurance", found("staff health insurance", true)}}),
            outputRow("beta", "```json\n" + encodeAnswer(answerOf({})) + "\n```"),
            outputRow("gamma", Findings{{"document_name", found("LICENCE AGREEMENT")}})};
}

inline const std::string* textFor(const ContractId& contract) {
    static std::map<ContractId, std::string> texts;
    std::string& text = texts[contract];
    text = textOf(contract.value);
    return text.empty() ? nullptr : &text;
}

} // namespace cw::test
