// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads a document in a clausewright-reader of its own, and believes nothing of what it says until the frame is checked. Any thread but
// one with an event loop to serve: it blocks.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <QString>

#include <functional>

namespace cw {

// Where the reader's executable lies: CLAUSEWRIGHT_READER, else beside this program.
QString readerProgram();

// Of the reader's own processor time, so that a busy machine loses no page. `patience` times as long on the clock ends a reader that
// waits for something.
struct ReadingLimits {
    qint64 pageMilliseconds = 30'000;         // a page, with its text recognition
    qint64 openMilliseconds = 20'000;         // until the first page, and for a document without pages
    qint64 openMillisecondsAMegabyte = 2'000; // and this for each megabyte
    qint64 wholeMilliseconds = 1'800'000;     // the whole document
    qint64 patience = 10;
};

// Called about five times a second while the reader works; page from 1, 0 before the first. False ends the reading: Cancelled.
using ReadingGoesOn = std::function<bool(int page, int pages)>;

// Canonical text, line boxes and marks. A reader that meets a limit, that dies, or that answers with something else than a sound frame
// gives an error that names the file, and the page if there is one.
Result<DocumentText> readDocument(const QString& file, const ReadingGoesOn& goesOn = {}, const ReadingLimits& limits = {});

} // namespace cw
