// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/page_worker.h"

#include "app/services/page_process.h"

#include <QElapsedTimer>

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kMostReaders = 3;
constexpr qint64 kPatienceMilliseconds = 1'000; // for a page that was scrolled past while it is drawn

PageRequest requestOf(const PageJob& job) {
    return {static_cast<std::uint32_t>(job.page), static_cast<std::uint32_t>(job.pixels.width()),
            static_cast<std::uint32_t>(job.pixels.height())};
}

} // namespace

PageWorker::PageWorker(Deliver deliver) : m_deliver(std::move(deliver)), m_thread(QThread::create([this] { run(); })) { m_thread->start(); }

PageWorker::~PageWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_one();
    m_thread->wait();
}

int PageWorker::setFile(const QString& file) {
    const std::lock_guard lock(m_mutex);
    m_file = file;
    m_queue.clear();
    m_onTheWay.clear();
    m_window = {};
    m_changed.notify_one();
    return ++m_generation;
}

void PageWorker::ask(const PageJob& job, PageQueue::Urgency urgency) {
    const std::lock_guard lock(m_mutex);
    if (std::find(m_onTheWay.begin(), m_onTheWay.end(), job) != m_onTheWay.end())
        return;
    m_queue.ask(job, urgency);
    m_changed.notify_one();
}

void PageWorker::show(PageWindow window) {
    const std::lock_guard lock(m_mutex);
    m_window = window;
    m_queue.keep(window.withNeighbours());
}

void PageWorker::delivered(const PageJob& job) {
    const std::lock_guard lock(m_mutex);
    m_onTheWay.erase(std::remove(m_onTheWay.begin(), m_onTheWay.end(), job), m_onTheWay.end());
}

void PageWorker::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || m_openGeneration != m_generation || !m_queue.isEmpty(); });
        if (m_stopping)
            break;
        if (m_openGeneration != m_generation)
            takeFile(lock);
        else
            drawNext(lock);
    }
    m_files.clear(); // on the thread that made the readers
}

void PageWorker::takeFile(std::unique_lock<std::mutex>& lock) {
    const QString file = m_file;
    m_openGeneration = m_generation;
    lock.unlock();
    openFile(file);
    lock.lock();
}

// The reader is started at once, so that it is ready when the first page is asked for.
void PageWorker::openFile(const QString& file) {
    if (file.isEmpty())
        return m_files.clear();
    const auto known = std::find_if(m_files.begin(), m_files.end(), [&](const OpenFile& open) { return open.name == file; });
    if (known != m_files.end())
        m_files.splice(m_files.begin(), m_files, known);
    else
        m_files.push_front({file, std::make_unique<PageProcess>(file)});
    if (m_files.size() > kMostReaders)
        m_files.pop_back();
    (void)m_files.front().process->start(); // draw() tries again, and tells why not
}

void PageWorker::drawNext(std::unique_lock<std::mutex>& lock) {
    const PageJob job = *m_queue.next();
    if (m_files.empty())
        return;
    m_onTheWay.push_back(job);
    const int generation = m_openGeneration;
    lock.unlock();
    Result<QImage> picture = draw(job, generation);
    if (!picture && picture.error().code == ErrorCode::Failed)
        picture = draw(job, generation); // the reader died: once more, with a new one
    const bool abandoned = !picture && picture.error().code == ErrorCode::Cancelled;
    if (!abandoned)
        m_deliver(generation, job, picture);
    lock.lock();
    if (abandoned)
        m_onTheWay.erase(std::remove(m_onTheWay.begin(), m_onTheWay.end(), job), m_onTheWay.end());
}

Result<QImage> PageWorker::draw(const PageJob& job, int generation) {
    QElapsedTimer clock;
    clock.start();
    return m_files.front().process->draw(requestOf(job), [&] { return isWanted(job, generation, clock.elapsed()); });
}

bool PageWorker::isWanted(const PageJob& job, int generation, qint64 milliseconds) {
    const std::lock_guard lock(m_mutex);
    if (m_stopping || generation != m_generation)
        return false;
    return milliseconds < kPatienceMilliseconds || m_queue.isEmpty() || m_window.withNeighbours().holds(job.page);
}

} // namespace cw
