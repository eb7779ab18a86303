// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/conflicts.h"

#include "core/extraction/canonical_json.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

// Best first; what is equal stays in the order of the windows.
void rank(std::vector<WindowValue>& values) {
    const bool haveMargins = std::all_of(values.begin(), values.end(), [](const WindowValue& each) { return each.margin.has_value(); });
    const auto weight = [&](const WindowValue& each) {
        return haveMargins ? static_cast<double>(*each.margin) + each.prior : static_cast<double>(each.ranges.size());
    };
    std::stable_sort(values.begin(), values.end(), [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
}

Alternative alternativeOf(WindowValue value) {
    return {std::move(value.value), std::move(value.ranges), value.window, value.margin};
}

void addRanges(std::vector<ByteRange>& ranges, const std::vector<ByteRange>& more) {
    ranges.insert(ranges.end(), more.begin(), more.end());
    std::sort(ranges.begin(), ranges.end());
    ranges.erase(std::unique(ranges.begin(), ranges.end()), ranges.end());
}

// Adds what one more window says, in the order of rank: another value, or more places of a known one.
void addAlternative(std::vector<Alternative>& alternatives, WindowValue value) {
    const auto same = [&](const Alternative& each) { return each.value == value.value; };
    const auto known = std::find_if(alternatives.begin(), alternatives.end(), same);
    if (known != alternatives.end())
        addRanges(known->ranges, value.ranges);
    else
        alternatives.push_back(alternativeOf(std::move(value)));
}

void addOther(RankedValues& ranked, WindowValue value) {
    if (value.value != ranked.value)
        addAlternative(ranked.alternatives, std::move(value));
}

// Whether the list says of a party that is known what the known one doesn't.
bool contradicts(const std::vector<Party>& known, const std::vector<Party>& parties) {
    return std::any_of(parties.begin(), parties.end(), [&](const Party& party) {
        return std::any_of(known.begin(), known.end(), [&](const Party& other) { return other.name == party.name && other.role != party.role; });
    });
}

void addParties(std::vector<Party>& known, const std::vector<Party>& parties) {
    for (const Party& party : parties) {
        const auto isSame = [&](const Party& other) { return other.name == party.name; };
        if (known.size() < kMaxParties && std::none_of(known.begin(), known.end(), isSame))
            known.push_back(party);
    }
}

RankedValues addedParties(std::vector<WindowValue> values) {
    std::vector<Party> known;
    std::vector<WindowValue> others;
    for (WindowValue& value : values) {
        const auto& parties = std::get<std::vector<Party>>(value.value);
        const bool differs = contradicts(known, parties);
        addParties(known, parties);
        if (differs)
            others.push_back(std::move(value));
    }
    RankedValues ranked{std::move(known), {}};
    rank(others);
    for (WindowValue& other : others)
        addOther(ranked, std::move(other));
    return ranked;
}

} // namespace

RankedValues rankValues(std::vector<WindowValue> values) {
    const auto isParties = [](const WindowValue& each) { return std::holds_alternative<std::vector<Party>>(each.value); };
    if (std::all_of(values.begin(), values.end(), isParties))
        return addedParties(std::move(values));
    rank(values);
    RankedValues ranked{values.front().value, {}};
    for (WindowValue& value : values)
        addOther(ranked, std::move(value));
    return ranked;
}

std::vector<Alternative> rankAll(std::vector<WindowValue> values) {
    rank(values);
    std::vector<Alternative> alternatives;
    for (WindowValue& value : values)
        addAlternative(alternatives, std::move(value));
    return alternatives;
}

} // namespace cw
