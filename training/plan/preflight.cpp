// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/preflight.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace cw {

namespace {

// A line of the report as it grows.
struct Contract {
    PreflightRow row;
    std::int64_t leftOut = 0, duplicates = 0, notJson = 0;
    std::string firstFault;
};

// What the two kinds of rows have in common here.
struct SeenRow {
    const RowMeta& meta;
    std::string text;        // all that makes two rows the same
    std::string_view answer; // that is learned
    std::vector<const Example*> examples;
    std::optional<RowFault> fault;
    PassSize size;
};

SeenRow seen(const ChatRow& row, const Example& example, std::int64_t maxLength) {
    return {row.meta,   row.user + '\0' + row.assistant,   row.assistant,
            {&example}, faultOf(row, example, maxLength), passSize(example)};
}

SeenRow seen(const PreferenceRow& row, const PreferenceExample& pair, std::int64_t maxLength) {
    return {row.meta,
            row.user + '\0' + row.chosen + '\0' + row.rejected,
            row.chosen,
            {&pair.chosen, &pair.rejected},
            faultOf(row, pair, maxLength),
            passSize(pair)};
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string noteOf(const Contract& contract) {
    std::string note;
    const auto add = [&](const std::string& sentence) { note += (note.empty() ? "" : " ") + sentence; };
    if (contract.leftOut > 0)
        add(counted(contract.leftOut, "row is", "rows are") + " left out: " + contract.firstFault);
    if (contract.duplicates > 0)
        add(counted(contract.duplicates, "row is", "rows are") + " the same as an earlier one.");
    if (contract.notJson > 0)
        add(counted(contract.notJson, "answer is", "answers are") + " not JSON.");
    return note;
}

class Report {
public:
    void add(SeenRow row) {
        Contract& contract = contractOf(row.meta.contract.value);
        if (!m_seen.insert(sha256Hex(row.text)).second)
            ++contract.duplicates;
        if (row.fault)
            return leaveOut(contract, row);
        if (!nlohmann::json::accept(row.answer))
            ++contract.notJson;
        contract.row.windows += 1;
        contract.row.tokens += row.size.tokens();
        contract.row.labelled += row.size.labelled;
        m_preflight.rows.push_back(std::move(row.size));
    }

    Preflight finish() {
        for (Contract& contract : m_contracts) {
            contract.row.note = noteOf(contract);
            m_preflight.duplicates += contract.duplicates;
            m_preflight.notJson += contract.notJson;
            m_preflight.contracts.push_back(std::move(contract.row));
        }
        return std::move(m_preflight);
    }

private:
    Contract& contractOf(const std::string& id) {
        const auto [found, isNew] = m_places.emplace(id, m_contracts.size());
        if (isNew) {
            m_contracts.emplace_back();
            m_contracts.back().row.contract = id;
        }
        return m_contracts[found->second];
    }

    void leaveOut(Contract& contract, const SeenRow& row) {
        ++contract.leftOut;
        if (contract.firstFault.empty())
            contract.firstFault = row.fault->reason;
        if (row.fault->why == LeftOutWhy::TooLong)
            contract.row.cut += row.size.tokens();
        m_preflight.leftOut.push_back({row.meta.contract.value, row.meta.part, row.fault->why, row.fault->reason});
    }

    std::vector<Contract> m_contracts;
    std::map<std::string, size_t> m_places; // into m_contracts
    std::set<std::string> m_seen;           // hashes of rows
    Preflight m_preflight;
};

Status checkEnds(const SeenRow& row, const ChatTemplate& chat, const Tokenizer& tokenizer, const std::string& where) {
    for (const Example* example : row.examples)
        if (const std::string fault = faultOfEnds(*example, chat, tokenizer); !fault.empty())
            return Error{ErrorCode::BadInput, where + ": " + fault,
                         "Check that the tokenizer and the chat template belong to one model."};
    return {};
}

template <typename Row>
Result<Preflight> report(const std::string& bytes, Result<Row> (*rowFromLine)(std::string_view, std::string_view),
                         const ChatTemplate& chat, const Tokenizer& tokenizer, std::int64_t maxLength) {
    Report report;
    const char* at = bytes.data();
    std::ptrdiff_t number = 1;
    for (const std::string_view line : splitLines(bytes)) {
        number += std::count(at, line.data(), '\n');
        at = line.data();
        const std::string where = "train.jsonl, line " + std::to_string(number);
        CW_TRY_ASSIGN(row, rowFromLine(line, where));
        const auto example = exampleOf(row, chat);
        SeenRow current = seen(row, example, maxLength);
        CW_TRY(checkEnds(current, chat, tokenizer, where));
        report.add(std::move(current));
    }
    return report.finish();
}

} // namespace

std::int64_t Preflight::tokens() const {
    std::int64_t sum = 0;
    for (const PassSize& row : rows)
        sum += row.tokens();
    return sum;
}

std::int64_t Preflight::labelled() const {
    std::int64_t sum = 0;
    for (const PassSize& row : rows)
        sum += row.labelled;
    return sum;
}

Result<Preflight> preflight(const RunFolder& folder, RunKind kind, const ChatTemplate& chat,
                            const Tokenizer& tokenizer, std::int64_t maxLength) {
    CW_TRY_ASSIGN(bytes, readFile(folder.train()));
    return kind == RunKind::Dpo ? report(bytes, preferenceRowFromLine, chat, tokenizer, maxLength)
                                : report(bytes, chatRowFromLine, chat, tokenizer, maxLength);
}

std::string toLines(const std::vector<PreflightRow>& contracts) {
    std::string lines;
    for (const PreflightRow& row : contracts)
        lines += toLine(row) + "\n";
    return lines;
}

std::string faultOfEnds(const Example& example, const ChatTemplate& chat, const Tokenizer& tokenizer) {
    const auto answer = std::ranges::find_if(example.labels, [](std::int64_t label) { return label != kIgnored; });
    const auto promptLength = answer - example.labels.begin();
    const auto answerBegin = example.ids.begin() + promptLength;
    const auto begins = std::count(example.ids.begin(), answerBegin, tokenizer.bosId());
    const TokenIds empty = chat.encodePrompt("");
    if (const auto expected = std::ranges::count(empty, tokenizer.bosId()); begins != expected)
        return "The prompt has " + counted(begins, "begin token", "begin tokens") + " instead of " +
               std::to_string(expected) + ".";
    const auto ends = std::count(answerBegin, example.ids.end(), chat.endId());
    if (ends != 1 || example.ids.back() != chat.endId() || example.labels.back() != chat.endId())
        return "The answer has " + counted(ends, "end token", "end tokens") + " instead of one that is learned as its last.";
    return {};
}

} // namespace cw
