// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/page_server.h"

#include "core/text/page_pipe.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QPdfDocument>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace cw {

namespace {

constexpr int kPipeBytes = 1 << 20; // a page in a few steps instead of a hundred

bool readAll(char* to, size_t bytes) {
    while (bytes > 0) {
        const ssize_t got = read(STDIN_FILENO, to, bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        bytes -= static_cast<size_t>(got);
    }
    return true;
}

bool writeAll(const char* from, size_t bytes) {
    while (bytes > 0) {
        const ssize_t put = write(STDOUT_FILENO, from, bytes);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        from += put;
        bytes -= static_cast<size_t>(put);
    }
    return true;
}

// The renderer leaves the paper transparent.
QImage onPaper(const QImage& ink, const QSize& pixels) {
    QImage paper(pixels, QImage::Format_RGB32);
    paper.fill(Qt::white);
    QPainter(&paper).drawImage(0, 0, ink);
    return paper;
}

bool answer(QPdfDocument& document, const PageRequest& request) {
    const auto refuse = [&](const std::string& sentence) {
        const std::string bytes = encodePageSentence(request, sentence);
        return writeAll(bytes.data(), bytes.size());
    };
    if (document.status() != QPdfDocument::Status::Ready)
        return refuse("The pages can't be drawn: the PDF can't be opened.");
    if (request.page >= static_cast<std::uint32_t>(document.pageCount()))
        return refuse("There is no page " + std::to_string(request.page + 1) + " in the PDF.");
    const QSize pixels(static_cast<int>(request.width), static_cast<int>(request.height));
    const QImage ink = document.render(static_cast<int>(request.page), pixels);
    if (ink.isNull())
        return refuse("Page " + std::to_string(request.page + 1) + " can't be drawn: it is damaged.");
    const QImage picture = onPaper(ink, pixels);
    const std::string head = encodePagePictureHead(request);
    return writeAll(head.data(), head.size()) &&
           writeAll(reinterpret_cast<const char*>(picture.constBits()), static_cast<size_t>(picture.sizeInBytes()));
}

} // namespace

int servePages(const std::string& file) {
    (void)fcntl(STDOUT_FILENO, F_SETPIPE_SZ, kPipeBytes);
    QPdfDocument document;
    document.load(QFile::decodeName(file.c_str()));
    std::string bytes(kPageRequestBytes, '\0');
    while (readAll(bytes.data(), bytes.size())) {
        const auto request = decodePageRequest(bytes);
        if (!request || !answer(document, *request))
            return 4;
    }
    return 0;
}

} // namespace cw
