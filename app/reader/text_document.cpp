// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/text_document.h"

#include "core/base/utf.h"
#include "core/text/hidden_text.h"

#include <algorithm>
#include <cstdio>

namespace cw {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr const char* kSaveAsUtf8 = "Save it as UTF-8 in a text editor and import it again.";

Error notText(const std::string& name, const std::string& what) { return {ErrorCode::BadInput, name + " " + what, kSaveAsUtf8}; }

std::string hexByte(unsigned char byte) {
    char out[5];
    std::snprintf(out, sizeof out, "0x%02X", byte);
    return out;
}

// UTF-16 behind its mark, after RFC 2781.
Result<std::string> decodeUtf16(std::string_view bytes, bool bigEndian, const std::string& name) {
    const auto unitAt = [&](size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(bigEndian ? first << 8 | second : second << 8 | first);
    };
    const auto broken = [&](size_t at) { return notText(name, "is not valid UTF-16 at byte " + std::to_string(at) + "."); };
    std::string out;
    for (size_t at = 2; at < bytes.size(); at += 2) {
        if (at + 1 >= bytes.size())
            return broken(at);
        char32_t unit = unitAt(at);
        if (unit >= 0xD800 && unit < 0xE000) {
            const char32_t low = at + 3 < bytes.size() ? unitAt(at + 2) : 0;
            if (unit >= 0xDC00 || low < 0xDC00 || low >= 0xE000)
                return broken(at);
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        appendCodePoint(out, unit);
    }
    return out;
}

Result<std::string> decode(std::string_view bytes, const std::string& name) {
    if (bytes.starts_with("\xFE\xFF"))
        return decodeUtf16(bytes, true, name);
    if (bytes.starts_with("\xFF\xFE"))
        return decodeUtf16(bytes, false, name);
    if (const auto wrong = firstInvalidUtf8(bytes))
        return notText(name, "is not UTF-8 text: byte " + std::to_string(*wrong) + " is " +
                                 hexByte(static_cast<unsigned char>(bytes[*wrong])) + ", which can't stand there.");
    if (bytes.starts_with(kUtf8Mark))
        bytes.remove_prefix(kUtf8Mark.size());
    return std::string(bytes);
}

// CRLF and CR to LF, in place.
void unifyLineEnds(std::string& text) {
    size_t to = 0;
    for (size_t from = 0; from < text.size(); ++from) {
        const bool carriageReturn = text[from] == '\r';
        if (carriageReturn && from + 1 < text.size() && text[from + 1] == '\n')
            continue;
        text[to++] = carriageReturn ? '\n' : text[from];
    }
    text.resize(to);
}

} // namespace

Result<DocumentText> readTextDocument(std::string_view bytes, const std::string& name) {
    DocumentText document;
    document.reader = "text 1";
    CW_TRY_ASSIGN(text, decode(bytes, name));
    if (const size_t zero = text.find('\0'); zero != std::string::npos)
        return notText(name, "is not a text file: there is a zero byte in it.");
    if (std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }))
        return Error{ErrorCode::BadInput, name + " holds no text.", "Check that it is the right file."};
    unifyLineEnds(text);
    document.text = std::move(text);
    document.marks = findInvisible(document.text);
    return document;
}

} // namespace cw
