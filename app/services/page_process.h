// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Pictures of a PDF's pages from a clausewright-reader of its own, which stays alive between them. Blocks: for one thread without an event
// loop to serve.
#pragma once

#include "core/base/result.h"
#include "core/text/page_pipe.h"

#include <QDeadlineTimer>
#include <QImage>
#include <QProcess>
#include <QString>

#include <functional>
#include <memory>

namespace cw {

class PageProcess {
public:
    explicit PageProcess(QString file, int pageMilliseconds = 20'000);
    ~PageProcess(); // ends the reader

    // Starts the reader, so that the first picture needs not wait for it. Not needed: draw() starts it too.
    Status start();
    bool isRunning() const { return m_reader && m_reader->state() == QProcess::Running; }

    // The page at this size, opaque. Errors: Failed, the reader died, lied or couldn't be started (ask again: a new one is started);
    // BadInput, this page can't be drawn, or took longer than allowed; Cancelled, `goesOn` returned false (called about 20 times a second).
    Result<QImage> draw(const PageRequest& request, const std::function<bool()>& goesOn);

private:
    // Fills `to` from the pipe, or says why it can't.
    Status receive(char* to, size_t bytes, const PageRequest& request, const std::function<bool()>& goesOn);
    Result<QImage> receiveAnswer(const PageRequest& request, const std::function<bool()>& goesOn);
    Status waitForMore(const PageRequest& request, const std::function<bool()>& goesOn);
    void end();

    QString m_file;
    int m_pageMilliseconds;
    std::unique_ptr<QProcess> m_reader;
    QDeadlineTimer m_deadline;
    bool m_inStep = true; // the last answer was taken whole
};

} // namespace cw
