// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Ctrl+C. It ends the process at once, with the exit code of what was cancelled: whatever is written is written whole or not at all. Work that
// can tell how far it came, or has to tidy up, watches for it instead. Main thread, but for the question.
#pragma once

namespace cw::cli {

void endOnInterrupt();    // call once in main
void watchForInterrupt(); // from here on wasInterrupted() is asked now and then; a second Ctrl+C ends the process at once
bool wasInterrupted();    // any thread

} // namespace cw::cli
