// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads a file of lines piece by piece, so that neither its size nor the length of a line decides how much memory that takes. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string>

namespace cw {

struct FileLine {
    size_t number = 0;  // from 1, lines without anything counted
    std::string text;   // without its line end; of a line that is too long its first 64 KiB
    size_t bytes = 0;   // of the whole line
    bool tooLong = false;
};

// Gives every line with more than white space in it, in order. LF and CRLF end a line, the last one needs no end, and a UTF-8 byte order
// mark at the begin is left out. A line of more than `most` bytes is marked and not kept. An error if the file can't be read.
Status readLines(const std::filesystem::path& file, size_t most, const std::function<void(FileLine)>& take);

} // namespace cw
