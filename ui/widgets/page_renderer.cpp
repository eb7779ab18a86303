// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/page_renderer.h"

#include "app/services/result_qt.h"
#include "core/text/page_pipe.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr qsizetype kMostBytes = 160 << 20;
constexpr qint64 kLargePixels = 6 << 20; // from here on a smaller picture comes first: the whole takes noticeably long
constexpr int kPreviewShare = 4;

qint64 areaOf(const QSize& size) { return qint64{size.width()} * size.height(); }

// As large as a picture may be: a zoom beyond it shows this one enlarged.
QSize withinLimits(QSize size) {
    size = size.expandedTo({1, 1});
    const double most = static_cast<double>(kMaxPagePixels);
    const double shrink = std::min({1.0, std::sqrt(most / static_cast<double>(areaOf(size))), kMaxPageSide / double(size.width()),
                                    kMaxPageSide / double(size.height())});
    return shrink < 1 ? QSize(static_cast<int>(size.width() * shrink), static_cast<int>(size.height() * shrink)).expandedTo({1, 1}) : size;
}

} // namespace

PageRenderer::PageRenderer(QObject* parent)
    : QObject(parent), m_pictures(kMostBytes), m_worker([this](int generation, const PageJob& job, const Result<QImage>& picture) {
          QMetaObject::invokeMethod(this, [=, this] { take(generation, job, picture); }, Qt::QueuedConnection);
      }) {}

void PageRenderer::setFile(const QString& file) {
    m_pictures.clear();
    m_problems.clear();
    m_window = {};
    m_generation = m_worker.setFile(file);
}

void PageRenderer::show(int first, int last) {
    m_window = {first, last};
    m_worker.show(m_window);
}

void PageRenderer::ask(const PageJob& job, PageQueue::Urgency urgency) {
    const auto problem = m_problems.find(job.page);
    if (problem == m_problems.end() || problem->second.pixels != job.pixels)
        m_worker.ask(job, urgency);
}

QImage PageRenderer::picture(int page, const QSize& pixels) {
    const QSize size = withinLimits(pixels);
    const QImage image = m_pictures.find(page);
    if (image.size() == size)
        return image;
    ask({page, size}, PageQueue::Urgency::Now);
    if (image.isNull() && areaOf(size) > kLargePixels)
        ask({page, (size / kPreviewShare).expandedTo({1, 1})}, PageQueue::Urgency::Now);
    return image;
}

void PageRenderer::prepare(int page, const QSize& pixels) {
    const QSize size = withinLimits(pixels);
    if (m_pictures.find(page).size() != size && areaOf(size) <= kLargePixels)
        ask({page, size}, PageQueue::Urgency::Later);
}

QString PageRenderer::problem(int page) const {
    const auto found = m_problems.find(page);
    return found == m_problems.end() ? QString() : found->second.sentence;
}

void PageRenderer::take(int generation, const PageJob& job, const Result<QImage>& picture) {
    if (generation != m_generation)
        return;
    m_worker.delivered(job);
    if (!picture) {
        const QString said = sentence(picture.error());
        m_problems[job.page] = {job.pixels, said};
        Q_EMIT failed(said);
        return;
    }
    m_problems.erase(job.page);
    m_pictures.put(job.page, *picture, m_window);
    Q_EMIT pageReady(job.page);
}

} // namespace cw
