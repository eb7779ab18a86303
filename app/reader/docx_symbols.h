// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Characters of symbol fonts (<w:sym/>) as Unicode, where a contract uses them: bullets, check boxes, signs. Pure.
#pragma once

#include <QString>

namespace cw {

// `code` is the hexadecimal code in the font. What isn't known reads as a white square, so that nobody misses that something is there.
QString symbolText(const QString& font, const QString& code);

} // namespace cw
