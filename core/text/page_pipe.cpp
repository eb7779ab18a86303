// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/page_pipe.h"

#include "core/text/frame_bytes.h"

namespace cw {

namespace {

constexpr std::string_view kRequestMagic = "CWPQ", kAnswerMagic = "CWPA";
constexpr std::uint32_t kVersion = 1;
constexpr std::uint64_t kPixelBytes = 4;

std::string head(std::string_view magic, const PageRequest& request) {
    std::string out(magic);
    for (const std::uint32_t number : {kVersion, request.page, request.width, request.height})
        putNumber(out, number, 4);
    return out;
}

// The request or the answer's first numbers; nothing if the bytes are not of that kind and version.
std::optional<PageRequest> takeHead(ByteCursor& in, std::string_view magic) {
    if (in.take(4) != magic || in.number(4) != kVersion)
        return std::nullopt;
    const auto number = [&in] { return static_cast<std::uint32_t>(in.number(4)); };
    const std::uint32_t page = number(), width = number(), height = number();
    return PageRequest{page, width, height};
}

} // namespace

bool isSound(const PageRequest& request) {
    return request.width > 0 && request.height > 0 && request.width <= kMaxPageSide && request.height <= kMaxPageSide &&
           std::uint64_t{request.width} * request.height <= kMaxPagePixels;
}

std::string encodePageRequest(const PageRequest& request) { return head(kRequestMagic, request); }

std::optional<PageRequest> decodePageRequest(std::string_view bytes) {
    ByteCursor in(bytes);
    const auto request = takeHead(in, kRequestMagic);
    return request && in.ok() && in.left() == 0 && isSound(*request) ? request : std::nullopt;
}

std::string encodePagePictureHead(const PageRequest& request) {
    std::string out = head(kAnswerMagic, request);
    putNumber(out, kPixelBytes * request.width * request.height, 4);
    return out;
}

std::string encodePageSentence(const PageRequest& request, std::string_view sentence) {
    std::string out = head(kAnswerMagic, {request.page, 0, 0});
    sentence = sentence.substr(0, kMaxPageSentenceBytes);
    putNumber(out, sentence.size(), 4);
    return out.append(sentence);
}

std::optional<PageAnswer> decodePageAnswerHead(std::string_view bytes, const PageRequest& asked) {
    ByteCursor in(bytes);
    const auto answered = takeHead(in, kAnswerMagic);
    const std::uint64_t size = in.number(4);
    if (!answered || !in.ok() || in.left() != 0 || answered->page != asked.page)
        return std::nullopt;
    if (*answered == asked && isSound(asked) && size == kPixelBytes * asked.width * asked.height)
        return PageAnswer{true, static_cast<size_t>(size)};
    if (answered->width == 0 && answered->height == 0 && size > 0 && size <= kMaxPageSentenceBytes)
        return PageAnswer{false, static_cast<size_t>(size)};
    return std::nullopt;
}

} // namespace cw
