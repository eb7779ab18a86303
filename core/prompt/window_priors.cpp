// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/window_priors.h"

#include "core/text/landmarks.h"
#include "core/text/outline.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace cw {

namespace {

constexpr size_t kOpeningBytes = 3000;

// Half of the log-odds of a gold span in a window of the place against a window of none, as bench_chunks measures them at 8,000 bytes on
// the shared collection, to a quarter. Half, because the prompt says which part of the contract it shows, so a margin holds some of it
// already; 0 where a place says less than nothing.
struct Prior {
    std::string_view key;
    double opening, general, signing;
};
constexpr std::array<Prior, 6> kPriors = {{{"document_name", 3.75, 1.5, 1.5},
                                           {"parties", 3.25, 1.25, 1.25},
                                           {"agreement_date", 3, 1.25, 1.25},
                                           {"effective_date", 2.25, 1, 1},
                                           {"expiration_date", 0.5, 0.25, 0},
                                           {"governing_law", 0, 1.75, 1.5}}};

constexpr std::array<std::string_view, 5> kGeneralWords = {"general", "miscellaneous", "governing law", "applicable law", "choice of law"};

bool isGeneral(const Heading& heading) {
    std::string text = heading.text;
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::any_of(kGeneralWords.begin(), kGeneralWords.end(),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

} // namespace

std::vector<WindowPlace> placesOf(std::string_view text, const std::vector<ByteRange>& windows) {
    const std::vector<ByteRange> signatures = findSignatureBlocks(text);
    const std::vector<HeadingLine> outline = findOutline(text, signatures);
    const size_t opening = findContentsTable(text).end;
    std::vector<WindowPlace> places;
    for (ByteRange window : windows) {
        WindowPlace place;
        place.opening = window.overlaps({opening, opening + kOpeningBytes});
        place.general = std::any_of(outline.begin(), outline.end(), [&](const HeadingLine& each) { return window.contains(each.line) && isGeneral(each.heading); });
        place.signing = std::any_of(signatures.begin(), signatures.end(), [&](ByteRange each) { return window.overlaps(each); });
        places.push_back(place);
    }
    return places;
}

double priorOf(std::string_view key, WindowPlace place) {
    const auto found = std::find_if(kPriors.begin(), kPriors.end(), [&](const Prior& each) { return each.key == key; });
    if (found == kPriors.end())
        return 0;
    return std::max({0.0, place.opening ? found->opening : 0.0, place.general ? found->general : 0.0, place.signing ? found->signing : 0.0});
}

} // namespace cw
