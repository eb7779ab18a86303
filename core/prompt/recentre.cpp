// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/recentre.h"

#include "core/base/utf.h"
#include "core/prompt/stub.h"
#include "core/text/landmarks.h"
#include "core/text/outline.h"
#include "core/text/quote.h"
#include "core/text/segment.h"

#include <algorithm>
#include <set>

namespace cw {

namespace {

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool holdsWord(std::string_view text, size_t begin, size_t end) {
    return begin < end && std::any_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), isWordByte);
}

// The places of a finding's quotes in the contract; empty where one isn't found.
std::vector<ByteRange> placesIn(std::string_view text, ByteRange window, const Finding& finding) {
    std::vector<ByteRange> places = groundQuotes(NormalizedText(text.substr(window.begin, window.size())), finding.quotes);
    for (ByteRange& place : places)
        if (!place.empty())
            place = {window.begin + place.begin, window.begin + place.end};
    return places;
}

// Where sections begin, and where the text ends: there nothing is cut.
class Borders {
public:
    explicit Borders(std::string_view text) : m_text(text), m_content(trimmedRange(text, {0, text.size()})) {
        const std::vector<ByteRange> signatures = findSignatureBlocks(text);
        for (const HeadingLine& found : findOutline(text, signatures))
            m_starts.insert(trimmedRange(text, found.line).begin);
        for (ByteRange signature : signatures)
            m_starts.insert(signature.begin);
    }

    bool isStart(size_t begin) const { return begin <= m_content.begin || m_starts.contains(begin); }
    bool isEnd(size_t end) const {
        const size_t next = trimmedRange(m_text, {end, m_content.end}).begin;
        return next >= m_content.end || m_starts.contains(next);
    }

private:
    std::string_view m_text;
    ByteRange m_content;
    std::set<size_t> m_starts;
};

// All placed quotes of the windows, each with the edges that cut it.
std::vector<TruncatedQuote> placedQuotes(std::string_view text, const std::vector<WindowAnswer>& windows) {
    const Borders borders(text);
    std::vector<TruncatedQuote> quotes;
    for (size_t i = 0; i < windows.size(); ++i) {
        const ByteRange window = trimmedRange(text, windows[i].range);
        const bool isCutBefore = !borders.isStart(window.begin), isCutBehind = !borders.isEnd(window.end);
        for (const AnswerCell& cell : windows[i].answer.cells)
            for (ByteRange place : cell.finding ? placesIn(text, windows[i].range, *cell.finding) : std::vector<ByteRange>())
                if (!place.empty())
                    quotes.push_back({i, cell.key, place, isCutBefore && !holdsWord(text, window.begin, place.begin),
                                      isCutBehind && !holdsWord(text, place.end, window.end)});
    }
    return quotes;
}

bool isWhole(const TruncatedQuote& quote) {
    return !quote.atBegin && !quote.atEnd;
}

// Another window has seen beyond the edge and says what the clause is there.
bool answers(const TruncatedQuote& other, ByteRange window, const TruncatedQuote& quote) {
    const size_t common = other.range.intersected(quote.range).size();
    const bool sees = window.contains(quote.range) && (!quote.atBegin || window.begin < quote.range.begin) &&
                      (!quote.atEnd || quote.range.end < window.end);
    return other.window != quote.window && other.key == quote.key && isWhole(other) && sees &&
           2 * common >= std::min(other.range.size(), quote.range.size());
}

// The hull with as much text on each side as fits, between sentences where there are any.
ByteRange centred(std::string_view text, const std::vector<ByteRange>& sentences, ByteRange hull, size_t maxBytes) {
    const size_t room = maxBytes - std::min(maxBytes, hull.size());
    size_t begin = hull.begin - std::min(hull.begin, room / 2);
    size_t end = std::min(text.size(), hull.end + (room - (hull.begin - begin)));
    begin = hull.begin - std::min(hull.begin, room - (end - hull.end)); // what the end has no use for
    while (!isCodePointBoundary(text, begin))
        ++begin;
    while (!isCodePointBoundary(text, end))
        --end;
    for (auto each = sentences.rbegin(); each != sentences.rend(); ++each)
        if (each->end <= end && each->end >= hull.end) {
            end = each->end;
            break;
        }
    const auto first = std::find_if(sentences.begin(), sentences.end(), [&](ByteRange each) { return each.begin >= begin; });
    if (first != sentences.end() && first->begin <= hull.begin)
        begin = first->begin;
    return trimmedRange(text, {begin, end});
}

ByteRange hullOf(ByteRange a, ByteRange b) {
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

// Neighbouring quotes whose hull leaves half of the window for what is around them.
std::vector<std::vector<TruncatedQuote>> grouped(std::vector<TruncatedQuote> quotes, size_t maxBytes) {
    std::stable_sort(quotes.begin(), quotes.end(), [](const auto& a, const auto& b) { return a.range < b.range; });
    std::vector<std::vector<TruncatedQuote>> groups;
    ByteRange hull;
    for (TruncatedQuote& quote : quotes) {
        const ByteRange wider = groups.empty() ? quote.range : hullOf(hull, quote.range);
        const bool joins = !groups.empty() && wider.size() <= maxBytes / 2;
        hull = joins ? wider : quote.range;
        if (!joins)
            groups.emplace_back();
        groups.back().push_back(std::move(quote));
    }
    return groups;
}

Request requestFor(const std::vector<TruncatedQuote>& quotes, const std::vector<WindowAnswer>& windows) {
    std::set<std::string> keys;
    for (const TruncatedQuote& quote : quotes)
        keys.insert(quote.key);
    Request request;
    for (const TruncatedQuote& quote : quotes)
        for (const AnswerCell& cell : windows[quote.window].answer.cells)
            if (keys.erase(cell.key) > 0)
                request.keys.push_back(cell.key);
    return request;
}

} // namespace

std::vector<TruncatedQuote> truncatedQuotes(std::string_view canonicalText, const std::vector<WindowAnswer>& windows) {
    const std::vector<TruncatedQuote> quotes = placedQuotes(canonicalText, windows);
    std::vector<TruncatedQuote> truncated;
    for (const TruncatedQuote& quote : quotes)
        if (!isWhole(quote) && std::none_of(quotes.begin(), quotes.end(), [&](const TruncatedQuote& other) {
                return answers(other, windows[other.window].range, quote);
            }))
            truncated.push_back(quote);
    return truncated;
}

std::vector<Rerun> rerunsFor(std::string_view canonicalText, const std::vector<WindowAnswer>& windows,
                             const std::vector<TruncatedQuote>& truncated, const ChunkSettings& settings) {
    std::vector<Rerun> reruns;
    if (truncated.empty())
        return reruns;
    const std::vector<ByteRange> sentences = segmentSentences(canonicalText);
    for (std::vector<TruncatedQuote>& quotes : grouped(truncated, settings.maxBytes)) {
        ByteRange hull = quotes.front().range;
        for (const TruncatedQuote& quote : quotes)
            hull = hullOf(hull, quote.range);
        Window window;
        window.range = centred(canonicalText, sentences, hull, settings.maxBytes);
        Request request = requestFor(quotes, windows);
        reruns.push_back({std::move(window), std::move(request), std::move(quotes)});
    }
    std::vector<Window> described;
    for (const Rerun& rerun : reruns)
        described.push_back(rerun.window);
    describe(canonicalText, settings, described);
    for (size_t i = 0; i < reruns.size(); ++i)
        reruns[i].window = std::move(described[i]);
    return reruns;
}

} // namespace cw
