// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/output_scan.h"

#include "core/base/utf.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

constexpr int kMaxAttempts = 64; // opening braces that are tried as the begin of an object

bool isJsonSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isJsonSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isJsonSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

// The end of the object that begins at `begin`: behind the brace that closes it. Nothing if it is never closed.
std::optional<size_t> closingBrace(std::string_view text, size_t begin) {
    size_t depth = 0;
    bool inString = false;
    for (size_t at = begin; at < text.size(); ++at) {
        const char c = text[at];
        if (inString) {
            at += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return std::nullopt;
}

// Takes a fence's opening line ("```json") off the end of what stands before the object.
bool takeOpeningFence(std::string_view& before) {
    std::string_view rest = trimmed(before);
    while (!rest.empty() && isLetter(rest.back()))
        rest.remove_suffix(1);
    if (rest.size() < 3 || (rest.substr(rest.size() - 3) != "```" && rest.substr(rest.size() - 3) != "~~~"))
        return false;
    before = rest.substr(0, rest.size() - 3);
    return true;
}

bool takeClosingFence(std::string_view& after) {
    const std::string_view rest = trimmed(after);
    if (rest.substr(0, 3) != "```" && rest.substr(0, 3) != "~~~")
        return false;
    after = rest.substr(3);
    return true;
}

void tagSurroundings(std::string_view output, std::string_view object, FaultList& faults) {
    const auto begin = static_cast<size_t>(object.data() - output.data());
    std::string_view before = output.substr(0, begin);
    std::string_view after = output.substr(begin + object.size());
    const bool opened = takeOpeningFence(before);
    const bool closed = takeClosingFence(after);
    faults.addIf(opened || closed, "fence");
    faults.addIf(!trimmed(before).empty(), "prose_before");
    faults.addIf(!trimmed(after).empty(), "prose_after");
}

// Reads what should have been JSON and notes what is not.
class SlipScanner {
public:
    SlipScanner(std::string_view text, FaultList& faults) : m_text(text), m_faults(faults) {}

    void run() {
        m_at = std::min(m_text.find('{'), m_text.size());
        while (m_at < m_text.size() && !(m_depth == 0 && m_begun))
            step(m_text[m_at]);
        m_faults.addIf(m_depth > 0 || m_openString, "truncated");
    }

private:
    void step(char c) {
        if (c == '"')
            return doubleQuoted();
        if (c == '\'')
            return singleQuoted();
        if (isLetter(c))
            return word();
        if (c == '{' || c == '[')
            ++m_depth, m_begun = true;
        else if ((c == '}' || c == ']') && m_depth > 0)
            --m_depth;
        else if (c == ',' && (nextSign(m_at + 1) == '}' || nextSign(m_at + 1) == ']'))
            m_faults.add("trailing_comma");
        ++m_at;
    }

    // The next character that is not white space, or NUL.
    char nextSign(size_t from) const {
        while (from < m_text.size() && isJsonSpace(m_text[from]))
            ++from;
        return from < m_text.size() ? m_text[from] : '\0';
    }

    // Where a closing mark may stand: before a sign of the structure, or at the very end.
    bool closes(size_t at) const {
        return std::string_view(":,}]\0", 5).find(nextSign(at + 1)) != std::string_view::npos;
    }

    void doubleQuoted() {
        m_openString = true;
        for (++m_at; m_at < m_text.size() && m_openString; ++m_at) {
            const char c = m_text[m_at];
            if (c == '\\')
                ++m_at;
            else if (static_cast<unsigned char>(c) < 0x20)
                m_faults.add("raw_newline");
            else if (c == '"' && closes(m_at))
                m_openString = false;
            else if (c == '"')
                m_faults.add("escape_style");
        }
        m_at = std::min(m_at, m_text.size());
    }

    void singleQuoted() {
        m_faults.add("single_quote");
        for (++m_at; m_at < m_text.size(); ++m_at)
            if (m_text[m_at] == '\'' && closes(m_at))
                break;
        m_at = std::min(m_at + 1, m_text.size());
    }

    void word() {
        const size_t begin = m_at;
        while (m_at < m_text.size() && isLetter(m_text[m_at]))
            ++m_at;
        const std::string_view name = m_text.substr(begin, m_at - begin);
        m_faults.addIf(name == "NaN" || name == "Infinity" || name == "nan", "nan");
        m_faults.addIf(name == "None" || name == "undefined" || name == "nil", "null_style");
    }

    std::string_view m_text;
    FaultList& m_faults;
    size_t m_at = 0;
    size_t m_depth = 0;
    bool m_begun = false;
    bool m_openString = false;
};

} // namespace

void FaultList::add(std::string_view tag) {
    if (!has(tag))
        m_tags.emplace_back(tag);
}

void FaultList::addIf(bool holds, std::string_view tag) {
    if (holds)
        add(tag);
}

bool FaultList::has(std::string_view tag) const {
    return std::find(m_tags.begin(), m_tags.end(), tag) != m_tags.end();
}

std::optional<FoundObject> findObject(std::string_view output, const std::function<bool(const JsonNode&)>& accepts,
                                      FaultList& faults) {
    const std::string_view whole = trimmed(output);
    if (auto document = readJsonObject(whole))
        return FoundObject{std::move(*document), whole, true};

    std::optional<FoundObject> found;
    int attempts = 0;
    for (size_t at = output.find('{'); at != std::string_view::npos && attempts < kMaxAttempts; ++attempts) {
        const auto end = closingBrace(output, at);
        const std::string_view bytes = output.substr(at, end.value_or(at) - at);
        auto document = readJsonObject(bytes);
        if (document && accepts(document->root)) {
            if (found) { // not one object
                faults.add("prose_after");
                faults.addIf(found->bytes == bytes, "repetition");
                return std::nullopt;
            }
            found = FoundObject{std::move(*document), bytes, false};
        }
        at = output.find('{', document ? *end : at + 1);
    }
    if (found)
        tagSurroundings(output, found->bytes, faults);
    return found;
}

void tagSlips(std::string_view output, FaultList& faults) {
    faults.addIf(firstInvalidUtf8(output).has_value(), "bad_utf8");
    const std::string_view text = trimmed(output);
    const size_t brace = text.find('{');
    if (brace == std::string_view::npos) {
        faults.addIf(!text.empty(), "prose_before");
        return;
    }
    std::string_view before = text.substr(0, brace);
    faults.addIf(takeOpeningFence(before), "fence");
    faults.addIf(!trimmed(before).empty(), "prose_before");
    SlipScanner(text, faults).run();
}

void tagStyle(std::string_view object, FaultList& faults) {
    bool inString = false;
    for (size_t at = 0; at < object.size();) {
        const char32_t c = decodeCodePoint(object, at);
        if (!inString) {
            inString = c == '"';
            faults.addIf(isWhitespace(c), "whitespace");
        } else if (c == '\\') {
            faults.addIf(object[at] != '"' && object[at] != '\\', "escape_style");
            ++at;
        } else {
            inString = c != '"';
            faults.addIf(isControl(c), "raw_newline");
        }
    }
}

bool endsInRepetition(std::string_view output) {
    constexpr size_t kMaxPeriod = 512;
    constexpr size_t kWindow = 4096;
    constexpr size_t kLeastBytes = 64;
    const std::string_view tail =
        trimmed(output).substr(trimmed(output).size() - std::min(trimmed(output).size(), kWindow));
    for (size_t period = 1; period <= kMaxPeriod && period < tail.size(); ++period) {
        size_t run = period;
        while (run < tail.size() && tail[tail.size() - 1 - run] == tail[tail.size() - 1 - run + period])
            ++run;
        if (run >= std::max(4 * period, kLeastBytes))
            return true;
    }
    return false;
}

} // namespace cw
