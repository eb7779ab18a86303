// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Renders the pages of one PDF on a thread of its own and keeps the latest pictures. Used from the GUI thread; `pageReady` arrives there.
#pragma once

#include <QImage>
#include <QObject>
#include <QSize>
#include <QThread>

#include <list>
#include <set>

namespace cw {

class PageRenderer : public QObject {
    Q_OBJECT

public:
    explicit PageRenderer(QObject* parent = nullptr);
    ~PageRenderer() override; // waits for the page that is being rendered

    // Another document, or none; drops all pictures.
    void setFile(const QString& file);

    // The picture of a page at this size in device pixels, or the latest one at another size (the caller scales it), or a null image.
    // A size that is not there is rendered; `pageReady` tells when it is.
    QImage picture(int page, const QSize& pixels);

Q_SIGNALS:
    void pageReady(int page);

private:
    struct Picture {
        int page;
        QImage image;
    };
    void take(int generation, int page, const QImage& image);
    static constexpr size_t kKept = 14;

    QThread m_thread;
    class PageWorker* m_worker; // lives on the thread
    int m_generation = 0;       // raised with each document: late pictures of the old one are dropped
    std::list<Picture> m_pictures; // the most recently used first
    std::set<std::pair<int, int>> m_asked; // page, width: on their way
};

} // namespace cw
