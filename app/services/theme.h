// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The look of the window as plain data: the colour tokens of both themes, the colours of the eight clause groups, and the palette and
// style sheet that are built from them. No widgets; pure functions, any thread.
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

#include <optional>
#include <vector>

namespace cw {

enum class ThemeMode { System, Light, Dark };

QString toString(ThemeMode mode); // "system", "light", "dark"
ThemeMode themeModeFromString(const QString& name); // unknown: System

// Every colour that the window paints, by what it is for.
struct Tokens {
    bool dark = false;
    QColor window, surface, sunken, hover;
    QColor line, lineSoft, lineStrong; // lineStrong carries meaning: input borders, rings
    QColor text, muted;
    QColor accent, accentText, accentFill, accentPressed;
    QColor danger, dangerFill, warning, warningFill, success, successFill;
    QColor insertion, insertionFill; // of the redline; a deletion is danger on dangerFill
    QColor baseline;                 // a chart's baseline
};

const Tokens& lightTokens();
const Tokens& darkTokens();

// The hatching that tells the clause groups apart without colour.
enum class GroupPattern { Solid, Slashes, Lines, Backslashes, Bars, Dots, Grid, Crosshatch };

// How a clause group is drawn. `fill` lies behind contract text: the ink at 18 % (light) or 28 % (dark) over the surface. `tagFill` lies
// behind the ink's own letters and is paler, so that they keep their contrast. Both are opaque.
struct GroupStyle {
    QColor ink, fill, tagFill;
    GroupPattern pattern = GroupPattern::Solid;
};

// By the group's letter (I T L C M P R D); any other letter is drawn as R.
GroupStyle groupStyle(const QString& letter, const Tokens& tokens);

// A run's colour in every chart: the same index, the same colour.
QColor seriesColor(int index, const Tokens& tokens);

// `top` at `share` (0..1) over an opaque `bottom`.
QColor blended(const QColor& top, const QColor& bottom, double share);

// WCAG 2.1 relative luminance and contrast ratio (1..21) of two opaque colours.
double relativeLuminance(const QColor& color);
double contrastRatio(const QColor& a, const QColor& b);

QPalette paletteFor(const Tokens& tokens);
QString styleSheetFor(const Tokens& tokens);

// A pair of colours that must be told apart, for the contrast check: 4.5 for text, 3 for lines that carry meaning.
struct ContrastPair {
    QString what;
    QColor ink, ground;
    double least = 4.5;
};

std::vector<ContrastPair> contrastPairs(const Tokens& tokens);

// The sizes of look.md, in device-independent pixels.
namespace size {
inline constexpr int kMeta = 12, kBody = 13, kSection = 15, kTitle = 20, kHeadline = 28, kRail = 11; // text
inline constexpr int kGap = 12, kGroupGap = 24, kControlPadding = 8, kRadius = 6;
inline constexpr int kRailWidth = 72, kTopBar = 48, kMessageBar = 36, kStatusBar = 28, kControl = 28, kSmallControl = 24;
inline constexpr int kRow = 28, kTableHeader = 28;
} // namespace size

} // namespace cw
