// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Leaves the process the system calls that reading a document takes, and no other (seccomp). Any thread; it holds for all.
#pragma once

namespace cw {

// Everything that isn't named is refused: sockets, new processes and programs, other processes' memory, opening a file to write, making,
// renaming or removing one, memory that can be executed. False: this system has no such filter, and nothing has changed.
bool allowCallsOfReading();

} // namespace cw
