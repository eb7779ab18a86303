// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Ctrl+C as a question that long work asks now and then. Any thread.
#pragma once

namespace cw::cli {

void watchForInterrupt(); // call once in main; a second Ctrl+C ends the process at once
bool wasInterrupted();

} // namespace cw::cli
