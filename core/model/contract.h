// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A contract as the project knows it, and where the lines of its pages lie. Plain data.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/ids.h"

#include <string>
#include <vector>

namespace cw {

struct Contract {
    ContractId id;
    std::string title;
    std::string type;           // "NDA", "License": the stratum of a split
    std::string language;       // "en-US", "en-GB" or empty
    std::string source;         // where it came from, with its licence
    std::string fileName;       // of the original
    std::string mediaType;      // "text/plain", "application/pdf"
    std::string documentSha256; // of the original's bytes: its name in documents/
    std::string textSha256;     // of the canonical text
    std::string reader;         // what made the canonical text, with version: "qtpdf 6.4.2", "text 1"
    size_t textBytes = 0;
    int pages = 0; // 0 for a text file
    std::string addedAt;
    // What only the import supposes, until a person says so: names of fields ("type", "language", "parties").
    std::vector<std::string> guessed;
    std::vector<std::string> partiesGuess; // names
    friend bool operator==(const Contract&, const Contract&) = default;
};

// One line of text on a page. Coordinates are shares of the page, 0..1 from its top left corner as it is shown.
struct LineBox {
    int page = 0;     // from 0
    ByteRange range;  // in the canonical text
    double left = 0, top = 0, right = 0, bottom = 0;
    friend bool operator==(const LineBox&, const LineBox&) = default;
};

struct PageSize {
    double widthPoints = 0, heightPoints = 0; // as shown, after rotation
    friend bool operator==(const PageSize&, const PageSize&) = default;
};

// Why a place of the canonical text needs a person's eye.
enum class TextMarkKind {
    NoInk,       // words that the rendering doesn't show
    OffPage,     // words outside the page
    Tiny,        // words too small to read
    Invisible,   // zero-width, bidirectional or tag characters
    UnsureWord,  // read by OCR with little confidence
    Recognised,  // a whole page that OCR read
    Inserted,    // a tracked insertion, which the text shows
    Deleted,     // a tracked deletion, which the text doesn't hold: an empty range
};

struct TextMark {
    TextMarkKind kind = TextMarkKind::NoInk;
    ByteRange range;       // in the canonical text
    std::string detail;    // the deleted words, an author, the names of characters; may be empty
    double confidence = 1; // 0..1, of OCR
    friend bool operator==(const TextMark&, const TextMark&) = default;
};

// What the document reader left out of a document, which no place of the text can show.
enum class ReaderNoteKind {
    Macros,        // there are some; they were not run
    External,      // pictures, templates and the like that lie elsewhere; they were not fetched
    Embedded,      // documents within the document, which were not read
    PicturePage,   // a picture without text that nothing could read
    SlowPage,      // its text recognition took too long
    NoRecognition, // the language data of text recognition is not there
};

struct ReaderNote {
    ReaderNoteKind kind = ReaderNoteKind::Macros;
    int number = 1; // a page, from 1; of External and Embedded, how many
    friend bool operator==(const ReaderNote&, const ReaderNote&) = default;
};

// Everything that an import takes from a document.
struct DocumentText {
    std::string text; // canonical: UTF-8, LF
    std::vector<PageSize> pages;
    std::vector<LineBox> lines;
    std::vector<TextMark> marks; // in the order of the text
    std::vector<ReaderNote> notes;
    std::string reader;
    // Protections that this system refused the reader ("file access", "system calls"); empty: all hold.
    std::vector<std::string> notConfined;
};

} // namespace cw
