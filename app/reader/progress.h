// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Tells the caller which page is being read, so that it can end a page that takes too long and show how far the reading is. One thread.
#pragma once

namespace cw {

// Call before each page, from 0, and before nothing else: the caller's clock of a page starts anew with it.
void startPage(int page, int pages);

} // namespace cw
