// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Work off the GUI thread: a job takes values and returns a value, which is delivered on the GUI thread. A job whose receiver is gone
// by then delivers nothing. Call it on the GUI thread.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace cw {

template <typename Job, typename Done> void inBackground(QObject* receiver, Job job, Done done) {
    const QPointer<QObject> alive(receiver);
    QThreadPool::globalInstance()->start([alive, job = std::move(job), done = std::move(done)]() mutable {
        // A shared pointer, since the queued call must be copyable and the result need not be.
        auto result = std::make_shared<decltype(job())>(job());
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [alive, result, done = std::move(done)]() mutable {
                if (alive)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

} // namespace cw
