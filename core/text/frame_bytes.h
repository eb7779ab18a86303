// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Numbers and strings as the reader's pipe formats write them, and a cursor over bytes that nobody vouches for. Pure; any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace cw {

// Little-endian.
void putNumber(std::string& out, std::uint64_t value, int bytes);
void putDouble(std::string& out, double value);
// u64 bytes and the bytes.
void putString(std::string& out, std::string_view text);

// Reads numbers and strings; once something doesn't fit, everything reads as nothing and `ok` stays false.
class ByteCursor {
public:
    explicit ByteCursor(std::string_view bytes) : m_rest(bytes) {}
    bool ok() const { return m_ok; }
    size_t left() const { return m_rest.size(); }

    std::string_view take(std::uint64_t bytes);
    std::uint64_t number(int bytes);
    double real() { return std::bit_cast<double>(number(8)); }
    std::string string() { return std::string(take(number(8))); }
    // A count of items of at least `itemBytes` each: refused before anything is reserved for it.
    size_t count(size_t itemBytes);

private:
    std::string_view m_rest;
    bool m_ok = true;
};

// Words from the other side as a window can show them: one line of at most 4,096 bytes, valid UTF-8, without characters that control the
// terminal or turn the direction of writing. Line ends and tabs become spaces.
std::string oneLine(std::string_view text);

} // namespace cw
