// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/progress.h"

#include "core/text/document_frame.h"

#include <cstdio>

namespace cw {

void startPage(int page, int pages) {
    const std::string said = encodeProgress({static_cast<std::uint32_t>(page + 1), static_cast<std::uint32_t>(pages)});
    std::fwrite(said.data(), 1, said.size(), stdout);
    std::fflush(stdout);
}

} // namespace cw
