// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A contract's title as lists show it. No widgets; any thread.
#pragma once

#include <QString>

#include <string_view>

namespace cw {

// A title in capitals reads as "Distributor Agreement"; any other stays as it is. Only for showing: the store keeps the title.
QString displayTitle(std::string_view title);

} // namespace cw
