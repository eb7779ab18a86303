// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/thread_team.h"

namespace cw::kernels {

namespace {

// About as long as a step takes; whoever waits longer sleeps and leaves the core to others.
constexpr int kSpins = 4000;

void relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

void waitForChange(const std::atomic<std::uint32_t>& number, std::uint32_t from) {
    for (int spin = 0; spin < kSpins; ++spin) {
        if (number.load(std::memory_order_acquire) != from)
            return;
        relax();
    }
    while (number.load(std::memory_order_acquire) == from)
        number.wait(from, std::memory_order_acquire);
}

} // namespace

ThreadTeam::ThreadTeam(int count) {
    for (int thread = 1; thread < count; ++thread)
        m_threads.emplace_back([this, thread] { serve(thread); });
}

ThreadTeam::~ThreadTeam() {
    m_isLeaving = true;
    ++m_runs;
    m_runs.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void ThreadTeam::run(const std::function<void(int)>& work) {
    m_work = &work;
    m_runs.fetch_add(1, std::memory_order_release);
    m_runs.notify_all();
    work(0);
    meet();
}

void ThreadTeam::runAlone(const std::function<void(int)>& work) {
    m_isAlone = true;
    work(0);
    m_isAlone = false;
}

// Reads the size before it says that it has come: from then on the caller may be elsewhere, in runAlone() too.
void ThreadTeam::meet() {
    const int count = size();
    if (count == 1)
        return;
    const std::uint32_t meeting = m_meetings.load(std::memory_order_relaxed);
    if (m_arrived.fetch_add(1, std::memory_order_acq_rel) + 1 < count)
        return waitForChange(m_meetings, meeting);
    m_arrived.store(0, std::memory_order_relaxed);
    m_meetings.fetch_add(1, std::memory_order_release);
    m_meetings.notify_all();
}

void ThreadTeam::serve(int thread) {
    for (std::uint32_t runs = 0;; ++runs) {
        waitForChange(m_runs, runs);
        if (m_isLeaving)
            return;
        (*m_work)(thread);
        meet();
    }
}

} // namespace cw::kernels
