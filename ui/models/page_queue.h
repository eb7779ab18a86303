// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pictures of pages that are wanted, the newest wish first, and those that are there, the least recently used leaving first. Pure; any
// thread.
#pragma once

#include <QImage>
#include <QSize>

#include <deque>
#include <list>
#include <optional>

namespace cw {

struct PageJob {
    int page = 0;
    QSize pixels;
    friend bool operator==(const PageJob&, const PageJob&) = default;
};

// What is shown now, both ends included.
struct PageWindow {
    int first = 0, last = 0;
    bool holds(int page) const { return page >= first && page <= last; }
    PageWindow withNeighbours() const { return {first - 1, last + 1}; }
};

class PageQueue {
public:
    enum class Urgency { Now, Later }; // before all other wishes, or behind them

    // A wish that waits already moves; older wishes for other sizes of the page stay, unless it is the third.
    void ask(const PageJob& job, Urgency urgency);
    // Forgets wishes for pages that have been scrolled past.
    void keep(PageWindow window);
    std::optional<PageJob> next();
    bool isEmpty() const { return m_jobs.empty(); }
    void clear() { m_jobs.clear(); }

private:
    std::deque<PageJob> m_jobs;
};

class PictureCache {
public:
    explicit PictureCache(qsizetype mostBytes) : m_mostBytes(mostBytes) {}

    // The picture of the page, at whatever size; null if there is none.
    QImage find(int page);
    // Replaces the page's picture. Pages that are shown stay whatever they take, or they would push each other out for ever.
    void put(int page, const QImage& image, PageWindow shown);
    void clear();
    qsizetype bytes() const { return m_bytes; }

private:
    struct Picture {
        int page;
        QImage image;
    };
    qsizetype m_mostBytes, m_bytes = 0;
    std::list<Picture> m_pictures; // the most recently used first
};

} // namespace cw
