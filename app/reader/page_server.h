// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Draws the pages of one PDF for as long as somebody asks: requests on stdin, answers on stdout (core/text/page_pipe.h). One thread.
#pragma once

#include <string>

namespace cw {

// Returns the exit status: 0 at the end of the requests, 4 when one makes no sense or its answer can't be written. A page that can't be
// drawn is a sentence in the answer.
int servePages(const std::string& file);

} // namespace cw
