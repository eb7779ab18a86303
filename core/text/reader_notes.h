// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the document reader has to say about a document beside its text: what it left out and why. It travels within the reader's own
// name, "docx 1; macros; external 2", so that an import can tell it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct ReaderNotes {
    std::string reader;            // "docx 1", "qtpdf 6.4.2, tesseract 5.3.0": what made the text
    bool macros = false;           // there are macros; they were not run
    int externalTargets = 0;       // pictures, templates and the like that lie elsewhere; they were not fetched
    int embeddedParts = 0;         // documents within the document, which were not read
    std::vector<int> picturePages; // from 1: pictures without text that nothing could read
    std::vector<int> slowPages;    // from 1: their text recognition took too long
    bool noRecognition = false;    // the language data of text recognition is not there
    friend bool operator==(const ReaderNotes&, const ReaderNotes&) = default;
};

std::string encodeNotes(const ReaderNotes& notes);

// What can't be read as a note is left out: the reader isn't trusted.
ReaderNotes decodeNotes(std::string_view text);

} // namespace cw
