// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/merge.h"

#include "core/base/utf.h"
#include "core/prompt/window_priors.h"
#include "core/text/quote.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

struct PlacedQuote {
    std::string quote;
    ByteRange range;
    size_t window = 0;
};

// What stands at `range`, as a quote from its first character to its last; empty where nothing of it stays.
PlacedQuote quoteAt(ByteRange range, std::string_view text, size_t window) {
    const NormalizedText piece(text.substr(range.begin, range.size()));
    const ByteRange kept = piece.toSource({0, piece.text().size()});
    return {piece.text(), {range.begin + kept.begin, range.begin + kept.end}, window};
}

// The part of a quote that lies behind a place of the text.
PlacedQuote behind(size_t place, PlacedQuote quote, std::string_view text) {
    return quote.range.begin >= place ? std::move(quote) : quoteAt({place, std::max(place, quote.range.end)}, text, quote.window);
}

// Adds a quote that begins within the last one: the longer of the two stands if the shorter lies in it by half or more, else all that they
// cover together; both, parted where the first ends, if that is more than a quote can hold.
void addOverlapping(std::vector<PlacedQuote>& quotes, PlacedQuote other, std::string_view text) {
    PlacedQuote& last = quotes.back();
    const size_t common = last.range.intersected(other.range).size();
    if (2 * common >= std::min(last.range.size(), other.range.size())) {
        if (other.range.size() > last.range.size())
            last = std::move(other);
        return;
    }
    PlacedQuote both = quoteAt({last.range.begin, other.range.end}, text, last.window);
    if (codePointCount(both.quote) <= kMaxQuoteCodePoints)
        last = std::move(both);
    else if (PlacedQuote rest = quoteAt({last.range.end, other.range.end}, text, other.window); !rest.quote.empty())
        quotes.push_back(std::move(rest));
}

std::vector<PlacedQuote> withoutOverlap(std::vector<PlacedQuote> quotes, std::string_view text) {
    std::stable_sort(quotes.begin(), quotes.end(), [](const auto& a, const auto& b) { return a.range < b.range; });
    std::vector<PlacedQuote> out;
    for (PlacedQuote& quote : quotes) {
        if (out.size() > 1) // where two were parted, it may begin within the first of them
            quote = behind(out[out.size() - 2].range.end, std::move(quote), text);
        if (quote.quote.empty())
            continue;
        if (!out.empty() && out.back().range.overlaps(quote.range))
            addOverlapping(out, std::move(quote), text);
        else
            out.push_back(std::move(quote));
    }
    return out;
}

// Takes away the quotes behind the most that a cell can hold: their places, with the value that the cell has.
std::optional<Alternative> takeBeyondMost(std::vector<PlacedQuote>& quotes, const ClauseValue& value) {
    if (quotes.size() <= kMaxQuotes)
        return std::nullopt;
    Alternative beyond{value, {}, quotes[kMaxQuotes].window, std::nullopt};
    for (size_t i = kMaxQuotes; i < quotes.size(); ++i)
        beyond.ranges.push_back(quotes[i].range);
    quotes.resize(kMaxQuotes);
    return beyond;
}

// Gathers what the windows found of one type.
class CellMerger {
public:
    CellMerger(std::string_view text, const NullRule& rule) : m_text(text), m_rule(rule) {}

    void add(const Finding& finding, const NormalizedText& windowText, WindowValue value, size_t windowBegin) {
        value.value = finding.value;
        value.ranges = groundQuotes(windowText, finding.quotes);
        for (size_t i = 0; i < finding.quotes.size(); ++i) {
            ByteRange& range = value.ranges[i];
            if (!range.empty()) {
                range = {windowBegin + range.begin, windowBegin + range.end};
                m_placed.push_back({finding.quotes[i], range, value.window});
            } else if (std::find(m_unplaced.begin(), m_unplaced.end(), finding.quotes[i]) == m_unplaced.end()) {
                m_unplaced.push_back(finding.quotes[i]);
            }
        }
        m_values.push_back(std::move(value));
    }

    // Of a window that says null, too.
    void addMargin(std::optional<float> margin) {
        if (margin)
            m_margins.push_back(*margin);
    }

    MergedCell take(const std::string& key) && {
        const std::optional<double> margin = contractMargin(m_rule.rule, m_margins);
        MergedCell merged{key, std::nullopt, {}, {}, margin ? std::optional(static_cast<float>(*margin)) : std::nullopt};
        if (m_values.empty())
            return merged;
        if (const auto bias = m_rule.biases.find(key); bias != m_rule.biases.end() && margin && *margin + bias->second <= 0) {
            merged.alternatives = rankAll(std::move(m_values));
            return merged;
        }
        RankedValues ranked = rankValues(std::move(m_values));
        merged.finding = Finding{{}, std::move(ranked.value)};
        merged.alternatives = std::move(ranked.alternatives);
        std::vector<PlacedQuote> placed = withoutOverlap(std::move(m_placed), m_text);
        if (auto beyond = takeBeyondMost(placed, merged.finding->value))
            merged.alternatives.push_back(std::move(*beyond));
        for (PlacedQuote& quote : placed) {
            merged.finding->quotes.push_back(std::move(quote.quote));
            merged.ranges.push_back(quote.range);
        }
        m_unplaced.resize(std::min(m_unplaced.size(), kMaxQuotes - placed.size()));
        for (std::string& quote : m_unplaced) {
            merged.finding->quotes.push_back(std::move(quote));
            merged.ranges.emplace_back();
        }
        return merged;
    }

private:
    std::string_view m_text;
    const NullRule& m_rule;
    std::vector<PlacedQuote> m_placed;
    std::vector<std::string> m_unplaced;
    std::vector<WindowValue> m_values;
    std::vector<float> m_margins;
};

// The places of windows that have margins: only these are weighed.
std::vector<WindowPlace> weighedPlaces(std::string_view text, const std::vector<WindowAnswer>& windows) {
    const bool haveMargins = std::any_of(windows.begin(), windows.end(), [](const WindowAnswer& each) { return !each.margins.empty(); });
    std::vector<ByteRange> ranges;
    for (const WindowAnswer& window : windows)
        ranges.push_back(window.range);
    return haveMargins ? placesOf(text, ranges) : std::vector<WindowPlace>(windows.size());
}

} // namespace

std::vector<MergedCell> mergeAnswers(std::string_view canonicalText, const Request& request,
                                     const std::vector<WindowAnswer>& windows, const NullRule& rule) {
    const std::vector<WindowPlace> places = weighedPlaces(canonicalText, windows);
    std::vector<NormalizedText> texts;
    for (const WindowAnswer& window : windows)
        texts.emplace_back(canonicalText.substr(window.range.begin, window.range.size()));
    std::vector<MergedCell> merged;
    for (const std::string& key : request.keys) {
        CellMerger merger(canonicalText, rule);
        for (size_t i = 0; i < windows.size(); ++i) {
            const AnswerCell* cell = windows[i].answer.find(key);
            if (!cell)
                continue;
            const auto at = static_cast<size_t>(cell - windows[i].answer.cells.data());
            const std::optional<float> margin = at < windows[i].margins.size() ? windows[i].margins[at] : std::nullopt;
            merger.addMargin(margin);
            if (cell->finding)
                merger.add(*cell->finding, texts[i], {{}, {}, i, margin, priorOf(key, places[i])}, windows[i].range.begin);
        }
        merged.push_back(std::move(merger).take(key));
    }
    return merged;
}

} // namespace cw
