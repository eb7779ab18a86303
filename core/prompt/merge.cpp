// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The answer of a contract from those of its windows.
#include "core/prompt/prompt.h"
#include "core/text/quote.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

struct PlacedQuote {
    std::string quote;
    ByteRange range;
};

// A quote that two windows gave, whole or in part: the longer of the two if the shorter lies in it by half or more,
// else all that they cover together.
void join(PlacedQuote& quote, PlacedQuote other, std::string_view text) {
    const size_t common = quote.range.intersected(other.range).size();
    if (2 * common < std::min(quote.range.size(), other.range.size())) {
        const ByteRange both{std::min(quote.range.begin, other.range.begin),
                             std::max(quote.range.end, other.range.end)};
        quote = {normalizeQuote(text.substr(both.begin, both.size())), both};
    } else if (other.range.size() > quote.range.size()) {
        quote = std::move(other);
    }
}

std::vector<PlacedQuote> withoutOverlap(std::vector<PlacedQuote> quotes, std::string_view text) {
    std::stable_sort(quotes.begin(), quotes.end(), [](const auto& a, const auto& b) { return a.range < b.range; });
    std::vector<PlacedQuote> out;
    for (PlacedQuote& quote : quotes)
        if (!out.empty() && out.back().range.overlaps(quote.range))
            join(out.back(), std::move(quote), text);
        else
            out.push_back(std::move(quote));
    return out;
}

// Gathers what the windows found of one type.
class CellMerger {
public:
    explicit CellMerger(std::string_view text) : m_text(text) {}

    void add(const Finding& finding, const NormalizedText& windowText, size_t windowBegin) {
        const std::vector<ByteRange> ranges = groundQuotes(windowText, finding.quotes);
        for (size_t i = 0; i < finding.quotes.size(); ++i)
            if (!ranges[i].empty())
                m_placed.push_back({finding.quotes[i], {windowBegin + ranges[i].begin, windowBegin + ranges[i].end}});
            else if (std::find(m_unplaced.begin(), m_unplaced.end(), finding.quotes[i]) == m_unplaced.end())
                m_unplaced.push_back(finding.quotes[i]);
        addValue(finding);
    }

    MergedCell take(const std::string& key) && {
        MergedCell merged{key, std::nullopt, {}};
        if (m_mostQuotes == 0)
            return merged;
        merged.finding = Finding{{}, std::move(m_value)};
        for (PlacedQuote& quote : withoutOverlap(std::move(m_placed), m_text)) {
            merged.finding->quotes.push_back(std::move(quote.quote));
            merged.ranges.push_back(quote.range);
        }
        for (std::string& quote : m_unplaced) {
            merged.finding->quotes.push_back(std::move(quote));
            merged.ranges.emplace_back();
        }
        return merged;
    }

private:
    // The window with the most quotes has seen the clause best. The names of a party list add up, in the order of the
    // windows.
    void addValue(const Finding& finding) {
        const bool best = finding.quotes.size() > m_mostQuotes;
        m_mostQuotes = std::max(m_mostQuotes, finding.quotes.size());
        auto* known = std::get_if<std::vector<Party>>(&m_value);
        const auto* parties = std::get_if<std::vector<Party>>(&finding.value);
        if (known && parties)
            addParties(*known, *parties);
        else if (best)
            m_value = finding.value;
    }

    static void addParties(std::vector<Party>& known, const std::vector<Party>& parties) {
        for (const Party& party : parties) {
            const auto isSame = [&](const Party& other) { return other.name == party.name; };
            if (known.size() < kMaxParties && std::none_of(known.begin(), known.end(), isSame))
                known.push_back(party);
        }
    }

    std::string_view m_text;
    std::vector<PlacedQuote> m_placed;
    std::vector<std::string> m_unplaced;
    ClauseValue m_value;
    size_t m_mostQuotes = 0;
};

} // namespace

std::vector<MergedCell> mergeAnswers(std::string_view canonicalText, const Request& request,
                                     const std::vector<WindowAnswer>& windows) {
    std::vector<NormalizedText> texts;
    for (const WindowAnswer& window : windows)
        texts.emplace_back(canonicalText.substr(window.range.begin, window.range.size()));
    std::vector<MergedCell> merged;
    for (const std::string& key : request.keys) {
        CellMerger merger(canonicalText);
        for (size_t i = 0; i < windows.size(); ++i)
            if (const AnswerCell* cell = windows[i].answer.find(key); cell && cell->finding)
                merger.add(*cell->finding, texts[i], windows[i].range.begin);
        merged.push_back(std::move(merger).take(key));
    }
    return merged;
}

} // namespace cw
