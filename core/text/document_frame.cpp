// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/document_frame.h"

#include "core/base/hash.h"
#include "core/base/utf.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace cw {

namespace {

constexpr std::string_view kMagic = "CWRD";
constexpr std::uint32_t kVersion = 1;
constexpr size_t kHashDigits = 64;
constexpr size_t kHeadBytes = 4 + 4 + 8 + kHashDigits;
constexpr size_t kPageBytes = 2 * 8;
constexpr size_t kLineBytes = 4 + 2 * 8 + 4 * 8;
constexpr double kMaxPagePoints = 1e6;
constexpr size_t kMaxSentenceBytes = 4096;

void putNumber(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(value >> (8 * i)));
}

void putDouble(std::string& out, double value) { putNumber(out, std::bit_cast<std::uint64_t>(value), 8); }

void putString(std::string& out, std::string_view text) {
    putNumber(out, text.size(), 8);
    out += text;
}

std::string framed(const std::string& payload) {
    std::string out(kMagic);
    putNumber(out, kVersion, 4);
    putNumber(out, payload.size(), 8);
    return out + sha256Hex(payload) + payload;
}

// Reads numbers and strings; once something doesn't fit, everything reads as nothing and `ok` stays false.
class Cursor {
public:
    explicit Cursor(std::string_view bytes) : m_rest(bytes) {}
    bool ok() const { return m_ok; }
    size_t left() const { return m_rest.size(); }

    std::string_view take(std::uint64_t bytes) {
        if (bytes > m_rest.size()) {
            m_ok = false;
            m_rest = {};
            return {};
        }
        const std::string_view taken = m_rest.substr(0, bytes);
        m_rest.remove_prefix(bytes);
        return taken;
    }

    std::uint64_t number(int bytes) {
        std::uint64_t value = 0;
        int shift = 0;
        for (const char byte : take(static_cast<std::uint64_t>(bytes))) {
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
            shift += 8;
        }
        return value;
    }

    double real() { return std::bit_cast<double>(number(8)); }
    std::string string() { return std::string(take(number(8))); }

    // A count of items of `itemBytes` each: refused before anything is reserved for it.
    size_t count(size_t itemBytes) {
        const std::uint64_t items = number(4);
        m_ok = m_ok && items <= m_rest.size() / itemBytes;
        return m_ok ? static_cast<size_t>(items) : 0;
    }

private:
    std::string_view m_rest;
    bool m_ok = true;
};

Error corrupt() {
    return {ErrorCode::Corrupt, "The document reader's answer is damaged.", "Try again; if it happens again, leave this document out."};
}

// The error's words come from the other side: one line, of a length that a window can show.
std::string oneLine(std::string text) {
    if (text.size() > kMaxSentenceBytes)
        text.resize(kMaxSentenceBytes);
    std::string out;
    for (size_t at = 0; at < text.size();)
        if (const char32_t codePoint = decodeCodePoint(text, at); codePoint >= 0x20 && codePoint != 0x7f)
            appendCodePoint(out, codePoint);
    return out;
}

Result<DocumentText> decodeError(Cursor& in) {
    const std::uint64_t code = in.number(1);
    std::string detail = oneLine(in.string());
    std::string hint = oneLine(in.string());
    if (!in.ok() || in.left() != 0 || code > static_cast<std::uint64_t>(ErrorCode::Failed) || detail.empty())
        return corrupt();
    return Error{static_cast<ErrorCode>(code), std::move(detail), std::move(hint)};
}

bool isShare(double value) { return value >= 0 && value <= 1; } // false for a NaN

bool isSound(const LineBox& line, const DocumentText& document) {
    return line.page >= 0 && static_cast<size_t>(line.page) < document.pages.size() && line.range.begin < line.range.end &&
           line.range.end <= document.text.size() && isCodePointBoundary(document.text, line.range.begin) &&
           isCodePointBoundary(document.text, line.range.end) && isShare(line.left) && isShare(line.right) && isShare(line.top) &&
           isShare(line.bottom) && line.left <= line.right && line.top <= line.bottom;
}

bool isSound(const DocumentText& document) {
    if (firstInvalidUtf8(document.text) || document.text.find('\0') != std::string::npos)
        return false;
    for (const PageSize& page : document.pages)
        if (!(page.widthPoints > 0 && page.heightPoints > 0 && page.widthPoints < kMaxPagePoints && page.heightPoints < kMaxPagePoints))
            return false;
    size_t behind = 0; // ranges follow each other
    for (const LineBox& line : document.lines) {
        if (!isSound(line, document) || line.range.begin < behind)
            return false;
        behind = line.range.end;
    }
    return true;
}

Result<DocumentText> decodeDocument(Cursor& in) {
    DocumentText document;
    document.text = in.string();
    document.reader = oneLine(in.string());
    document.pages.resize(in.count(kPageBytes));
    for (PageSize& page : document.pages) {
        page.widthPoints = in.real();
        page.heightPoints = in.real();
    }
    document.lines.resize(in.count(kLineBytes));
    for (LineBox& line : document.lines) {
        line.page = static_cast<int>(in.number(4));
        line.range.begin = in.number(8);
        line.range.end = in.number(8);
        for (double* edge : {&line.left, &line.top, &line.right, &line.bottom})
            *edge = in.real();
    }
    if (!in.ok() || in.left() != 0 || !isSound(document))
        return corrupt();
    return document;
}

} // namespace

std::string encodeFrame(const DocumentText& document) {
    std::string payload(1, '\0');
    putString(payload, document.text);
    putString(payload, document.reader);
    putNumber(payload, document.pages.size(), 4);
    for (const PageSize& page : document.pages) {
        putDouble(payload, page.widthPoints);
        putDouble(payload, page.heightPoints);
    }
    putNumber(payload, document.lines.size(), 4);
    for (const LineBox& line : document.lines) {
        putNumber(payload, static_cast<std::uint64_t>(line.page), 4);
        putNumber(payload, line.range.begin, 8);
        putNumber(payload, line.range.end, 8);
        for (const double edge : {line.left, line.top, line.right, line.bottom})
            putDouble(payload, edge);
    }
    return framed(payload);
}

std::string encodeFrame(const Error& error) {
    std::string payload(1, '\1');
    putNumber(payload, static_cast<std::uint64_t>(error.code), 1);
    putString(payload, error.detail);
    putString(payload, error.hint);
    return framed(payload);
}

Result<DocumentText> decodeFrame(std::string_view frame) {
    if (frame.size() < kHeadBytes)
        return corrupt();
    Cursor head(frame.substr(0, kHeadBytes));
    const std::string_view payload = frame.substr(kHeadBytes);
    if (head.take(4) != kMagic || head.number(4) != kVersion || head.number(8) != payload.size() ||
        head.take(kHashDigits) != sha256Hex(payload))
        return corrupt();
    Cursor in(payload);
    switch (in.number(1)) {
    case 0:
        if (in.ok())
            return decodeDocument(in);
        return corrupt();
    case 1:
        return decodeError(in);
    default:
        return corrupt();
    }
}

} // namespace cw
