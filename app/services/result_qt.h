// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The small bridge between the core's strings and Qt's. Any thread.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <string>
#include <string_view>

namespace cw {

inline QString toQString(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }
inline std::string toStdString(const QString& text) { return text.toStdString(); }
inline QString sentence(const Error& error) { return toQString(error.message()); }

} // namespace cw
