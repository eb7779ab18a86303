// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What clausewright-reader says on its pipe: a document's text and boxes, or why it couldn't be read. The receiving side trusts nothing: a
// reader that a hostile document took over can send any bytes. Pure; any thread.
//
//   "CWRD" · u32 version · u64 payload bytes · 64 hex digits: SHA-256 of the payload · payload
//   payload: u8 0 · text · reader · u32 pages · {f64 width, f64 height}* · u32 lines · {u32 page, u64 begin, u64 end, f64 x 4}*
//                  · u32 marks · {u8 kind, u64 begin, u64 end, detail, f64 confidence}* · u32 notes · {u8 kind, u32 number}*
//                  · u32 protections · {name}*
//         or u8 1 · u8 error code · detail · hint
//   before it, any number of times: "CWPG" · u32 page, from 1 · u32 pages (the document's reading goes on)
//   a string is u64 bytes and the bytes; every number is little-endian
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

std::string encodeFrame(const DocumentText& document);
std::string encodeFrame(const Error& error);

// The page that is being read now.
struct ReadingProgress {
    std::uint32_t page = 0, pages = 0;
};
std::string encodeProgress(ReadingProgress progress);
// Takes one word of progress off the front of what the reader has said so far; nothing if none stands there whole.
std::optional<ReadingProgress> takeProgress(std::string& said);

// The document or the error that a frame holds. Corrupt if the frame is cut, its hash differs, a count doesn't fit its bytes, the text is
// not UTF-8, a box or a mark lies outside its page, its text or a code point's boundaries, lines or marks are out of order, or a note is of
// a page that isn't there. Words meant for a person come as one line each.
Result<DocumentText> decodeFrame(std::string_view frame);

} // namespace cw
