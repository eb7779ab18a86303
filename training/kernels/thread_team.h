// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Threads that stay together through hundreds of short steps. A pass of decoding has some 200 steps of a few microseconds
// to a millisecond: with LibTorch's own parallel loops most of the time would go by waking its threads for each.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace cw::kernels {

class ThreadTeam {
public:
    // Starts count - 1 threads; the caller of run() is the last one.
    explicit ThreadTeam(int count);
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    // While runAlone() is under way: 1.
    int size() const { return m_isAlone ? 1 : static_cast<int>(m_threads.size()) + 1; }

    // Calls work(0) .. work(size() - 1), each on a thread of its own, and comes back when all are done. One caller at a
    // time; `work` must not throw.
    void run(const std::function<void(int)>& work);

    // The same of the caller alone: for work so short that meeting would take longer than it. The others sleep meanwhile.
    void runAlone(const std::function<void(int)>& work);

    // Within run(): comes back when all threads of the team have come here.
    void meet();

private:
    void serve(int thread);

    std::vector<std::thread> m_threads;
    const std::function<void(int)>* m_work = nullptr;
    std::atomic<std::uint32_t> m_runs = 0;     // begun so far
    std::atomic<std::uint32_t> m_meetings = 0; // ended so far
    std::atomic<int> m_arrived = 0;
    std::atomic<bool> m_isLeaving = false;
    bool m_isAlone = false; // the caller's: no other thread is in run() then
};

} // namespace cw::kernels
