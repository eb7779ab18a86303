// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/pdf_document.h"

#include "app/reader/canonical_text.h"
#include "app/reader/hidden_words.h"
#include "app/reader/page_geometry.h"
#include "app/reader/text_recognition.h"

#include <QFile>
#include <QPdfDocument>

#include <algorithm>

namespace cw {

namespace {

constexpr int kMostPages = 3000;
constexpr double kLongSidePixels = 900;    // of the small picture: fine enough to tell lines of 10 points from their gaps
constexpr double kDotsAnInch = 300;        // of the picture for text recognition
constexpr double kLeastPixels = 2200, kMostPixels = 5000; // of its long side, whatever size the page says it has
constexpr qsizetype kFewLetters = 200;     // of a page whose words may be in its picture: stamps have as many
constexpr qsizetype kStamp = 80;           // of the number or the stamp that a scan may have
constexpr double kFullOfInk = 0.015;       // share of the page: a logo has less, a page of words more
constexpr double kLineOfInk = 0.0003;      // share of a page that one printed line covers
constexpr double kPictureInk = 0.004;      // ... and a picture: dirt on a blank scan is less
constexpr double kReadable = 0.5;          // confidence below which recognition made words of a drawing
constexpr double kMoreLetters = 1.5;       // than the text layer has: what recognition must give to stand instead

Error loadError(QPdfDocument::Error cause, const std::string& file) {
    switch (cause) {
    case QPdfDocument::Error::IncorrectPassword:
        return {ErrorCode::BadInput, file + " is protected by a password.", "Save it without the password and import it again."};
    case QPdfDocument::Error::UnsupportedSecurityScheme:
        return {ErrorCode::Unsupported, file + " is protected in a way that can't be opened.", "Save it without protection."};
    default:
        return {ErrorCode::BadInput, file + " is damaged: its PDF structure can't be read.", "Export or download it again."};
    }
}

qsizetype lettersIn(const std::vector<PageLine>& lines) {
    qsizetype letters = 0;
    for (const PageLine& line : lines)
        letters += std::count_if(line.text.begin(), line.text.end(), [](QChar c) { return c.isLetterOrNumber(); });
    return letters;
}

std::vector<QRectF> boxesOf(const std::vector<PageLine>& lines) {
    std::vector<QRectF> boxes;
    for (const PageLine& line : lines)
        if (line.box)
            boxes.push_back(*line.box);
    return boxes;
}

class PdfReader {
public:
    explicit PdfReader(QPdfDocument& document) : m_document(document) {}

    PageText readPage(int number) {
        const QSizeF size = m_document.pagePointSize(number);
        const PageInk ink(draw(number, kLongSidePixels), size);
        PdfPage page(m_document, number);
        PageText out{size, page.lines(), false, 1};
        const std::optional<Placement> placement = findPlacement(ink, boxesOf(out.lines));
        placeBoxes(out, placement.value_or(Placement{}));
        if (recognise(number, ink, out))
            return out;
        markHidden(page, ink, placement.value_or(Placement{}), out);
        if (!placement) // the boxes would lie wrong
            for (PageLine& line : out.lines)
                line.box.reset();
        return out;
    }

    // What made the text, of the pages read so far.
    std::string name() { return std::string("qtpdf ") + qVersion() + (m_recognised ? ", " + m_recognition.version() : ""); }

    std::vector<ReaderNote> notes() const { return m_notes; }

private:
    QImage draw(int number, double longSide) const {
        const QSizeF size = m_document.pagePointSize(number);
        const double scale = longSide / std::max(size.width(), size.height());
        return m_document.render(number, {std::max(1, qRound(size.width() * scale)), std::max(1, qRound(size.height() * scale))});
    }

    // Onto the shown page.
    static void placeBoxes(PageText& out, const Placement& placement) {
        for (PageLine& line : out.lines)
            if (line.box)
                line.box = place(*line.box, placement, out.size);
    }

    static void markHidden(PdfPage& page, const PageInk& ink, const Placement& placement, PageText& out) {
        markHiddenWords(out.lines, ink, [&](size_t line, qsizetype begin, qsizetype length) {
            const auto box = page.boxOf(line, begin, length);
            return box ? std::optional(place(*box, placement, out.size)) : std::nullopt;
        });
    }

    // True if the page's words are in its picture, and now in `out`.
    bool recognise(int number, const PageInk& ink, PageText& out) {
        const qsizetype letters = lettersIn(out.lines);
        const double outside = letters < kFewLetters ? ink.inkOutside(boxesOf(out.lines)) : 0;
        if (outside < (letters == 0 ? kLineOfInk : letters < kStamp ? kPictureInk : kFullOfInk))
            return false;
        const bool ready = m_recognition.isReady();
        if (ready && readPicture(number, letters, out))
            return true;
        const bool isPicture = letters == 0 ? outside > kPictureInk : !ready && letters < kStamp && outside > kFullOfInk;
        if (isPicture && !isSlow(number)) {
            if (!ready && m_notes.empty()) // every picture lacks it
                m_notes.push_back({ReaderNoteKind::NoRecognition});
            m_notes.push_back({ReaderNoteKind::PicturePage, number + 1});
        }
        return false;
    }

    bool readPicture(int number, qsizetype letters, PageText& out) {
        const double inches = std::max(out.size.width(), out.size.height()) / 72;
        const QImage picture = onPaper(draw(number, std::clamp(inches * kDotsAnInch, kLeastPixels, kMostPixels)));
        const RecognisedPage read = m_recognition.read(picture, out.size);
        if (read.late)
            m_notes.push_back({ReaderNoteKind::SlowPage, number + 1});
        const qsizetype found = lettersIn(read.lines);
        if (read.confidence < kReadable || static_cast<double>(found) < std::max(1.0, kMoreLetters * static_cast<double>(letters)))
            return false;
        out = {out.size, read.lines, true, read.confidence};
        m_recognised = true;
        return true;
    }

    bool isSlow(int number) const { return !m_notes.empty() && m_notes.back() == ReaderNote{ReaderNoteKind::SlowPage, number + 1}; }

    QPdfDocument& m_document;
    TextRecognition m_recognition;
    std::vector<ReaderNote> m_notes;
    bool m_recognised = false; // some page
};

Error noText(const std::string& file, const std::vector<ReaderNote>& notes) {
    const bool unrecognised = std::find(notes.begin(), notes.end(), ReaderNote{ReaderNoteKind::NoRecognition}) != notes.end();
    return {ErrorCode::BadInput, file + " has no text: its pages are blank, or pictures as of a scan.",
            unrecognised ? "Install the package tesseract-ocr-eng for text recognition (OCR) and import it again."
                                : "No words were found in them either; scan it again, larger or with more contrast."};
}

} // namespace

Result<DocumentText> readPdfDocument(const std::string& file, const PageProgress& onPage) {
    QPdfDocument document;
    if (const auto error = document.load(QFile::decodeName(file.c_str())); error != QPdfDocument::Error::None)
        return loadError(error, file);
    const int count = document.pageCount();
    if (count == 0)
        return Error{ErrorCode::BadInput, file + " has no pages.", "Export or download it again."};
    if (count > kMostPages)
        return Error{ErrorCode::Unsupported,
                     file + " has " + std::to_string(count) + " pages; a contract may have " + std::to_string(kMostPages) + ".",
                     "Split it into its documents and import those."};
    std::vector<PageText> pages;
    PdfReader reader(document);
    for (int number = 0; number < count; ++number) {
        if (document.pagePointSize(number).isEmpty())
            return loadError(QPdfDocument::Error::InvalidFileFormat, file);
        onPage(number + 1, count);
        pages.push_back(reader.readPage(number));
    }
    DocumentText text = canonicalText(pages);
    if (text.text.empty())
        return noText(file, reader.notes());
    text.reader = reader.name();
    text.notes = reader.notes();
    return text;
}

} // namespace cw
