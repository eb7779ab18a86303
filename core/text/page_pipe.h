// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How a window asks clausewright-reader --pages for the picture of a page, and how the answer comes: one request, then its answer. Neither
// side trusts the other: a reader that a hostile document took over can send any bytes. Pure; any thread.
//
//   request: "CWPQ" · u32 version · u32 page, from 0 · u32 width · u32 height, in pixels
//   answer:  "CWPA" · u32 version · u32 page · u32 width · u32 height · u32 bytes · bytes
//            width and height as asked: a picture, a row after the other from the top, 4 bytes a pixel: blue, green, red, 255
//            width and height 0: one sentence that says why there is none
//   every number is little-endian
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

struct PageRequest {
    std::uint32_t page = 0, width = 0, height = 0;
    friend bool operator==(const PageRequest&, const PageRequest&) = default;
};

struct PageAnswer {
    bool isPicture = false; // else a sentence
    size_t bytes = 0;       // that follow the head
};

constexpr size_t kPageRequestBytes = 20, kPageAnswerHeadBytes = 24;
constexpr std::uint32_t kMaxPageSide = 16'384;
constexpr std::uint64_t kMaxPagePixels = 32u << 20;
constexpr size_t kMaxPageSentenceBytes = 4096;

// Whether a picture of this size may be asked for.
bool isSound(const PageRequest& request);

std::string encodePageRequest(const PageRequest& request);
std::optional<PageRequest> decodePageRequest(std::string_view bytes); // of exactly kPageRequestBytes

// The head of the answer with a picture; its pixels follow.
std::string encodePagePictureHead(const PageRequest& request);
// A whole answer.
std::string encodePageSentence(const PageRequest& request, std::string_view sentence);
// What follows a head of exactly kPageAnswerHeadBytes; nothing unless it answers this very request.
std::optional<PageAnswer> decodePageAnswerHead(std::string_view bytes, const PageRequest& asked);

} // namespace cw
