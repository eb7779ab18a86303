// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The quotes of two answers as rich text in which the words that differ are marked. No widgets; any thread.
#pragma once

#include "app/services/theme.h"
#include "core/model/annotation.h"

#include <QString>

#include <utility>
#include <vector>

namespace cw {

// One paragraph a quote, each a link whose target is "begin:end" in bytes of the contract. A stretch that is the same in both is
// shortened in its middle where it is long. What differs is underlined, so that it shows without colour.
std::pair<QString, QString> markedQuotes(const std::vector<Span>& first, const std::vector<Span>& second, const Tokens& tokens);

// A link's target; an empty range for anything else.
ByteRange rangeOfLink(const QString& link);

} // namespace cw
