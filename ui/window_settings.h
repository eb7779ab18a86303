// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the window remembers between two starts: one typed accessor a key over an INI file. GUI thread.
#pragma once

#include "app/services/theme.h"

#include <QSettings>
#include <QString>

namespace cw {

class WindowSettings {
public:
    // `file`: the INI file; empty: the user's own.
    explicit WindowSettings(const QString& file = {});

    ThemeMode theme() const;
    void setTheme(ThemeMode mode);

    QString annotator() const; // the name that the audit records; empty: not chosen yet
    void setAnnotator(const QString& name);

    QString lastProject() const;
    void setLastProject(const QString& folder);

    // Geometry of the window and states of splitters and headers, by the widget's objectName.
    QByteArray layout(const QString& widget) const;
    void setLayout(const QString& widget, const QByteArray& state);

    // Where a page left off, e.g. the contract and clause of Annotate.
    QString place(const QString& page) const;
    void setPlace(const QString& page, const QString& place);

private:
    QSettings m_settings;
};

} // namespace cw
