// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Keeps the libraries of this process from starting threads of their own.
#pragma once

namespace cw {

// Call first in main. OpenMP, which Tesseract brings along, takes its limit from the environment when it is loaded: the process starts
// itself again with it, once. Several readers work side by side, and one that may make no threads would end where it tried.
void stayOneThread(char** argv);

} // namespace cw
