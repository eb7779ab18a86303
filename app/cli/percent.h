// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Shares as the command line prints them. Pure.
#pragma once

#include <QString>

#include <optional>

namespace cw::cli {

inline QString percent(double share) { return QString::number(100 * share, 'f', 1) + u'%'; }
inline QString percent(const std::optional<double>& share) { return share ? percent(*share) : QStringLiteral("-"); }

} // namespace cw::cli
