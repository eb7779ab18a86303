// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/stub.h"

#include "core/base/utf.h"
#include "core/extraction/party_guess.h"
#include "core/text/defined_terms.h"
#include "core/text/quote.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cw {

namespace {

constexpr size_t kMaxLongPathBytes = 200;
constexpr size_t kMaxDefinitionBytes = 160;
constexpr size_t kShortestDefinition = 20; // bytes: less defines nothing
constexpr size_t kMaxAliasDistance = 600; // bytes between a party's name and its alias

// The beginning of a line that has at most maxBytes, whole words, with dots where something is left out.
std::string shortened(const std::string& line, size_t maxBytes) {
    constexpr std::string_view kDots = " ...";
    if (line.size() <= maxBytes)
        return line;
    size_t end = maxBytes - kDots.size();
    while (end > 0 && line[end] != ' ')
        --end;
    if (end == 0)
        for (end = maxBytes - kDots.size(); !isCodePointBoundary(line, end);)
            --end;
    return line.substr(0, end) + std::string(kDots);
}

struct NamedParty {
    std::string name;
    std::string alias; // "Supplier", or empty
    ByteRange place;   // of the name in the text; empty where it stands there with other white space
};

struct UsedTerm {
    const DefinedTerm* term;
    size_t uses;
};

// Makes the stubs of one contract's windows.
class StubMaker {
public:
    StubMaker(std::string_view text, size_t maxBytes) : m_text(text), m_max(maxBytes), m_terms(findDefinedTerms(text)) {
        for (std::string& name : guessParties(text)) {
            const size_t at = text.find(name);
            const bool isFound = at != std::string_view::npos;
            const ByteRange place = isFound ? ByteRange{at, at + name.size()} : ByteRange();
            m_parties.push_back({std::move(name), {}, place});
        }
        for (NamedParty& party : m_parties)
            party.alias = aliasOf(party);
    }

    std::string stubOf(const Window& window) const {
        std::string stub;
        addLine(stub, partiesLine(window));
        if (window.sectionPath.size() > kMaxPathBytes)
            addLine(stub, "Section: " + std::string(innerPath(window.sectionPath, kMaxLongPathBytes)));
        addTerms(stub, window);
        return stub;
    }

private:
    // The first term that is defined behind a party's name and before the next one's.
    std::string aliasOf(const NamedParty& party) const {
        const auto term = std::find_if(m_terms.begin(), m_terms.end(),
                                       [&](const DefinedTerm& each) { return each.mention.begin >= party.place.end; });
        if (party.place.empty() || term == m_terms.end() || term->mention.begin - party.place.end > kMaxAliasDistance)
            return {};
        const bool isOthers = std::any_of(m_parties.begin(), m_parties.end(), [&](const NamedParty& other) {
            return other.place.begin >= party.place.end && other.place.begin < term->mention.begin;
        });
        return isOthers ? std::string() : term->term;
    }

    // The parties, unless the window names them where the contract does.
    std::string partiesLine(const Window& window) const {
        const bool isSaid = std::all_of(m_parties.begin(), m_parties.end(), [&](const NamedParty& party) {
            return party.place.empty() ? window.part == 1 : window.range.contains(party.place);
        });
        std::string line;
        for (const NamedParty& party : m_parties)
            line += (line.empty() ? "Parties: " : "; ") + party.name + (party.alias.empty() ? "" : " (\"" + party.alias + "\")");
        return isSaid ? std::string() : line;
    }

    void addLine(std::string& stub, const std::string& line) const {
        const size_t border = stub.empty() ? 0 : 1;
        if (!line.empty() && stub.size() + border + line.size() <= m_max)
            stub += (border ? "\n" : "") + line;
    }

    void addTerms(std::string& stub, const Window& window) const {
        std::string line;
        for (const UsedTerm& used : usedIn(window)) {
            const std::string entry = (line.empty() ? "Defined terms: " : "; ") + entryOf(*used.term);
            if (stub.size() + (stub.empty() ? 0 : 1) + line.size() + entry.size() <= m_max)
                line += entry;
        }
        addLine(stub, line);
    }

    // The terms that the window uses and doesn't define, the most used first.
    std::vector<UsedTerm> usedIn(const Window& window) const {
        const std::string_view text = m_text.substr(window.range.begin, window.range.size());
        std::vector<UsedTerm> used;
        for (const DefinedTerm& term : m_terms) {
            if (term.definition.size() < kShortestDefinition || window.range.contains(term.mention) || isName(term.term))
                continue;
            if (const size_t uses = countWholeWords(text, term.term); uses > 0)
                used.push_back({&term, uses});
        }
        std::stable_sort(used.begin(), used.end(), [](const UsedTerm& a, const UsedTerm& b) { return a.uses > b.uses; });
        return used;
    }

    // Of a party, or of the contract: everybody knows who that is.
    bool isName(const std::string& term) const {
        return term == "Agreement" || term == "Contract" || std::any_of(m_parties.begin(), m_parties.end(), [&](const NamedParty& party) { return party.alias == term; });
    }

    std::string entryOf(const DefinedTerm& term) const {
        const std::string definition = normalizeQuote(m_text.substr(term.definition.begin, term.definition.size()));
        const bool namesItself = term.definition.contains(term.mention);
        return shortened(namesItself ? definition : "\"" + term.term + "\": " + definition, kMaxDefinitionBytes);
    }

    std::string_view m_text;
    size_t m_max;
    std::vector<DefinedTerm> m_terms;
    std::vector<NamedParty> m_parties;
};

void addStubs(std::string_view text, const ChunkSettings& settings, std::vector<Window>& windows) {
    if (settings.strategy != ChunkStrategy::SectionOverlap || settings.stubBytes == 0)
        return;
    const StubMaker maker(text, std::min(settings.stubBytes, settings.maxBytes / 4));
    for (Window& window : windows)
        window.stub = maker.stubOf(window);
}

} // namespace

std::vector<Window> windowsOf(std::string_view canonicalText, const ChunkSettings& settings) {
    std::vector<Window> windows = chunk(canonicalText, settings);
    if (windows.size() > 1)
        addStubs(canonicalText, settings, windows);
    return windows;
}

void describe(std::string_view canonicalText, const ChunkSettings& settings, std::vector<Window>& windows) {
    addSectionPaths(canonicalText, settings, windows);
    addStubs(canonicalText, settings, windows);
}

std::string_view innerPath(std::string_view path, size_t maxBytes) {
    constexpr std::string_view kBorder = " > ";
    for (size_t border = path.find(kBorder); path.size() > maxBytes && border != std::string_view::npos; border = path.find(kBorder))
        path.remove_prefix(border + kBorder.size());
    return path;
}

} // namespace cw
