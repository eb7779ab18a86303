// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The answer that one window of a contract should have got, from the contract's gold. Any thread.
#pragma once

#include "core/dataset/rows.h"

#include <optional>

namespace cw {

// The place of a clause type in a gold row's request, or nothing if it isn't reviewed there.
std::optional<size_t> goldIndex(const GoldRow& gold, const std::string& key);

// The quotes whose places lie in the window, with their cells' values (of the parties those that the quotes name, as in a
// training row); all of them for an empty window. Nothing if the
// request asks for a type that the gold doesn't know.
std::optional<Answer> goldOfWindow(const GoldRow& gold, const Request& request, ByteRange window);

} // namespace cw
