// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The two steps of importing one document: reading it, which may happen on any thread, and adding it, on the session's.
#pragma once

#include "app/services/import_service.h"

#include <filesystem>
#include <set>

namespace cw {

using KnownDocuments = std::set<std::string>; // SHA-256 of the originals in the project

struct ParsedDocument {
    QString file;
    std::string sha256;
    Result<DocumentText> document = Error{};
    bool isKnown = false;  // the same bytes are in the project: not parsed
    bool isCopied = false; // the original was put into the documents folder just now
};

Result<KnownDocuments> knownDocuments(StoreSession& session);

// Reads the file in a process of its own and keeps the original under the hash of its bytes. Blocks; any thread.
// `goesOn` as in readDocument.
ParsedDocument parseDocument(const QString& file, const KnownDocuments& known, const std::filesystem::path& documents,
                             const ReadingGoesOn& goesOn = {});

// The contract's row, or a line in the report that says why there is none.
void addDocument(StoreSession& session, const ParsedDocument& parsed, const ImportOptions& options,
                 const std::vector<LabelledContract>& labels, KnownDocuments& known, ImportReport& report);

Result<std::vector<LabelledContract>> readLabels(const QString& file);

} // namespace cw
