// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Small PDF files (PDF 1.4, Helvetica) whose lines stand where a test says, and PDF files that are wrong on purpose.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace cw::test {

// A line of text by the place of its first letter's base line on the page as it is shown, in points from the top left corner.
struct PdfLine {
    int x = 0, y = 0;
    std::string text;
};

struct PdfPage {
    int rotate = 0;                      // degrees clockwise: 0, 90, 180, 270
    int width = 612, height = 792;       // of the sheet, before it is turned
    int cropLeft = 0, cropBottom = 0;    // cut away at these sides of the sheet
    std::string encrypt;                 // what the trailer says of encryption
};

// The matrix that puts upright text at a place of the shown page, for a sheet that is turned.
inline std::string textMatrix(const PdfPage& page, const PdfLine& line) {
    const int w = page.width - page.cropLeft, h = page.height - page.cropBottom; // of the part that is left
    int a = 1, b = 0, x = line.x, y = h - line.y;
    switch (page.rotate) {
    case 90: a = 0, b = 1, x = line.y, y = line.x; break;
    case 180: a = -1, b = 0, x = w - line.x, y = line.y; break;
    case 270: a = 0, b = -1, x = w - line.y, y = h - line.x; break;
    default: break;
    }
    char out[96];
    std::snprintf(out, sizeof out, "%d %d %d %d %d %d Tm", a, b, -b, a, x + page.cropLeft, y + page.cropBottom);
    return out;
}

// A picture in 8 bits of grey that fills its sheet.
struct PdfPicture {
    int width = 0, height = 0;
    std::string bytes; // row by row, from the top
};

struct PdfSheet {
    PdfPage page;
    std::string content;
    PdfPicture picture; // under the content, if it has bytes
};

inline std::string pdfStream(const std::string& dictionary, const std::string& bytes) {
    return "<< " + dictionary + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + bytes + "\nendstream";
}

inline std::string pdfBoxes(const PdfPage& page) {
    char sheet[160];
    std::snprintf(sheet, sizeof sheet, "/MediaBox [0 0 %d %d] /CropBox [%d %d %d %d] /Rotate %d", page.width, page.height, page.cropLeft,
                  page.cropBottom, page.width, page.height, page.rotate);
    return sheet;
}

// The file of these objects, numbered from 1, of which the first is the catalog.
inline std::string pdfOfObjects(const std::vector<std::string>& objects, const std::string& trailer) {
    std::string out = "%PDF-1.4\n", table = "0000000000 65535 f \n";
    for (size_t i = 0; i < objects.size(); ++i) {
        char entry[24];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
        table += entry;
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string size = std::to_string(objects.size() + 1), start = std::to_string(out.size());
    return out + "xref\n0 " + size + "\n" + table + "trailer << /Size " + size + " /Root 1 0 R " + trailer + " >>\nstartxref\n" + start +
           "\n%%EOF\n";
}

inline std::string pdfOfSheets(const std::vector<PdfSheet>& sheets) {
    std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    std::string kids;
    for (const PdfSheet& sheet : sheets) {
        const std::string number = std::to_string(objects.size() + 1), content = std::to_string(objects.size() + 2),
                          picture = std::to_string(objects.size() + 3), w = std::to_string(sheet.page.width), h = std::to_string(sheet.page.height);
        const bool hasPicture = !sheet.picture.bytes.empty();
        kids += number + " 0 R ";
        objects.push_back("<< /Type /Page /Parent 2 0 R " + pdfBoxes(sheet.page) + " /Contents " + content +
                          " 0 R /Resources << /Font << /F1 3 0 R >> " + (hasPicture ? "/XObject << /P " + picture + " 0 R >> " : "") + ">> >>");
        objects.push_back(pdfStream("", (hasPicture ? "q " + w + " 0 0 " + h + " 0 0 cm /P Do Q\n" : "") + sheet.content));
        if (hasPicture)
            objects.push_back(pdfStream("/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width " +
                                            std::to_string(sheet.picture.width) + " /Height " + std::to_string(sheet.picture.height),
                                        sheet.picture.bytes));
    }
    objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(sheets.size()) + " >>";
    return pdfOfObjects(objects, sheets.empty() ? std::string() : sheets.front().page.encrypt);
}

inline std::string pdfFile(const PdfPage& page, const std::string& content) { return pdfOfSheets({{page, content, {}}}); }

inline std::string pdfWithLines(const PdfPage& page, const std::vector<PdfLine>& lines) {
    std::string content = "BT /F1 12 Tf\n";
    for (const PdfLine& line : lines)
        content += textMatrix(page, line) + " (" + line.text + ") Tj\n";
    return pdfFile(page, content + "ET");
}

// A page with a picture of a kind and no text.
inline std::string pdfWithoutText() { return pdfFile({}, "0.5 g 100 100 300 400 re f"); }

// Standard security handler, revision 2, whose keys no empty password opens.
inline std::string pdfWithPassword() {
    const std::string key(64, 'a'); // 32 bytes in hex
    PdfPage page;
    page.encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + key + "> /U <" + key + "> >> /ID [<00> <00>]";
    return pdfWithLines(page, {{72, 92, "Secret"}});
}

} // namespace cw::test
