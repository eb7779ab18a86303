// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/page_process.h"

#include "app/services/read_document.h"
#include "app/services/result_qt.h"
#include "core/text/frame_bytes.h"

namespace cw {

namespace {

constexpr int kStartMilliseconds = 10'000, kLookMilliseconds = 50;
constexpr const char* kTextView = "Its text is in the text view, and all marks are kept.";

std::string pageName(const PageRequest& request) { return "Page " + std::to_string(request.page + 1); }

Error lost(const PageRequest& request) {
    return {ErrorCode::Failed, pageName(request) + " can't be drawn: the document reader stopped.", kTextView};
}

// RGB32 has a fourth byte that drawing takes for granted; this one comes from outside.
void makeOpaque(QImage& image) {
    auto* pixel = reinterpret_cast<quint32*>(image.bits());
    for (quint32* const end = pixel + image.sizeInBytes() / 4; pixel != end; ++pixel)
        *pixel |= 0xFF000000u;
}

} // namespace

PageProcess::PageProcess(QString file, int pageMilliseconds) : m_file(std::move(file)), m_pageMilliseconds(pageMilliseconds) {}

PageProcess::~PageProcess() { end(); }

void PageProcess::end() {
    if (m_reader && m_reader->state() != QProcess::NotRunning) {
        m_reader->kill();
        m_reader->waitForFinished();
    }
    m_reader.reset();
}

Status PageProcess::start() {
    if (isRunning())
        return {};
    end();
    m_reader = std::make_unique<QProcess>();
    m_reader->setStandardErrorFile(QProcess::nullDevice());
    m_reader->start(readerProgram(), {QStringLiteral("--pages"), m_file});
    if (m_reader->waitForStarted(kStartMilliseconds))
        return {};
    end();
    return Error{ErrorCode::Failed, toStdString(QStringLiteral("The document reader %1 can't be started.").arg(readerProgram())),
                 "Install Clausewright again, or set CLAUSEWRIGHT_READER to the reader's place."};
}

Result<QImage> PageProcess::draw(const PageRequest& request, const std::function<bool()>& goesOn) {
    if (!isSound(request))
        return Error{ErrorCode::BadInput, pageName(request) + " can't be drawn at this size.", "Zoom out."};
    CW_TRY(start());
    m_deadline.setRemainingTime(m_pageMilliseconds);
    m_inStep = false;
    const std::string bytes = encodePageRequest(request);
    m_reader->write(bytes.data(), static_cast<qint64>(bytes.size()));
    m_reader->waitForBytesWritten(kStartMilliseconds);
    auto image = receiveAnswer(request, goesOn);
    if (!m_inStep)
        end(); // what is still on its way would be taken for the next answer
    return image;
}

Status PageProcess::waitForMore(const PageRequest& request, const std::function<bool()>& goesOn) {
    if (!goesOn())
        return Error{ErrorCode::Cancelled, pageName(request) + " isn't needed any more.", ""};
    if (m_deadline.hasExpired())
        return Error{ErrorCode::BadInput,
                     pageName(request) + " takes longer than " + std::to_string(m_pageMilliseconds / 1000) + " seconds to draw.", kTextView};
    if (!m_reader->waitForReadyRead(kLookMilliseconds) && m_reader->state() == QProcess::NotRunning && m_reader->bytesAvailable() == 0)
        return lost(request);
    return {};
}

Status PageProcess::receive(char* to, size_t bytes, const PageRequest& request, const std::function<bool()>& goesOn) {
    while (bytes > 0) {
        const qint64 got = m_reader->read(to, static_cast<qint64>(bytes));
        if (got < 0)
            return lost(request);
        to += got;
        bytes -= static_cast<size_t>(got);
        if (got == 0)
            CW_TRY(waitForMore(request, goesOn));
    }
    return {};
}

Result<QImage> PageProcess::receiveAnswer(const PageRequest& request, const std::function<bool()>& goesOn) {
    std::string head(kPageAnswerHeadBytes, '\0');
    CW_TRY(receive(head.data(), head.size(), request, goesOn));
    const auto answer = decodePageAnswerHead(head, request);
    if (!answer)
        return lost(request);
    if (!answer->isPicture) {
        std::string sentence(answer->bytes, '\0');
        CW_TRY(receive(sentence.data(), sentence.size(), request, goesOn));
        m_inStep = true;
        return Error{ErrorCode::BadInput, oneLine(sentence), kTextView};
    }
    QImage image(static_cast<int>(request.width), static_cast<int>(request.height), QImage::Format_RGB32);
    if (image.isNull())
        return Error{ErrorCode::BadInput, pageName(request) + " can't be drawn: there is not enough memory.", "Zoom out."};
    CW_TRY(receive(reinterpret_cast<char*>(image.bits()), answer->bytes, request, goesOn));
    m_inStep = true;
    makeOpaque(image);
    return image;
}

} // namespace cw
