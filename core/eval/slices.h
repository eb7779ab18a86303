// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores by what the contracts are: their type, language, law, length, file. A slice is the contracts that share one value of one
// facet. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// What contracts can be told apart by.
enum class Facet {
    ContractType,
    Language,
    GoverningLaw, // the gold value; "none" where it is absent
    Length,       // of the canonical text
    Pages,        // of the document; a text file has none
    Windows,      // that the run read the contract in
    FileKind,     // "pdf", "docx", "text"
    Recognition,  // "native" or "ocr", of documents with pages
    Origin,       // where the import was told that it came from
    Party,        // each of the gold parties, so a contract has several
};

inline constexpr std::array<Facet, 10> kFacets = {Facet::ContractType, Facet::Language, Facet::GoverningLaw, Facet::Length, Facet::Pages,
                                                  Facet::Windows,      Facet::FileKind, Facet::Recognition,  Facet::Origin, Facet::Party};

std::string_view keyOf(Facet facet);   // "contract_type"
std::string_view titleOf(Facet facet); // "Contract type"

// One value of a facet, e.g. Language "en-GB", Length "10 to 40 KB".
struct FacetValue {
    Facet facet = Facet::ContractType;
    std::string value;
    friend auto operator<=>(const FacetValue&, const FacetValue&) = default;
};

// The place of a class of sizes among those of its facet, from 0; 0 for any other value.
size_t rankOf(const FacetValue& slice);

// What is known of each contract; one that a fact isn't known of has no value of that facet.
using FacetTable = std::map<ContractId, std::set<FacetValue>>;

// `outputs` are the run's, of whichever mode: they say how many windows a contract was read in. The text's length is that of `textOf`,
// or of the frozen document.
FacetTable facetsOf(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& outputs, const TextOf& textOf);

// With fewer contracts a rate is shown, but it proves nothing.
inline constexpr int kFewContracts = 10;

// A share with what it is of; nothing where it is of nothing.
struct SliceRate {
    std::optional<double> rate;                    // 0..1
    int of = 0;                                    // cells in the denominator
    std::optional<std::array<double, 2>> interval; // 95 %, cluster bootstrap over contracts, near duplicates whole; from two clusters on
};

struct SliceScore {
    FacetValue slice;
    int contracts = 0;
    Tally tally;
    SliceRate accuracy, f1, presentAccuracy, hallucination;
    bool few() const { return contracts < kFewContracts; }
};

// The scores of one set of contracts; an empty set of nothing. `slice` only names it.
SliceScore scoreSlice(const Evaluation& evaluation, Rules rules, const FacetValue& slice, const std::set<ContractId>& contracts);

// A score a slice, in the order of kFacets and then by value (sizes by size); a facet of which every contract has the same single value
// is left out, and so is a party of a single contract. Seeded.
std::vector<SliceScore> sliceScores(const Evaluation& evaluation, const FacetTable& facets, Rules rules);

// How far two slices are apart: accuracy of the first minus that of the second, with a 95 % interval from clusters of contracts drawn with
// replacement within each slice, from two clusters a slice on.
struct SliceGap {
    SliceScore first, second;
    double gap = 0;
    std::optional<std::array<double, 2>> interval;
};

// Nothing where one of the slices has no cell.
std::optional<SliceGap> sliceGap(const Evaluation& evaluation, const FacetTable& facets, Rules rules, const FacetValue& first,
                                 const FacetValue& second);

// The contracts of the evaluation that have the value.
std::set<ContractId> contractsOf(const Evaluation& evaluation, const FacetTable& facets, const FacetValue& value);

} // namespace cw
