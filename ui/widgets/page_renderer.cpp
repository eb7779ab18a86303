// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/page_renderer.h"

#include <QPainter>
#include <QPdfDocument>

#include <algorithm>
#include <memory>

namespace cw {

// Owns the document; every call runs on its thread.
class PageWorker final : public QObject {
    Q_OBJECT

public:
    void load(const QString& file) {
        m_document = std::make_unique<QPdfDocument>();
        if (!file.isEmpty())
            m_document->load(file);
    }

    void render(int generation, int page, const QSize& pixels) {
        // The renderer leaves the paper transparent.
        QImage paper(pixels, QImage::Format_RGB32);
        paper.fill(Qt::white);
        if (m_document && page < m_document->pageCount())
            QPainter(&paper).drawImage(0, 0, m_document->render(page, pixels));
        Q_EMIT rendered(generation, page, paper);
    }

Q_SIGNALS:
    void rendered(int generation, int page, const QImage& image);

private:
    std::unique_ptr<QPdfDocument> m_document;
};

PageRenderer::PageRenderer(QObject* parent) : QObject(parent), m_worker(new PageWorker) {
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &PageWorker::rendered, this, &PageRenderer::take);
    m_thread.start();
}

PageRenderer::~PageRenderer() {
    m_thread.quit();
    m_thread.wait();
}

void PageRenderer::setFile(const QString& file) {
    ++m_generation;
    m_pictures.clear();
    m_asked.clear();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, file] { worker->load(file); });
}

QImage PageRenderer::picture(int page, const QSize& pixels) {
    const auto found = std::find_if(m_pictures.begin(), m_pictures.end(), [page](const Picture& kept) { return kept.page == page; });
    const bool right = found != m_pictures.end() && found->image.size() == pixels;
    if (!right && m_asked.insert({page, pixels.width()}).second)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, generation = m_generation, page, pixels] {
            worker->render(generation, page, pixels);
        });
    if (found == m_pictures.end())
        return {};
    m_pictures.splice(m_pictures.begin(), m_pictures, found);
    return found->image;
}

void PageRenderer::take(int generation, int page, const QImage& image) {
    if (generation != m_generation)
        return;
    m_asked.erase({page, image.width()});
    m_pictures.remove_if([page](const Picture& kept) { return kept.page == page; });
    m_pictures.push_front({page, image});
    if (m_pictures.size() > kKept)
        m_pictures.pop_back();
    Q_EMIT pageReady(page);
}

} // namespace cw

#include "page_renderer.moc"
