// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_package.h"

#include "app/reader/docx_xml.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::string_view kOleMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view kEncryptedStream("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31); // its name in UTF-16

Error oleFile(std::string_view bytes, const std::string& file) {
    if (bytes.find(kEncryptedStream) != std::string_view::npos)
        return {ErrorCode::BadInput, file + " is protected by a password.", "Save it without the password and import it again."};
    return {ErrorCode::Unsupported, file + " is in the format of Word 2003 or older.", "Save it as DOCX or PDF."};
}

std::string folderOf(const std::string& part) {
    const size_t slash = part.rfind('/');
    return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
}

std::string relationsOf(const std::string& part) {
    const std::string folder = folderOf(part);
    return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

// A target within the package: from the root, or from the folder of the part that names it.
std::string resolved(const std::string& folder, const std::string& target) {
    return target.starts_with('/') ? target.substr(1) : folder + target;
}

} // namespace

Result<DocxPackage> DocxPackage::open(std::string_view bytes, const std::string& file) {
    if (bytes.starts_with(kOleMark))
        return oleFile(bytes, file);
    CW_TRY_ASSIGN(archive, ZipArchive::open(bytes, file));
    DocxPackage out(std::move(archive), file);
    CW_TRY_ASSIGN(roots, out.relations("_rels/.rels"));
    if (const auto main = roots.targets.find(QStringLiteral("officeDocument")); main != roots.targets.end())
        out.m_main = resolved({}, main->second.toStdString());
    return out;
}

Result<DocxPackage::Relations> DocxPackage::relations(const std::string& part) {
    Relations out;
    CW_TRY_ASSIGN(bytes, m_archive.read(part));
    if (!bytes)
        return out;
    QXmlStreamReader xml(QByteArray::fromStdString(*bytes));
    if (!toRoot(xml))
        return malformedPart(m_file, part);
    while (xml.readNextStartElement()) {
        const QString kind = attribute(xml, QLatin1String("Type")).value_or(QString()).section(u'/', -1);
        const bool isExternal = attribute(xml, QLatin1String("TargetMode")) == QLatin1String("External");
        out.external += isExternal && kind != QLatin1String("hyperlink");
        if (!isExternal)
            out.targets.emplace(kind, attribute(xml, QLatin1String("Target")).value_or(QString()));
        xml.skipCurrentElement();
    }
    return xml.hasError() ? Result<Relations>(malformedPart(m_file, part)) : out;
}

Result<std::string> DocxPackage::document() {
    CW_TRY_ASSIGN(bytes, m_archive.read(m_main));
    if (!bytes)
        return Error{ErrorCode::BadInput, m_file + " holds no Word document: its part " + m_main + " is missing.",
                     "Check that it is the right file, or save it again as DOCX."};
    return std::move(*bytes);
}

Result<std::optional<std::string>> DocxPackage::related(const QString& kind) {
    CW_TRY_ASSIGN(known, relations(relationsOf(m_main)));
    const auto found = known.targets.find(kind);
    if (found == known.targets.end())
        return std::optional<std::string>();
    return m_archive.read(resolved(folderOf(m_main), found->second.toStdString()));
}

bool DocxPackage::hasMacros() const {
    return std::any_of(m_archive.names().begin(), m_archive.names().end(), [](const std::string& name) {
        return QString::fromStdString(name).endsWith(QLatin1String("vbaProject.bin"), Qt::CaseInsensitive);
    });
}

Result<int> DocxPackage::externalTargets() {
    int count = 0;
    for (const std::string& name : m_archive.names())
        if (name.ends_with(".rels")) {
            CW_TRY_ASSIGN(known, relations(name));
            count += known.external;
        }
    return count;
}

} // namespace cw
