// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/window_settings.h"

#include <QDir>
#include <QStandardPaths>

namespace cw {

namespace {

// Raised when the meaning of a stored layout changes: older layouts are then ignored.
constexpr auto kLayouts = "layout-1/";

QString userFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/clausewright/window.ini");
}

} // namespace

WindowSettings::WindowSettings(const QString& file) : m_settings(file.isEmpty() ? userFile() : file, QSettings::IniFormat) {}

ThemeMode WindowSettings::theme() const { return themeModeFromString(m_settings.value(QStringLiteral("theme")).toString()); }
void WindowSettings::setTheme(ThemeMode mode) { m_settings.setValue(QStringLiteral("theme"), toString(mode)); }

QString WindowSettings::annotator() const { return m_settings.value(QStringLiteral("annotator")).toString(); }
void WindowSettings::setAnnotator(const QString& name) { m_settings.setValue(QStringLiteral("annotator"), name); }

QString WindowSettings::lastProject() const { return m_settings.value(QStringLiteral("lastProject")).toString(); }
void WindowSettings::setLastProject(const QString& folder) { m_settings.setValue(QStringLiteral("lastProject"), folder); }

QByteArray WindowSettings::layout(const QString& widget) const {
    return m_settings.value(QLatin1String(kLayouts) + widget).toByteArray();
}
void WindowSettings::setLayout(const QString& widget, const QByteArray& state) {
    m_settings.setValue(QLatin1String(kLayouts) + widget, state);
}

QString WindowSettings::place(const QString& page) const { return m_settings.value(QStringLiteral("place/") + page).toString(); }
void WindowSettings::setPlace(const QString& page, const QString& place) {
    m_settings.setValue(QStringLiteral("place/") + page, place);
}

} // namespace cw
