// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Small DOCX files, part by part, as a test wants them: sound ones, and some that are wrong on purpose.
#pragma once

#include <zip.h>

#include <map>
#include <string>
#include <vector>

namespace cw::test {

using ZipEntries = std::vector<std::pair<std::string, std::string>>; // name, content

inline std::string zipFile(const ZipEntries& entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : entries)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
    std::string out;
    if (zip_close(archive) == 0 && zip_source_open(target) == 0) {
        zip_stat_t state;
        zip_source_stat(target, &state);
        out.resize(state.size);
        zip_source_read(target, out.data(), out.size());
        zip_source_close(target);
    }
    zip_source_free(target);
    return out;
}

inline const std::string kWordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
inline const std::string kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

inline std::string wordPart(const std::string& root, const std::string& content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:" + root + " xmlns:w=\"" + kWordSpace +
           "\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
           " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
           " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
           " xmlns:v=\"urn:schemas-microsoft-com:vml\">" + content + "</w:" + root + ">";
}

// A document's parts: "styles", "numbering", "footnotes", "endnotes" and the content of its body; relationships and entries beside them.
struct DocxParts {
    std::string body;
    std::map<std::string, std::string> parts; // kind: content of its root
    std::string relations;                    // more <Relationship/> elements of the document
    ZipEntries entries;                       // more entries of the archive
};

inline std::string relation(const std::string& id, const std::string& kind, const std::string& target, bool external = false) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + kind + "\" Target=\"" + target + "\"" +
           (external ? " TargetMode=\"External\"" : "") + "/>";
}

inline std::string relationsPart(const std::string& relations) {
    return "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + relations +
           "</Relationships>";
}

inline std::string docxFile(const DocxParts& parts) {
    ZipEntries entries = {{"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
                          {"_rels/.rels", relationsPart(relation("r1", "officeDocument", "word/document.xml"))}};
    std::string relations = parts.relations;
    for (const auto& [kind, content] : parts.parts) {
        relations += relation("p" + kind, kind, kind + ".xml");
        entries.emplace_back("word/" + kind + ".xml", wordPart(kind, content));
    }
    entries.emplace_back("word/document.xml", wordPart("document", "<w:body>" + parts.body + "<w:sectPr/></w:body>"));
    entries.emplace_back("word/_rels/document.xml.rels", relationsPart(relations));
    entries.insert(entries.end(), parts.entries.begin(), parts.entries.end());
    return zipFile(entries);
}

inline std::string docxRun(const std::string& text, const std::string& properties = {}) {
    return "<w:r>" + (properties.empty() ? "" : "<w:rPr>" + properties + "</w:rPr>") + "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}

// A paragraph of runs, with the content of its properties.
inline std::string docxParagraph(const std::string& runs, const std::string& properties = {}) {
    return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + runs + "</w:p>";
}

inline std::string docxText(const std::string& text, const std::string& properties = {}) { return docxParagraph(docxRun(text), properties); }

inline std::string inList(int list, int level) {
    return "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" + std::to_string(list) + "\"/></w:numPr>";
}

inline std::string listLevel(int level, const std::string& format, const std::string& text, const std::string& more = {}) {
    return "<w:lvl w:ilvl=\"" + std::to_string(level) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format + "\"/><w:lvlText w:val=\"" +
           text + "\"/>" + more + "</w:lvl>";
}

// An encrypted document as far as a reader looks: an OLE file with a stream of that name.
inline std::string encryptedDocx() {
    std::string out("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    out.append(504, '\0');
    for (const char c : std::string("EncryptedPackage")) {
        out += c;
        out += '\0';
    }
    return out + std::string(512, '\0');
}

} // namespace cw::test
