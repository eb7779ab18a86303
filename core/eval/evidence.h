// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The second axis of a value: does it stand on the right words? Pure; any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/extraction/canonical_json.h"
#include "core/model/clause_type.h"

#include <optional>
#include <string>
#include <vector>

namespace cw {

// The overlap of two lists of places, bytes of both / bytes of either. Nothing where a list is empty or has a place that isn't known.
std::optional<double> overlapOf(const std::vector<ByteRange>& a, const std::vector<ByteRange>& b);

// The same of the words of two lists of quotes, as multisets in scoring form: for outputs without their text. Nothing where a list is empty.
std::optional<double> wordOverlapOf(const std::vector<std::string>& a, const std::vector<std::string>& b);

// The quotes state one value of the type's kind in clear words, and it is another one ("thirty days", P90D). False where the words leave
// it open; of booleans, parties and texts always.
bool contradictsItsQuotes(const ClauseType& type, const Finding& finding);

// The quotes in the order of their places, those that lie at most 3 bytes apart as one (evaluation rule 2.3). Where a place isn't known: those
// that lie within one quote of `other`, the other side, or are most like a part of it, side by side and as it has them. Either way the order
// of the lists matters for those alone that have no word of `other`: they come last.
std::vector<std::string> orderedQuotes(const std::vector<std::string>& quotes, const std::vector<ByteRange>& places,
                                       const std::vector<std::string>& other);

} // namespace cw
