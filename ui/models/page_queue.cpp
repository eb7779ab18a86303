// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/page_queue.h"

#include <algorithm>
#include <iterator>

namespace cw {

void PageQueue::ask(const PageJob& job, Urgency urgency) {
    if (const auto waiting = std::find(m_jobs.begin(), m_jobs.end(), job); waiting != m_jobs.end()) {
        if (urgency == Urgency::Later)
            return;
        m_jobs.erase(waiting);
    }
    if (urgency == Urgency::Now)
        m_jobs.push_front(job);
    else
        m_jobs.push_back(job);
    const auto samePage = [&](const PageJob& other) { return other.page == job.page; };
    if (std::count_if(m_jobs.begin(), m_jobs.end(), samePage) > 2) // a preview and the whole; what is older was another zoom
        m_jobs.erase(std::next(std::find_if(m_jobs.rbegin(), m_jobs.rend(), samePage)).base());
}

void PageQueue::keep(PageWindow window) {
    m_jobs.erase(std::remove_if(m_jobs.begin(), m_jobs.end(), [&](const PageJob& job) { return !window.holds(job.page); }), m_jobs.end());
}

std::optional<PageJob> PageQueue::next() {
    if (m_jobs.empty())
        return std::nullopt;
    const PageJob job = m_jobs.front();
    m_jobs.pop_front();
    return job;
}

QImage PictureCache::find(int page) {
    const auto found = std::find_if(m_pictures.begin(), m_pictures.end(), [page](const Picture& kept) { return kept.page == page; });
    if (found == m_pictures.end())
        return {};
    m_pictures.splice(m_pictures.begin(), m_pictures, found);
    return found->image;
}

void PictureCache::put(int page, const QImage& image, PageWindow shown) {
    if (!find(page).isNull()) {
        m_bytes -= m_pictures.front().image.sizeInBytes();
        m_pictures.pop_front();
    }
    m_pictures.push_front({page, image});
    m_bytes += image.sizeInBytes();
    for (auto at = m_pictures.end(); m_bytes > m_mostBytes && at != m_pictures.begin();) {
        --at;
        if (shown.holds(at->page) || at->page == page)
            continue;
        m_bytes -= at->image.sizeInBytes();
        at = m_pictures.erase(at);
    }
}

void PictureCache::clear() {
    m_pictures.clear();
    m_bytes = 0;
}

} // namespace cw
