// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/unicode.h"

#include "core/base/ascii.h"
#include "core/base/utf.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <vector>

namespace cw {

CharacterClass characterClass(char32_t codePoint) {
    const auto c = static_cast<UChar32>(codePoint);
    const std::uint32_t category = U_MASK(u_charType(c));
    if (category & U_GC_L_MASK)
        return CharacterClass::Letter;
    if (category & U_GC_N_MASK)
        return CharacterClass::Number;
    return u_isUWhiteSpace(c) ? CharacterClass::Space : CharacterClass::Other;
}

bool isUpper(char32_t codePoint) { return u_isUUppercase(static_cast<UChar32>(codePoint)); }
bool isLower(char32_t codePoint) { return u_isULowercase(static_cast<UChar32>(codePoint)); }

namespace {

std::vector<UChar> toUtf16(std::string_view text) {
    std::vector<UChar> units(text.size() + 1); // UTF-16 never needs more units than UTF-8 needs bytes
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(units.data(), static_cast<std::int32_t>(units.size()), &length, text.data(), static_cast<std::int32_t>(text.size()),
                  &status);
    units.resize(U_SUCCESS(status) ? static_cast<size_t>(length) : 0);
    return units;
}

std::string toUtf8(const std::vector<UChar>& units) {
    std::string text(units.size() * 3, '\0');
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strToUTF8(text.data(), static_cast<std::int32_t>(text.size()), &length, units.data(), static_cast<std::int32_t>(units.size()),
                &status);
    text.resize(U_SUCCESS(status) ? static_cast<size_t>(length) : 0);
    return text;
}

constexpr int kMostGrowth = 3; // code units for one: form C (Unicode Annex 15) and full case folding alike

// Applies `change` (an ICU function that fills a buffer and gives the length) to the text in UTF-16.
template <typename Change> std::string changed(std::string_view text, const Change& change) {
    const std::vector<UChar> source = toUtf16(text);
    std::vector<UChar> target(source.size() * kMostGrowth + 1);
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = change(source, target, status);
    if (U_FAILURE(status))
        return std::string(text);
    target.resize(static_cast<size_t>(length));
    return toUtf8(target);
}

std::int32_t sizeOf(const std::vector<UChar>& units) { return static_cast<std::int32_t>(units.size()); }

} // namespace

std::string toNfc(std::string_view text) {
    if (isAscii(text) || firstInvalidUtf8(text))
        return std::string(text);
    return changed(text, [](const auto& source, auto& target, UErrorCode& status) {
        const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
        return unorm2_normalize(nfc, source.data(), sizeOf(source), target.data(), sizeOf(target), &status);
    });
}

std::string foldCase(std::string_view text) {
    if (isAscii(text)) {
        std::string out(text);
        for (char& c : out)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        return out;
    }
    if (firstInvalidUtf8(text))
        return std::string(text);
    return changed(text, [](const auto& source, auto& target, UErrorCode& status) {
        return u_strFoldCase(target.data(), sizeOf(target), source.data(), sizeOf(source), U_FOLD_CASE_DEFAULT, &status);
    });
}

bool continuesWord(char32_t codePoint) {
    const auto c = static_cast<UChar32>(codePoint);
    return (U_MASK(u_charType(c)) & U_GC_M_MASK) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

namespace {

std::string toNfkd(std::string_view text) {
    const std::vector<UChar> source = toUtf16(text);
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* nfkd = unorm2_getNFKDInstance(&status);
    std::vector<UChar> target(source.size() + 32);
    std::int32_t length = unorm2_normalize(nfkd, source.data(), sizeOf(source), target.data(), sizeOf(target), &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        target.resize(static_cast<size_t>(length));
        length = unorm2_normalize(nfkd, source.data(), sizeOf(source), target.data(), sizeOf(target), &status);
    }
    if (U_FAILURE(status))
        return std::string(text);
    target.resize(static_cast<size_t>(length));
    return toUtf8(target);
}

} // namespace

std::string searchForm(std::string_view word) {
    std::string out;
    if (isAscii(word)) {
        out = foldCase(word);
        std::erase_if(out, [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'); });
        return out;
    }
    const std::string folded = foldCase(toNfkd(word));
    for (size_t at = 0; at < folded.size();) {
        const size_t begin = at;
        const CharacterClass kind = characterClass(decodeCodePoint(folded, at));
        if (kind == CharacterClass::Letter || kind == CharacterClass::Number)
            out.append(folded, begin, at - begin);
    }
    return out;
}

} // namespace cw
