// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/text_recognition.h"

#include "app/reader/recognised_words.h"

#ifdef CW_HAS_TESSERACT
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#endif

#include <QElapsedTimer>
#include <QTransform>

#include <algorithm>

namespace cw {

#ifdef CW_HAS_TESSERACT

namespace {

constexpr int kPageMilliseconds = 15'000;
constexpr double kSurelyUpright = 0.6; // of confidence

// The words of one try; an empty list where time ran out.
std::vector<RecognisedWord> wordsOf(tesseract::TessBaseAPI& api) {
    std::vector<RecognisedWord> words;
    const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
    if (!at)
        return words;
    do {
        const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_WORD));
        int left = 0, top = 0, right = 0, bottom = 0;
        if (!text || !at->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom))
            continue;
        words.push_back({QString::fromUtf8(text.get()), QRectF(QPointF(left, top), QPointF(right, bottom)),
                         std::clamp(at->Confidence(tesseract::RIL_WORD) / 100.0, 0.0, 1.0), at->IsAtBeginningOf(tesseract::RIL_TEXTLINE),
                         at->IsAtBeginningOf(tesseract::RIL_PARA)});
    } while (at->Next(tesseract::RIL_WORD));
    return words;
}

} // namespace

struct TextRecognition::Engine {
    tesseract::TessBaseAPI api;
    bool tried = false, ready = false;

    // Nothing: time ran out.
    std::optional<std::vector<RecognisedWord>> read(const QImage& picture, int pixelsAnInch, qint64 milliseconds) {
        if (milliseconds <= 0)
            return std::nullopt;
        api.SetImage(picture.constBits(), picture.width(), picture.height(), 1, static_cast<int>(picture.bytesPerLine()));
        api.SetSourceResolution(pixelsAnInch);
        tesseract::ETEXT_DESC monitor;
        monitor.set_deadline_msecs(static_cast<int32_t>(milliseconds));
        const bool done = api.Recognize(&monitor) == 0 && !monitor.deadline_exceeded();
        return done ? std::optional(wordsOf(api)) : std::nullopt;
    }
};

TextRecognition::TextRecognition() : m_engine(std::make_unique<Engine>()) {}

TextRecognition::~TextRecognition() = default;

bool TextRecognition::isReady() {
    if (!m_engine->tried) {
        m_engine->tried = true;
        m_engine->ready = m_engine->api.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) == 0;
        m_engine->api.SetPageSegMode(tesseract::PSM_AUTO);
    }
    return m_engine->ready;
}

std::string TextRecognition::version() const { return std::string("tesseract ") + tesseract::TessBaseAPI::Version(); }

RecognisedPage TextRecognition::read(const QImage& picture, const QSizeF& points) {
    const double inch = 72 * picture.width() / points.width(); // in pixels
    QElapsedTimer clock;
    clock.start();
    const auto left = [&] { return kPageMilliseconds - clock.elapsed(); };
    auto words = m_engine->read(picture, qRound(inch), left());
    int turns = 0;
    if (words && confidenceOf(*words) < kSurelyUpright) {
        // Small tries tell which way up; the page is then read again in full.
        const QImage small = picture.scaled(picture.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        double most = 0;
        for (int turn = 0; turn < 4; ++turn)
            if (const auto tried = m_engine->read(turned(small, turn), qRound(inch / 2), left()); tried && scoreOf(*tried) > most * 1.1) {
                most = scoreOf(*tried);
                turns = turn;
            }
        if (turns != 0)
            words = m_engine->read(turned(picture, turns), qRound(inch), left());
    }
    if (!words)
        return {{}, 0, true};
    for (RecognisedWord& word : *words) {
        const QRectF box = turnedBack(word.box, turns, picture.size());
        word.box = QRectF(box.topLeft() * 72 / inch, box.size() * 72 / inch);
    }
    return {linesOf(*words), confidenceOf(*words), false};
}

#else

struct TextRecognition::Engine {};

TextRecognition::TextRecognition() = default;
TextRecognition::~TextRecognition() = default;
bool TextRecognition::isReady() { return false; }
std::string TextRecognition::version() const { return {}; }
RecognisedPage TextRecognition::read(const QImage&, const QSizeF&) { return {}; }

#endif

} // namespace cw
