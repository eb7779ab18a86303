// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/unicode.h"

#ifdef CW_HAVE_ICU
#include "core/base/utf.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <vector>
#endif

namespace cw {

#ifdef CW_HAVE_ICU

bool hasUnicodeTables() { return true; }

CharacterClass characterClass(char32_t codePoint) {
    const auto c = static_cast<UChar32>(codePoint);
    const std::uint32_t category = U_MASK(u_charType(c));
    if (category & U_GC_L_MASK)
        return CharacterClass::Letter;
    if (category & U_GC_N_MASK)
        return CharacterClass::Number;
    return u_isUWhiteSpace(c) ? CharacterClass::Space : CharacterClass::Other;
}

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

} // namespace

std::string toNfc(std::string_view text) {
    const bool ascii = std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
    if (ascii || firstInvalidUtf8(text))
        return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
    const std::vector<UChar> source = toUtf16(text);
    std::vector<UChar> normal(source.size() * 3 + 1); // a code unit grows by at most three in form C (Unicode Annex 15)
    const std::int32_t length = unorm2_normalize(nfc, source.data(), static_cast<std::int32_t>(source.size()), normal.data(),
                                                 static_cast<std::int32_t>(normal.size()), &status);
    if (U_FAILURE(status))
        return std::string(text);
    normal.resize(static_cast<size_t>(length));
    return toUtf8(normal);
}

#else

bool hasUnicodeTables() { return false; }

CharacterClass characterClass(char32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return CharacterClass::Letter;
    if (c >= '0' && c <= '9')
        return CharacterClass::Number;
    return c == ' ' || (c >= '\t' && c <= '\r') ? CharacterClass::Space : CharacterClass::Other;
}

std::string toNfc(std::string_view text) { return std::string(text); }

#endif

} // namespace cw
