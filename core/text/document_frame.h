// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What clausewright-reader says on its pipe: a document's text and boxes, or why it couldn't be read. The receiving side trusts nothing: a
// reader that a hostile document took over can send any bytes. Pure; any thread.
//
//   "CWRD" · u32 version · u64 payload bytes · 64 hex digits: SHA-256 of the payload · payload
//   payload: u8 0 · text · reader · u32 pages · {f64 width, f64 height}* · u32 lines · {u32 page, u64 begin, u64 end, f64 x 4}*
//         or u8 1 · u8 error code · detail · hint
//   a string is u64 bytes and the bytes; every number is little-endian
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <string>
#include <string_view>

namespace cw {

std::string encodeFrame(const DocumentText& document);
std::string encodeFrame(const Error& error);

// The document or the error that a frame holds. Corrupt if the frame is cut, its hash differs, a count doesn't fit its bytes, the text is
// not UTF-8, or a box lies outside its page, its text or a code point's boundaries.
Result<DocumentText> decodeFrame(std::string_view frame);

} // namespace cw
