// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The thread that has pages drawn, one at a time, by the reader of the document that is shown. Its functions are called from one thread
// and never block; results go to the callback on the worker's own thread.
#pragma once

#include "core/base/result.h"
#include "ui/models/page_queue.h"

#include <QImage>
#include <QString>
#include <QThread>

#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

namespace cw {

class PageProcess;

class PageWorker {
public:
    using Deliver = std::function<void(int generation, const PageJob& job, const Result<QImage>& picture)>;

    explicit PageWorker(Deliver deliver);
    ~PageWorker(); // gives the page up that is being drawn

    // Another document, or none; returns the generation that its pictures carry.
    int setFile(const QString& file);
    void ask(const PageJob& job, PageQueue::Urgency urgency);
    void show(PageWindow window); // wishes for pages elsewhere are forgotten
    void delivered(const PageJob& job); // has arrived: it may be asked for again

private:
    void run();
    void openFile(const QString& file);
    void takeFile(std::unique_lock<std::mutex>& lock);
    void drawNext(std::unique_lock<std::mutex>& lock);
    Result<QImage> draw(const PageJob& job, int generation);
    bool isWanted(const PageJob& job, int generation, qint64 milliseconds);

    Deliver m_deliver;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    bool m_stopping = false;
    QString m_file;
    int m_generation = 0;
    PageWindow m_window;
    PageQueue m_queue;
    std::vector<PageJob> m_onTheWay; // being drawn, or drawn and not yet taken
    // The worker's own.
    int m_openGeneration = 0;
    struct OpenFile {
        QString name;
        std::unique_ptr<PageProcess> process;
    };
    std::list<OpenFile> m_files; // the one that is shown first, then those before it: going back needs no new reader
    std::unique_ptr<QThread> m_thread; // last: it uses all of the above
};

} // namespace cw
