// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/cell_rules.h"

#include "core/base/utf.h"
#include "core/extraction/values.h"

#include <string>

namespace cw {

namespace {

std::string describe(ByteRange range) {
    return "[" + std::to_string(range.begin) + "," + std::to_string(range.end) + ")";
}

// What is wrong with a span that follows one that ended at `previousEnd`, or nothing.
std::string spanFault(ByteRange range, size_t previousEnd, std::string_view text) {
    if (range.empty())
        return "is empty";
    if (range.end > text.size())
        return "ends behind the text, which has " + std::to_string(text.size()) + " bytes";
    if (!isCodePointBoundary(text, range.begin) || !isCodePointBoundary(text, range.end))
        return "cuts a character";
    if (range.begin < previousEnd)
        return "overlaps the one before it or is out of order";
    return {};
}

std::string stateFault(const Cell& cell, const ClauseType& type) {
    const bool present = cell.state == CellState::Present;
    if (present && cell.spans.empty())
        return "is present without a quote";
    if (!present && !cell.spans.empty())
        return "has a quote but is not present";
    if (!present && hasValue(cell.value))
        return "has a value but is not present";
    if (!present && !cell.alternatives.empty())
        return "has an accepted answer but is not present";
    if (cell.alternatives.size() > kMaxAlternatives)
        return "has more than " + std::to_string(kMaxAlternatives) + " accepted answers";
    if (hasValue(cell.value) && !isCanonicalValue(type, cell.value))
        return "has a value that its type doesn't allow";
    return {};
}

std::string alternativeFault(const AcceptedAnswer& answer, const ClauseType& type) {
    if (answer.spans.empty())
        return "has an accepted answer without a quote";
    return isCanonicalValue(type, answer.value) ? "" : "has an accepted answer whose value its type doesn't allow";
}

std::string quoteOf(std::string_view text, ByteRange range) {
    return std::string(text.substr(range.begin, range.size()));
}

// Takes the quotes from the text; what is wrong with a span, or nothing.
std::string takeQuotes(std::vector<Span>& spans, std::string_view text) {
    size_t end = 0;
    for (Span& span : spans) {
        if (const std::string fault = spanFault(span.range, end, text); !fault.empty())
            return "has a span " + describe(span.range) + " that " + fault;
        span.quote = quoteOf(text, span.range);
        end = span.range.end;
    }
    return {};
}

Status checkQuotes(const std::vector<Span>& spans, const std::string& clause, std::string_view text, std::string_view contract) {
    for (const Span& span : spans)
        if (span.range.end > text.size() || span.quote != text.substr(span.range.begin, span.range.size()))
            return Error{ErrorCode::Corrupt,
                         "A quote of clause " + clause + " of " + std::string(contract) + " is not the text at " +
                             describe(span.range) + ".",
                         "Keep a copy of the whole folder and go back to the newest copy in backups."};
    return {};
}

} // namespace

Result<Cell> checkedCell(Cell cell, const ClauseType& type, std::string_view text, std::string_view contract) {
    const auto refuse = [&](const std::string& why) {
        return Error{ErrorCode::BadInput, "Clause " + cell.clause + " of " + std::string(contract) + " " + why + ".",
                     ""};
    };
    if (const std::string fault = stateFault(cell, type); !fault.empty())
        return refuse(fault);
    if (const std::string fault = takeQuotes(cell.spans, text); !fault.empty())
        return refuse(fault);
    for (AcceptedAnswer& answer : cell.alternatives) {
        if (const std::string fault = alternativeFault(answer, type); !fault.empty())
            return refuse(fault);
        if (const std::string fault = takeQuotes(answer.spans, text); !fault.empty())
            return refuse(fault);
    }
    std::erase(cell.alternatives, AcceptedAnswer{cell.spans, cell.value});
    if (cell.state == CellState::Present && type.kind != ValueKind::Text && !hasValue(cell.value))
        cell.flags.valueToReview = true;
    return cell;
}

Status checkQuotes(const Cell& cell, std::string_view text, std::string_view contract) {
    CW_TRY(checkQuotes(cell.spans, cell.clause, text, contract));
    for (const AcceptedAnswer& answer : cell.alternatives)
        CW_TRY(checkQuotes(answer.spans, cell.clause, text, contract));
    return {};
}

} // namespace cw
