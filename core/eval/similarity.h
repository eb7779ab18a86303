// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Text similarity: normalised Indel, i.e. 2 LCS / (|a| + |b|) over code points, decided in integers. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cw {

// The form in which texts are compared, made in this order: NFC; curly quotes, dashes, no-break and thin spaces to ASCII;
// soft hyphen, zero-width characters and BOM out; hyphen + line break between lower-case letters joined; whitespace
// collapsed; a leading section number or bullet and trailing . ; : , dropped; full case folding. No stemming, no UK/US
// folding. A leading number that counts what follows ("7.5 USD", "(30) Business Days") is no section number.
std::string scoringForm(std::string_view text);

struct Similarity {
    size_t lcs = 0;   // length of the longest common subsequence, in code points
    size_t total = 0; // |a| + |b|
    double ratio() const { return total == 0 ? 1.0 : 2.0 * static_cast<double>(lcs) / static_cast<double>(total); }
    bool passes() const { return total == 0 || 40 * lcs > 17 * total; } // strictly above 0.85; nothing is like nothing
};

// Of texts that are in scoring form already. Bit-parallel LCS (Hyyrö 2004), O(|a| |b| / 64).
Similarity similarity(std::string_view a, std::string_view b);

} // namespace cw
