// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads a document in a clausewright-reader of its own, and believes nothing of what it says until the frame is checked. Any thread but
// one with an event loop to serve: it blocks.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <QString>

namespace cw {

// Where the reader's executable lies: CLAUSEWRIGHT_READER, else beside this program.
QString readerProgram();

// Canonical text and line boxes. A reader that doesn't end within 20 s + 2 s a MB, that dies, or that answers with something else than a
// sound frame gives an error that names the file.
Result<DocumentText> readDocument(const QString& file);

} // namespace cw
