// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What is known of the contracts of an evaluation, as values of facets.
#include "core/eval/party_match.h"
#include "core/eval/slices.h"

#include <algorithm>

namespace cw {

namespace {

// Classes of a size: each holds sizes up to `most`.
struct SizeClass {
    size_t most;
    std::string_view name;
};

constexpr size_t kAny = static_cast<size_t>(-1);
constexpr std::array<SizeClass, 4> kLengths = {
    SizeClass{10'000, "up to 10 KB"}, {40'000, "10 to 40 KB"}, {100'000, "40 to 100 KB"}, {kAny, "over 100 KB"}};
constexpr std::array<SizeClass, 4> kPages = {SizeClass{5, "1 to 5 pages"}, {20, "6 to 20 pages"}, {50, "21 to 50 pages"}, {kAny, "over 50 pages"}};
constexpr std::array<SizeClass, 4> kWindows = {SizeClass{1, "1 window"}, {4, "2 to 4 windows"}, {9, "5 to 9 windows"}, {kAny, "10 or more windows"}};

std::string classOf(const std::array<SizeClass, 4>& classes, size_t size) {
    return std::string(std::find_if(classes.begin(), classes.end(), [size](const SizeClass& each) { return size <= each.most; })->name);
}

struct FacetNames {
    std::string_view key, title;
};

FacetNames namesOf(Facet facet) {
    switch (facet) {
    case Facet::ContractType: return {"contract_type", "Contract type"};
    case Facet::Language: return {"language", "Language"};
    case Facet::GoverningLaw: return {"governing_law", "Governing law"};
    case Facet::Length: return {"length", "Length"};
    case Facet::Pages: return {"pages", "Pages"};
    case Facet::Windows: return {"windows", "Windows"};
    case Facet::FileKind: return {"file", "File"};
    case Facet::Recognition: return {"recognition", "Page text"};
    case Facet::Origin: return {"origin", "Origin"};
    case Facet::Party: return {"party", "Party"};
    }
    return {};
}

std::string fileKind(const std::string& mediaType) {
    if (mediaType == "application/pdf")
        return "pdf";
    return mediaType.find("word") == std::string::npos ? "text" : "docx";
}

class Values {
public:
    explicit Values(std::set<FacetValue>& values) : m_values(values) {}
    void add(Facet facet, std::string value) {
        if (!value.empty())
            m_values.insert({facet, std::move(value)});
    }

private:
    std::set<FacetValue>& m_values;
};

void addDocument(Values& values, const DocumentFacts& document) {
    values.add(Facet::FileKind, fileKind(document.mediaType));
    if (document.pages == 0)
        return;
    values.add(Facet::Pages, classOf(kPages, static_cast<size_t>(document.pages)));
    values.add(Facet::Recognition, document.recognisedPages > 0 ? "ocr" : "native");
}

void addLaw(Values& values, const GoldRow& row) {
    const AnswerCell* cell = row.answer.find("governing_law");
    if (!cell)
        return; // nobody decided
    const auto* code = cell->finding ? std::get_if<std::string>(&cell->finding->value) : nullptr;
    values.add(Facet::GoverningLaw, code ? *code : "none");
}

std::vector<Party> partiesOf(const GoldRow& row) {
    const AnswerCell* cell = row.answer.find("parties");
    const auto* parties = cell && cell->finding ? std::get_if<std::vector<Party>>(&cell->finding->value) : nullptr;
    return parties ? *parties : std::vector<Party>();
}

// What two spellings of one party share; a name that is hardly more than a legal form stands for itself.
std::string identityOf(const Party& party) {
    const PartyName name = partyName(party.name);
    return name.core.empty() || name.onlyInitials ? name.whole : name.core;
}

// A party's name for everybody: the first of its spellings.
std::map<std::string, std::string> spellings(const std::vector<GoldRow>& gold) {
    std::map<std::string, std::string> names;
    for (const GoldRow& row : gold)
        for (const Party& party : partiesOf(row)) {
            const auto [at, isNew] = names.emplace(identityOf(party), party.name);
            if (!isNew)
                at->second = std::min(at->second, party.name);
        }
    return names;
}

std::map<ContractId, size_t> windowsOf(const std::vector<OutputRow>& outputs) {
    std::map<ContractId, size_t> windows;
    for (const OutputRow& row : outputs) {
        size_t& parts = windows[row.meta.contract];
        parts = std::max(parts, static_cast<size_t>(std::max(row.meta.parts, 1)));
    }
    return windows;
}

} // namespace

std::string_view keyOf(Facet facet) {
    return namesOf(facet).key;
}

std::string_view titleOf(Facet facet) {
    return namesOf(facet).title;
}

size_t rankOf(const FacetValue& slice) {
    const auto place = [&](const std::array<SizeClass, 4>& classes) {
        const auto at = std::find_if(classes.begin(), classes.end(), [&](const SizeClass& each) { return each.name == slice.value; });
        return static_cast<size_t>(at - classes.begin());
    };
    switch (slice.facet) {
    case Facet::Length: return place(kLengths);
    case Facet::Pages: return place(kPages);
    case Facet::Windows: return place(kWindows);
    default: return 0;
    }
}

FacetTable facetsOf(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& outputs, const TextOf& textOf) {
    FacetTable table;
    const std::map<std::string, std::string> partyNames = spellings(gold);
    const std::map<ContractId, size_t> windows = windowsOf(outputs);
    for (const GoldRow& row : gold) {
        Values values(table[row.contract]);
        values.add(Facet::ContractType, row.type);
        values.add(Facet::Language, row.language);
        values.add(Facet::Origin, row.origin);
        addLaw(values, row);
        for (const Party& party : partiesOf(row))
            values.add(Facet::Party, partyNames.at(identityOf(party)));
        if (const auto at = windows.find(row.contract); at != windows.end())
            values.add(Facet::Windows, classOf(kWindows, at->second));
        const std::string* text = textOf ? textOf(row.contract) : nullptr;
        if (text || row.document)
            values.add(Facet::Length, classOf(kLengths, text ? text->size() : row.document->textBytes));
        if (row.document)
            addDocument(values, *row.document);
    }
    return table;
}

} // namespace cw
