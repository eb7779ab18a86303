// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/screenshots.h"

#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "ui/main_window.h"

#include <QBuffer>
#include <QCursor>
#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

namespace cw {

namespace {

// Lets queued repaints and page pictures that are made in the background arrive.
void settle() {
    QEventLoop loop;
    QTimer::singleShot(700, &loop, &QEventLoop::quit);
    loop.exec();
}

Status writePicture(MainWindow& window, const QString& file) {
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    window.grab().save(&buffer, "PNG");
    return writeFileAtomically(file.toStdString(), std::string_view(png.constData(), static_cast<size_t>(png.size())));
}

} // namespace

Status takeScreenshots(MainWindow& window, const QString& folder) {
    if (!QDir().mkpath(folder))
        return Error{ErrorCode::WriteFailed, toStdString(QObject::tr("Couldn't make the folder %1.").arg(folder)), {}};
    QCursor::setPos(1439, 899); // nothing lights up under it
    window.resize(1440, 900);
    window.show();
    if (!window.project()) {
        settle();
        return writePicture(window, folder + QStringLiteral("/start.png"));
    }
    for (Page* page : window.pages()) {
        window.openPage(page->id());
        page->showExample();
        settle();
        CW_TRY(writePicture(window, folder + QLatin1Char('/') + page->id() + QStringLiteral(".png")));
    }
    return {};
}

} // namespace cw
