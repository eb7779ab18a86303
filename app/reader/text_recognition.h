// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Text recognition (OCR) of a page's picture by Tesseract, where it was there at the build and its English data is there now. One thread.
#pragma once

#include "app/reader/pdf_page.h"

#include <QImage>
#include <QSizeF>

#include <memory>
#include <string>
#include <vector>

namespace cw {

struct RecognisedPage {
    std::vector<PageLine> lines; // boxes in points on the shown page; words of little confidence are marked
    double confidence = 0;       // 0 to 1, the mean of its words
    bool late = false;           // it took too long: there are no lines
};

class TextRecognition {
public:
    TextRecognition();
    ~TextRecognition();

    // False: not built in, or no data. Loads the data when it is asked for the first time.
    bool isReady();
    std::string version() const; // "tesseract 5.3.0"

    // `picture` shows the page of `points` in 8 bits of grey. A page that lies on its side or on its head is turned.
    RecognisedPage read(const QImage& picture, const QSizeF& points);

private:
    struct Engine;
    std::unique_ptr<Engine> m_engine;
};

} // namespace cw
