// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cw {

namespace {

Tokens makeLight() {
    Tokens t;
    t.window = QColor(QRgb(0xFFF6F7F9)), t.surface = QColor(QRgb(0xFFFFFFFF)), t.sunken = QColor(QRgb(0xFFE9ECF1)), t.hover = QColor(QRgb(0xFFF0F2F6));
    t.line = QColor(QRgb(0xFFDDE1E7)), t.lineSoft = QColor(QRgb(0xFFECEFF3)), t.lineStrong = QColor(QRgb(0xFF7F8A96));
    t.text = QColor(QRgb(0xFF1B1F24)), t.muted = QColor(QRgb(0xFF5B6570));
    t.accent = QColor(QRgb(0xFF2F5FD0)), t.accentText = QColor(QRgb(0xFFFFFFFF)), t.accentFill = QColor(QRgb(0xFFE9EFFC)), t.accentPressed = QColor(QRgb(0xFFD6E1FA));
    t.danger = QColor(QRgb(0xFFB3261E)), t.dangerFill = QColor(QRgb(0xFFFCECEA));
    t.warning = QColor(QRgb(0xFF8A5A00)), t.warningFill = QColor(QRgb(0xFFFFF4DB));
    t.success = QColor(QRgb(0xFF1F6F43)), t.successFill = QColor(QRgb(0xFFE5F3EB));
    t.insertion = QColor(QRgb(0xFF1D4FBF)), t.insertionFill = QColor(QRgb(0xFFE6EDFC));
    t.baseline = QColor(QRgb(0xFF000000));
    return t;
}

Tokens makeDark() {
    Tokens t;
    t.dark = true;
    t.window = QColor(QRgb(0xFF16181C)), t.surface = QColor(QRgb(0xFF1E2126)), t.sunken = QColor(QRgb(0xFF121417)), t.hover = QColor(QRgb(0xFF262A31));
    t.line = QColor(QRgb(0xFF343941)), t.lineSoft = QColor(QRgb(0xFF2A2E35)), t.lineStrong = QColor(QRgb(0xFF767F8B));
    t.text = QColor(QRgb(0xFFE6E9ED)), t.muted = QColor(QRgb(0xFFA0A9B4));
    t.accent = QColor(QRgb(0xFF8AB0FF)), t.accentText = QColor(QRgb(0xFF10131A)), t.accentFill = QColor(QRgb(0xFF232E47)), t.accentPressed = QColor(QRgb(0xFF2C3B5E));
    t.danger = QColor(QRgb(0xFFFFB4AB)), t.dangerFill = QColor(QRgb(0xFF41211F));
    t.warning = QColor(QRgb(0xFFFFD27A)), t.warningFill = QColor(QRgb(0xFF3A2E12));
    t.success = QColor(QRgb(0xFF7FD1A4)), t.successFill = QColor(QRgb(0xFF1D3529));
    t.insertion = QColor(QRgb(0xFF9BBBFF)), t.insertionFill = QColor(QRgb(0xFF232E47));
    t.baseline = QColor(QRgb(0xFFFFFFFF));
    return t;
}

struct GroupInk {
    char16_t letter;
    QRgb light, dark;
    GroupPattern pattern;
};

// The Okabe-Ito set, tuned for each theme.
constexpr std::array<GroupInk, 8> kGroupInks = {{
    {u'I', 0xFF0067A5, 0xFF62B0F2, GroupPattern::Solid},
    {u'T', 0xFF9A5F00, 0xFFF0B13A, GroupPattern::Slashes},
    {u'L', 0xFFA23F78, 0xFFE8A0CB, GroupPattern::Lines},
    {u'C', 0xFFB04100, 0xFFFF9460, GroupPattern::Backslashes},
    {u'M', 0xFF00714F, 0xFF4BCFA5, GroupPattern::Bars},
    {u'P', 0xFF176C9F, 0xFFA3DEFA, GroupPattern::Dots},
    {u'R', 0xFF4A515B, 0xFFC3C9D1, GroupPattern::Grid},
    {u'D', 0xFF776900, 0xFFEDE06A, GroupPattern::Crosshatch},
}};

const GroupInk& groupInk(const QString& letter) {
    for (const GroupInk& ink : kGroupInks)
        if (letter == QChar(ink.letter))
            return ink;
    return kGroupInks[6];
}

double linearized(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

} // namespace

QString toString(ThemeMode mode) {
    switch (mode) {
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    case ThemeMode::System:
        break;
    }
    return QStringLiteral("system");
}

ThemeMode themeModeFromString(const QString& name) {
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark})
        if (name == toString(mode))
            return mode;
    return ThemeMode::System;
}

const Tokens& lightTokens() {
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens& darkTokens() {
    static const Tokens tokens = makeDark();
    return tokens;
}

GroupStyle groupStyle(const QString& letter, const Tokens& tokens) {
    const GroupInk& found = groupInk(letter);
    const QColor ink = QColor::fromRgb(tokens.dark ? found.dark : found.light);
    return {ink, blended(ink, tokens.surface, tokens.dark ? 0.28 : 0.18), blended(ink, tokens.surface, tokens.dark ? 0.20 : 0.10),
            found.pattern};
}

QColor seriesColor(int index, const Tokens& tokens) {
    static constexpr std::array<int, 6> kOrder = {0, 3, 4, 2, 1, 7}; // blue, vermilion, green, purple, orange, yellow
    const GroupInk& ink = kGroupInks[static_cast<size_t>(kOrder[static_cast<size_t>(index) % kOrder.size()])];
    return QColor::fromRgb(tokens.dark ? ink.dark : ink.light);
}

QColor blended(const QColor& top, const QColor& bottom, double share) {
    const auto mix = [share](int over, int under) { return static_cast<int>(std::lround(over * share + under * (1.0 - share))); };
    return {mix(top.red(), bottom.red()), mix(top.green(), bottom.green()), mix(top.blue(), bottom.blue())};
}

double relativeLuminance(const QColor& color) {
    return 0.2126 * linearized(color.redF()) + 0.7152 * linearized(color.greenF()) + 0.0722 * linearized(color.blueF());
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double la = relativeLuminance(a), lb = relativeLuminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QPalette paletteFor(const Tokens& t) {
    QPalette palette(t.text, t.surface, t.lineSoft, t.lineStrong, t.line, t.text, t.accentText, t.surface, t.window);
    palette.setColor(QPalette::AlternateBase, t.hover);
    palette.setColor(QPalette::ToolTipBase, t.surface);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Highlight, t.accentPressed);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.lineStrong);
    return palette;
}

std::vector<ContrastPair> contrastPairs(const Tokens& t) {
    std::vector<ContrastPair> pairs;
    const auto text = [&](const char* what, const QColor& ink, const QColor& ground) {
        pairs.push_back({QString::fromLatin1(what), ink, ground, 4.5});
    };
    const auto line = [&](const char* what, const QColor& ink, const QColor& ground) {
        pairs.push_back({QString::fromLatin1(what), ink, ground, 3.0});
    };
    for (const QColor& ground : {t.window, t.surface, t.sunken, t.hover, t.accentFill, t.accentPressed})
        text("text", t.text, ground);
    for (const QColor& ground : {t.window, t.surface, t.hover, t.accentFill})
        text("muted text", t.muted, ground);
    for (const QColor& ground : {t.window, t.surface, t.accentFill})
        text("accent as text", t.accent, ground);
    text("text on accent", t.accentText, t.accent);
    text("danger", t.danger, t.dangerFill);
    text("danger on the surface", t.danger, t.surface);
    text("warning", t.warning, t.warningFill);
    text("warning on the surface", t.warning, t.surface);
    text("success", t.success, t.successFill);
    text("success on the surface", t.success, t.surface);
    text("success on the window", t.success, t.window);
    text("insertion", t.insertion, t.insertionFill);
    for (const QColor& ground : {t.window, t.surface})
        line("strong line", t.lineStrong, ground);
    line("focus ring", t.accent, t.surface);
    for (const GroupInk& ink : kGroupInks) {
        const GroupStyle style = groupStyle(QString(QChar(ink.letter)), t);
        text("letter of a group", style.ink, t.surface);
        text("tag of a group", style.ink, style.tagFill);
        text("text on a group's fill", t.text, style.fill);
        line("border of a span", style.ink, t.surface);
    }
    return pairs;
}

} // namespace cw
