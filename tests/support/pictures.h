// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Pictures that a journey leaves for a person to look at, in the folder CW_PICTURES; without it nothing is drawn. QT_SCALE_FACTOR=2 draws them
// twice as fine, and their names say so.
#pragma once

#include "ui/appearance.h"

#include <QTest>
#include <QWidget>

namespace cw::test {

inline bool wantsPictures() { return !qEnvironmentVariableIsEmpty("CW_PICTURES"); }

inline void picture(QWidget& window, const QString& name) {
    if (!wantsPictures())
        return;
    QTest::qWait(300); // for queued repaints
    const QString fine = window.devicePixelRatioF() > 1 ? QStringLiteral("@2x") : QString();
    QVERIFY(window.grab().save(QStringLiteral("%1/%2%3.png").arg(qEnvironmentVariable("CW_PICTURES"), name, fine)));
}

// Light and dark, in each of the sizes; without a size as the window is.
inline void pictures(QWidget& window, const QString& name, const QList<QSize>& sizes = {{1440, 900}, {1280, 720}}) {
    if (!wantsPictures())
        return;
    const QSize before = window.size();
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        applyTheme(mode);
        const QString themed = name + (mode == ThemeMode::Light ? QStringLiteral("-light") : QStringLiteral("-dark"));
        if (sizes.isEmpty())
            picture(window, themed);
        for (const QSize& size : sizes) {
            window.resize(size);
            picture(window, QStringLiteral("%1-%2").arg(themed).arg(size.width()));
        }
    }
    applyTheme(ThemeMode::Light);
    window.resize(before);
}

} // namespace cw::test
