// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Settings that libraries read only while a program starts. Call first in main().
#pragma once

namespace cw {

// Starts the program anew with its threads waiting for each other without spinning for long (on a busy machine that
// burns the very time that the others need: ten times slower was seen), and with memory that it has freed kept for its
// next tensors in large pages (a training step frees and takes about a gigabyte again). What the environment sets already
// stays. Comes back at once in the program that was started anew.
void restartTuned(char** argv);

} // namespace cw
