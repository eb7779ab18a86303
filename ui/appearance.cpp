// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/appearance.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyle>
#include <QStyleFactory>

#include <initializer_list>

namespace cw {

namespace {

ThemeMode g_mode = ThemeMode::Light;
const Tokens* g_tokens = &lightTokens();

// The desktop's own palette, taken before ours replaces it.
bool desktopIsDark() {
    static const bool dark = [] {
        const QPalette palette = QGuiApplication::palette();
        return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    }();
    return dark;
}

QString firstInstalled(std::initializer_list<const char*> families, const QString& otherwise) {
    for (const char* family : families)
        if (QFontDatabase::hasFamily(QString::fromLatin1(family)))
            return QString::fromLatin1(family);
    return otherwise;
}

// The desktop's font. A bare machine has no desktop that chose one: there a text face is taken before the fallback of the font system.
QString uiFamily() {
    static const QString family = [] {
        const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
        const bool chosen = QGuiApplication::platformName() != QStringLiteral("offscreen") && QFontDatabase::hasFamily(system) &&
                            system != QStringLiteral("DejaVu Sans");
        return chosen ? system : firstInstalled({"Inter", "Noto Sans", "Liberation Sans", "DejaVu Sans"}, system);
    }();
    return family;
}

QString serifFamily() {
    static const QString family =
        firstInstalled({"Liberation Serif", "Noto Serif", "Times New Roman", "DejaVu Serif"}, QStringLiteral("serif"));
    return family;
}

QString monospaceFamily() {
    static const QString family =
        firstInstalled({"DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono"}, QStringLiteral("monospace"));
    return family;
}

QFont sized(const QString& family, int pixelSize) {
    QFont font(family);
    font.setPixelSize(pixelSize);
    return font;
}

} // namespace

void applyTheme(ThemeMode mode) {
    const bool dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && desktopIsDark());
    g_mode = mode;
    g_tokens = dark ? &darkTokens() : &lightTokens();
    if (QApplication::style()->name().compare(QStringLiteral("fusion"), Qt::CaseInsensitive) != 0)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(uiFont());
    QApplication::setPalette(paletteFor(*g_tokens));
    qApp->setStyleSheet(styleSheetFor(*g_tokens));
}

ThemeMode themeMode() { return g_mode; }

const Tokens& tokens() { return *g_tokens; }

QFont uiFont(int pixelSize, QFont::Weight weight) {
    QFont font = sized(uiFamily(), pixelSize);
    font.setWeight(weight);
    return font;
}

QFont contractFont(int pixelSize) { return sized(serifFamily(), pixelSize); }

QFont codeFont(double pixelSize) {
    QFont font(monospaceFamily());
    font.setPixelSize(static_cast<int>(pixelSize)); // whole pixels keep the columns of a monospace aligned
    return font;
}

} // namespace cw
