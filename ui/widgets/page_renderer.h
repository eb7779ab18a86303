// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Pictures of the pages of one PDF, drawn by a reader process and kept while they are near. Used from the GUI thread, which it never
// blocks; the signals arrive there.
#pragma once

#include "ui/models/page_queue.h"
#include "ui/widgets/page_worker.h"

#include <QImage>
#include <QObject>
#include <QSize>

#include <map>

namespace cw {

class PageRenderer : public QObject {
    Q_OBJECT

public:
    explicit PageRenderer(QObject* parent = nullptr);

    // Another document, or none; drops all pictures.
    void setFile(const QString& file);

    // Which pages are shown, both included: call before asking for their pictures. Others that wait are forgotten.
    void show(int first, int last);

    // The picture of a page at this size in device pixels, or the latest one at another size (the caller scales it), or a null image.
    // A size that is not there is drawn; `pageReady` tells when it is. Beyond kMaxPagePixels it comes smaller.
    QImage picture(int page, const QSize& pixels);

    // Has a page drawn that will be shown next, once there is nothing more urgent.
    void prepare(int page, const QSize& pixels);

    // Why the page has no picture; empty as long as one may come.
    QString problem(int page) const;

Q_SIGNALS:
    void pageReady(int page);
    void failed(const QString& sentence); // of a page; problem() has it from then on

private:
    struct Problem {
        QSize pixels; // another size may work
        QString sentence;
    };
    void ask(const PageJob& job, PageQueue::Urgency urgency);
    void take(int generation, const PageJob& job, const Result<QImage>& picture);

    int m_generation = 0; // late pictures of the document before are dropped
    PageWindow m_window;
    PictureCache m_pictures;
    std::map<int, Problem> m_problems;
    PageWorker m_worker; // last: it delivers to this
};

} // namespace cw
