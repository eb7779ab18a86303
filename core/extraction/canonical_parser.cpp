// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The strict parser of the canonical form: it accepts what the encoder writes and nothing else.
#include "core/extraction/canonical_json.h"

#include <utility>

namespace cw {

namespace {

// Where an output departs from the form; parsing stops there.
struct Departure {
    size_t at = 0;
    std::string expected;
};

class CanonicalReader {
public:
    explicit CanonicalReader(std::string_view text) : m_text(text) {}

    bool failed() const { return !m_departure.expected.empty(); }
    const Departure& departure() const { return m_departure; }

    std::optional<Answer> answer(const Request& request, const Taxonomy& taxonomy) {
        Answer answer;
        expect("{");
        for (const std::string& key : request.keys) {
            if (!answer.cells.empty())
                expect(",");
            expect("\"" + key + "\":");
            const ClauseType* type = taxonomy.find(key);
            if (!type)
                fail("a type of the taxonomy");
            if (failed())
                return std::nullopt;
            answer.cells.push_back({key, cell(*type)});
        }
        expect("}");
        if (m_at != m_text.size())
            fail("the end");
        return failed() ? std::nullopt : std::optional(std::move(answer));
    }

private:
    std::optional<Finding> cell(const ClauseType& type) {
        if (take("null"))
            return std::nullopt;
        const size_t begin = m_at;
        Finding finding;
        expect("{\"q\":[");
        do {
            finding.quotes.push_back(string());
        } while (!failed() && take(","));
        expect("]");
        if (take(",\"v\":"))
            finding.value = value(type.kind);
        expect("}");
        if (failed())
            return std::nullopt;
        if (const Status status = checkFinding(type, finding); !status)
            failAt(begin, "a legal cell (" + status.error().detail + ")");
        return finding;
    }

    ClauseValue value(ValueKind kind) {
        if (kind == ValueKind::PartyList)
            return parties();
        if (kind != ValueKind::Boolean)
            return string();
        if (take("true"))
            return true;
        expect("false");
        return false;
    }

    std::vector<Party> parties() {
        std::vector<Party> out;
        expect("[");
        do {
            Party party;
            expect("{\"n\":");
            party.name = string();
            expect(",\"r\":");
            party.role = string();
            expect("}");
            out.push_back(std::move(party));
        } while (!failed() && take(","));
        expect("]");
        return out;
    }

    // A string with the two escapes; what its characters may be is checked with the cell.
    std::string string() {
        std::string out;
        expect("\"");
        while (!failed() && m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] == '\\' && ++m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\')
                fail("one of the escapes \\\" and \\\\");
            if (m_at < m_text.size())
                out.push_back(m_text[m_at++]);
        }
        expect("\"");
        return out;
    }

    bool take(std::string_view token) {
        if (failed() || m_text.substr(m_at, token.size()) != token)
            return false;
        m_at += token.size();
        return true;
    }

    void expect(std::string_view token) {
        if (!take(token))
            fail(std::string(token));
    }

    void fail(std::string expected) { failAt(m_at, std::move(expected)); }
    void failAt(size_t at, std::string expected) {
        if (!failed())
            m_departure = {at, std::move(expected)};
    }

    std::string_view m_text;
    size_t m_at = 0;
    Departure m_departure;
};

} // namespace

Result<Answer> parseCanonical(std::string_view output, const Request& request, const Taxonomy& taxonomy) {
    CanonicalReader reader(output);
    if (auto answer = reader.answer(request, taxonomy))
        return std::move(*answer);
    const Departure& departure = reader.departure();
    return Error{ErrorCode::BadInput,
                 "The output departs from the canonical form at byte " + std::to_string(departure.at) + ": " +
                     departure.expected + " is due there.",
                 ""};
}

} // namespace cw
