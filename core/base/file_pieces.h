// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Writing a file that is too large to lie in memory as a whole. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string_view>

namespace cw {

// Writes the next bytes of a file; false where that failed.
using WritePiece = std::function<bool(std::string_view bytes)>;

// As writeFileAtomically (core/base/file.h), with `fill` giving the bytes piece by piece; it gives up, with false, where a piece
// can't be written.
Status writePiecesAtomically(const std::filesystem::path& path, const std::function<bool(const WritePiece& write)>& fill);

} // namespace cw
