// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A DOCX as a package of parts with relationships between them (ECMA-376 part 2). Only its own parts are ever opened. One thread.
#pragma once

#include "app/reader/zip_archive.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

class DocxPackage {
public:
    // `bytes` must outlive it. An encrypted document is an OLE file instead, and said to be one.
    static Result<DocxPackage> open(std::string_view bytes, const std::string& file);

    // The part that the package says is the document, or the one of the usual name.
    Result<std::string> document();
    // The part that the document relates to as "styles", "numbering", "footnotes" ...; nothing if it has none.
    Result<std::optional<std::string>> related(const QString& kind);

    bool hasMacros() const;
    // Relationships to what lies elsewhere and would be fetched: templates, pictures, objects. Links that a reader clicks are none.
    Result<int> externalTargets();

private:
    explicit DocxPackage(ZipArchive archive, std::string file) : m_archive(std::move(archive)), m_file(std::move(file)) {}
    struct Relations {
        std::map<QString, QString> targets; // by the last word of their type
        int external = 0;
    };
    Result<Relations> relations(const std::string& part);

    ZipArchive m_archive;
    std::string m_file;
    std::string m_main = "word/document.xml";
};

} // namespace cw
