// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The look in force: applies a theme to the application and hands its tokens and fonts to everything that paints. GUI thread.
#pragma once

#include "app/services/theme.h"

#include <QFont>

namespace cw {

// Sets palette, style sheet and font of the application. With System it follows the desktop: the lightness of its own palette.
void applyTheme(ThemeMode mode);

ThemeMode themeMode();

// The tokens in force. Painting code reads them anew each time, so that a change of theme is just a repaint.
const Tokens& tokens();

// Paper stays white in the dark theme: what is painted on it takes the light tokens.
inline const Tokens& paperTokens() { return lightTokens(); }

// Fonts of look.md, sized in device-independent pixels.
QFont uiFont(int pixelSize = size::kBody, QFont::Weight weight = QFont::Normal);
QFont contractFont(int pixelSize = 15);                     // a serif
QFont codeFont(double pixelSize = 12.5);                    // a monospace

} // namespace cw
