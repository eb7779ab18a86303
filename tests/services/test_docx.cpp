// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// DOCX files through the real reader process: the text that people read, marks on what they may miss, a sentence for what is wrong.
#include "app/services/read_document.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/model/names.h"
#include "tests/support/docx_builder.h"
#include "tests/support/project_fixture.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

std::string insertedRun(const std::string& runs) { return "<w:ins w:id=\"1\" w:author=\"Ana Weber\" w:date=\"2026-01-01T00:00:00Z\">" + runs + "</w:ins>"; }

std::string deletedRun(const std::string& text) {
    return "<w:del w:id=\"2\" w:author=\"Ben\"><w:r><w:delText xml:space=\"preserve\">" + text + "</w:delText></w:r></w:del>";
}

std::string field(const std::string& code, const std::string& result) {
    const auto mark = [](const char* type) { return std::string("<w:r><w:fldChar w:fldCharType=\"") + type + "\"/></w:r>"; };
    return mark("begin") + "<w:r><w:instrText>" + code + "</w:instrText></w:r>" + mark("separate") + result + mark("end");
}

std::string cell(const std::string& blocks, const std::string& properties = {}) {
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + blocks + "</w:tc>";
}

std::string row(const std::string& cells, const std::string& properties = {}) {
    return "<w:tr>" + (properties.empty() ? "" : "<w:trPr>" + properties + "</w:trPr>") + cells + "</w:tr>";
}

// Marks as "kind:words in the text:detail".
QStringList told(const DocumentText& document) {
    QStringList out;
    for (const TextMark& mark : document.marks)
        out << toQString(std::string(nameOf(mark.kind)) + ':' + document.text.substr(mark.range.begin, mark.range.size()) + ':' + mark.detail);
    return out;
}

} // namespace

class TestDocx : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paragraphsAndBreaks();
    void whatARunMayHold();
    void listsAreNumbered();
    void listsGoOnRestartAndFollowStyles();
    void numberFormats_data();
    void numberFormats();
    void tablesAreReadRowByRow();
    void trackedChangesAreAcceptedAndMarked();
    void deletedParagraphsAndRowsLeaveNoLine();
    void fieldsShowTheirResults();
    void aFieldWithoutEndHidesNothing();
    void notesStandAtTheEnd();
    void textBoxesFollowTheirParagraph();
    void hiddenTextIsKeptAndMarked();
    void whiteOnAGroundIsNoHiddenText();
    void aRunInHeadingIsOneParagraph();
    void strictFilesReadTheSame();
    void macrosAndExternalTargetsAreTold();
    void badDocxGetsOneSentence_data();
    void badDocxGetsOneSentence();
    void noMutationOfADocxBreaksTheReading();

private:
    QString write(const QString& name, const std::string& bytes) {
        const QString file = m_folder.filePath(name);
        QFile out(file);
        return out.open(QIODevice::WriteOnly) && out.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0 ? file : QString();
    }
    Result<DocumentText> read(const DocxParts& parts) { return readDocument(write(QStringLiteral("a.docx"), docxFile(parts))); }
    Result<DocumentText> read(const std::string& body) { return read(DocxParts{body, {}, {}, {}}); }

    QTemporaryDir m_folder;
};

void TestDocx::paragraphsAndBreaks() {
    const auto document = read(docxText("  MASTER AGREEMENT ") + "<w:p/>" +
                               docxParagraph(docxRun("One ") + "<w:r><w:br/></w:r>" + docxRun(" two,") + docxRun(" three")) +
                               "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>" + docxText("In a control") + "</w:sdtContent></w:sdt>");
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("MASTER AGREEMENT\n\nOne\ntwo, three\n\nIn a control\n"));
    QVERIFY(document->pages.empty() && document->lines.empty() && document->marks.empty());
    QCOMPARE(document->reader, std::string("docx 1"));
}

void TestDocx::whatARunMayHold() {
    const auto document = read(docxParagraph(
        docxRun("non") + "<w:r><w:noBreakHyphen/><w:t>exclusive</w:t></w:r>" + "<w:r><w:tab/><w:t>co</w:t><w:softHyphen/><w:t>operate</w:t></w:r>" +
        "<w:r><w:sym w:font=\"Symbol\" w:char=\"F0D3\"/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Odd\" w:char=\"F041\"/></w:r>" +
        "<w:hyperlink><w:r><w:t xml:space=\"preserve\"> link</w:t></w:r></w:hyperlink>" +
        "<w:smartTag><w:r><w:t xml:space=\"preserve\"> tag</w:t></w:r></w:smartTag>" +
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num></m:f></m:oMath><w:commentReference w:id=\"1\"/>" +
        "<w:r><w:ruby><w:rt><w:r><w:t>rt</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>"));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("non-exclusive cooperate\u00A9\u2611\u25A1 link tagabase\n"));
}

void TestDocx::listsAreNumbered() {
    DocxParts parts;
    parts.parts["numbering"] = "<w:abstractNum w:abstractNumId=\"7\">" + listLevel(0, "decimal", "%1.") + listLevel(1, "decimal", "%1.%2") +
                               listLevel(2, "lowerLetter", "(%3)") + listLevel(3, "lowerRoman", "(%4)") + listLevel(4, "bullet", "\uF0B7") +
                               "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>";
    const auto item = [](const std::string& text, int level) { return docxText(text, inList(1, level)); };
    parts.body = item("Term", 0) + item("Begin", 1) + item("End", 1) + item("first", 2) + item("second", 2) + item("deep", 3) + item("deep", 3) +
                 item("Fees", 0) + item("Price", 1) + item("anew", 2) + item("dot", 4);
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(toQString(document->text).split(QStringLiteral("\n\n")).join(u'/'),
             QStringLiteral("1. Term/1.1 Begin/1.2 End/(a) first/(b) second/(i) deep/(ii) deep/2. Fees/2.1 Price/(a) anew/\u2022 dot\n"));
}

void TestDocx::listsGoOnRestartAndFollowStyles() {
    DocxParts parts;
    parts.parts["numbering"] =
        "<w:abstractNum w:abstractNumId=\"0\">" + listLevel(0, "upperRoman", "ARTICLE %1", "<w:pStyle w:val=\"Heading1\"/>") +
        listLevel(1, "decimal", "%1.%2", "<w:isLgl/><w:pStyle w:val=\"Heading2\"/>") + "</w:abstractNum>" +
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>" +
        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>" +
        "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num>";
    parts.parts["styles"] =
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"/>"
        "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:basedOn w:val=\"Normal\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:basedOn w:val=\"Heading1\"/></w:style>";
    const std::string one = "<w:pStyle w:val=\"Heading1\"/>", two = "<w:pStyle w:val=\"Heading2\"/>";
    parts.body = docxText("Scope", one) + docxText("Part", two) + docxText("no number", one + inList(0, 0)) + docxText("Term", one) +
                 docxText("Part", two) + docxText("Anew", inList(2, 0)) + docxText("Same list", inList(3, 0)) + docxText("No such list", inList(9, 0));
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(toQString(document->text).split(QStringLiteral("\n\n")).join(u'/'),
             QStringLiteral("ARTICLE I Scope/1.1 Part/no number/ARTICLE II Term/2.1 Part/ARTICLE V Anew/ARTICLE VI Same list/No such list\n"));
}

void TestDocx::numberFormats_data() {
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("labels"); // of 1, 4, 21, 28
    const auto row = [](const char* format, const char* labels) { QTest::newRow(format) << QString::fromLatin1(format) << QString::fromLatin1(labels); };
    row("decimal", "1 4 21 28");
    row("decimalZero", "01 04 21 28");
    row("upperLetter", "A D U BB");
    row("lowerLetter", "a d u bb");
    row("upperRoman", "I IV XXI XXVIII");
    row("lowerRoman", "i iv xxi xxviii");
    row("ordinal", "1st 4th 21st 28th");
    row("cardinalText", "One Four Twenty-one Twenty-eight");
    row("ordinalText", "First Fourth Twenty-first Twenty-eighth");
    row("unheardOf", "1 4 21 28");
}

void TestDocx::numberFormats() {
    QFETCH(QString, format);
    QFETCH(QString, labels);
    DocxParts parts;
    parts.parts["numbering"] = "<w:abstractNum w:abstractNumId=\"0\">" + listLevel(0, toStdString(format), "%1:") + "</w:abstractNum>" +
                               "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    for (int i = 0; i < 28; ++i)
        parts.body += docxText("x", inList(1, 0));
    const auto document = read(parts);
    CW_VERIFY(document);
    const QStringList lines = toQString(document->text).split(QStringLiteral("\n\n"));
    QStringList shown;
    for (const int number : {1, 4, 21, 28})
        shown << lines.value(number - 1).section(u':', 0, 0);
    QCOMPARE(shown.join(u' '), labels);
}

void TestDocx::tablesAreReadRowByRow() {
    const auto document = read(docxText("Fees") +
                               "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/></w:tblPr><w:tblGrid/>" +
                               row(cell(docxText("Service")) + cell(docxText("Fee"))) + row(cell(docxText("Support")) + cell("<w:p/>") + cell(docxText("USD 100"))) +
                               row(cell(docxText("One") + docxText("Two")) + cell(docxText("Three"))) +
                               "<w:sdt><w:sdtContent>" + row(cell("<w:tbl>" + row(cell(docxText("in")) + cell(docxText("ner"))) + "</w:tbl><w:p/>")) +
                               "</w:sdtContent></w:sdt></w:tbl>" + docxText("End"));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("Fees\n\nService | Fee\n\nSupport | USD 100\n\nOne\n\nTwo\n\nThree\n\nin | ner\n\nEnd\n"));
}

void TestDocx::trackedChangesAreAcceptedAndMarked() {
    const auto document = read(docxParagraph(docxRun("The fee is ") + deletedRun("USD 5") + deletedRun("0") + insertedRun(docxRun("USD ") + docxRun("70")) +
                                             docxRun(" a month.")) +
                               docxParagraph("<w:moveFrom w:author=\"Ben\">" + docxRun("Moved.") + "</w:moveFrom>" + docxRun("Stays. ") +
                                             "<w:moveTo w:author=\"Ben\">" + docxRun("Moved.") + "</w:moveTo>"));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("The fee is USD 70 a month.\n\nStays. Moved.\n"));
    QCOMPARE(told(*document), QStringList({QStringLiteral("deleted::USD 50"), QStringLiteral("inserted:USD 70:Ana Weber"),
                                           QStringLiteral("deleted::Moved."), QStringLiteral("inserted:Moved.:Ben")}));
    QCOMPARE(document->marks[0].range.begin, document->text.find("USD 70"));
}

void TestDocx::deletedParagraphsAndRowsLeaveNoLine() {
    DocxParts parts;
    parts.parts["numbering"] = "<w:abstractNum w:abstractNumId=\"0\">" + listLevel(0, "decimal", "%1.") + "</w:abstractNum>" +
                               "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    const std::string markGone = "<w:rPr><w:del w:author=\"Ben\"/></w:rPr>";
    parts.body = docxText("one", inList(1, 0)) + docxParagraph(deletedRun("gone"), inList(1, 0) + markGone) + docxText("two", inList(1, 0)) +
                 docxParagraph(docxRun("joined "), inList(1, 0) + markGone) + docxText("lines", inList(1, 0)) + "<w:tbl>" +
                 row(cell(docxText("out")) + cell(docxText("of it")), "<w:del w:author=\"Ben\"/>") +
                 row(cell(docxText("new")) + cell(docxText("row")), "<w:ins w:author=\"Cy\"/>") +
                 "</w:tbl>" + docxText("end");
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("1. one\n\n2. two\n\n3. joined lines\n\nnew | row\n\nend\n"));
    QCOMPARE(told(*document), QStringList({QStringLiteral("deleted::gone"), QStringLiteral("deleted::out"), QStringLiteral("deleted::of it"),
                                           QStringLiteral("inserted:new | row:Cy")}));
}

void TestDocx::fieldsShowTheirResults() {
    const std::string box = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>"
                            "</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    const auto document = read(docxParagraph(docxRun("See ") + field("REF a", docxRun("Section ") + field("PAGE", docxRun("4"))) + docxRun(". ") +
                                             "<w:fldSimple w:instr=\"DATE\">" + docxRun("3 April 2024") + "</w:fldSimple>" + docxRun(" ") + box + docxRun(" yes")));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("See Section 4. 3 April 2024 \u2612 yes\n"));
}

void TestDocx::aFieldWithoutEndHidesNothing() {
    const auto document = read(docxParagraph("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" + docxRun("The whole contract.")) + docxText("More."));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("The whole contract.\n\nMore.\n"));
}

void TestDocx::notesStandAtTheEnd() {
    DocxParts parts;
    const auto note = [](const char* kind, int id, const std::string& text) {
        return "<w:" + std::string(kind) + " w:id=\"" + std::to_string(id) + "\">" + docxParagraph("<w:r><w:footnoteRef/></w:r>" + docxRun(" " + text)) + "</w:" + kind + ">";
    };
    parts.parts["footnotes"] = note("footnote", -1, "separator") + note("footnote", 5, "Second.") + note("footnote", 4, "First.");
    parts.parts["endnotes"] = note("endnote", 1, "Last.");
    const auto ref = [](const char* kind, int id) { return "<w:r><w:" + std::string(kind) + "Reference w:id=\"" + std::to_string(id) + "\"/></w:r>"; };
    parts.body = docxParagraph(docxRun("Fee") + ref("footnote", 4) + docxRun(" and tax") + ref("endnote", 1) + docxRun(".") + ref("footnote", 5));
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("Fee[1] and tax[i].[2]\n\n[1] First.\n\n[2] Second.\n\n[i] Last.\n"));
}

void TestDocx::textBoxesFollowTheirParagraph() {
    const std::string box = "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>" + docxText("Boxed") +
                            "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" +
                            docxText("Boxed") + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>";
    const std::string canvas = "<w:drawing>" + box + "</w:drawing>";
    const std::string sheet = "<w:object><o:OLEObject xmlns:o=\"urn:schemas-microsoft-com:office:office\"/></w:object>";
    const auto document = read(docxParagraph(docxRun("Before ") + "<w:r>" + box + "</w:r>" + docxRun("behind")) +
                               docxParagraph(docxRun("Next") + "<w:r>" + canvas + sheet + "</w:r>"));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("Before behind\n\nBoxed\n\nNext\n\nBoxed\n"));
    QVERIFY(document->notes == std::vector<ReaderNote>{{ReaderNoteKind::Embedded}});
}

void TestDocx::hiddenTextIsKeptAndMarked() {
    DocxParts parts;
    parts.parts["styles"] = "<w:style w:type=\"character\" w:styleId=\"Ghost\"><w:rPr><w:vanish/></w:rPr></w:style>"
                            "<w:style w:type=\"paragraph\" w:styleId=\"Pale\"><w:rPr><w:color w:val=\"FEFEFE\"/></w:rPr></w:style>";
    parts.body = docxParagraph(docxRun("Seen ") + docxRun("hidden ", "<w:vanish/>") + docxRun("by style ", "<w:rStyle w:val=\"Ghost\"/>") +
                               docxRun("shown ", "<w:rStyle w:val=\"Ghost\"/><w:vanish w:val=\"0\"/>") + docxRun("small", "<w:sz w:val=\"2\"/>")) +
                 docxParagraph(docxRun("white ") + docxRun("black", "<w:color w:val=\"000000\"/>"), "<w:pStyle w:val=\"Pale\"/>") +
                 docxParagraph(docxRun("a\u200B\u202Eb"));
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("Seen hidden by style shown small\n\nwhite black\n\na\u200B\u202Eb\n"));
    QCOMPARE(told(*document), QStringList({QStringLiteral("no_ink:hidden by style :formatted as hidden"), QStringLiteral("tiny:small:"),
                                           QStringLiteral("no_ink:white :white letters"),
                                           QStringLiteral("invisible:\u200B\u202E:zero-width space, right-to-left override")}));
}

void TestDocx::whiteOnAGroundIsNoHiddenText() {
    const std::string white = "<w:color w:val=\"FFFFFF\"/>";
    DocxParts parts;
    parts.parts["styles"] = "<w:style w:type=\"table\" w:styleId=\"Dark\"><w:tblStylePr w:type=\"firstRow\"><w:tcPr>"
                            "<w:shd w:fill=\"1F3864\"/></w:tcPr></w:tblStylePr></w:style>";
    parts.body = docxParagraph(docxRun("a", white + "<w:highlight w:val=\"black\"/>")) + docxParagraph(docxRun("b", white), "<w:shd w:fill=\"000000\"/>") +
                 "<w:tbl>" + row(cell(docxParagraph(docxRun("c", white)), "<w:shd w:fill=\"333333\"/>")) + "</w:tbl>" +
                 "<w:tbl><w:tblPr><w:tblStyle w:val=\"Dark\"/></w:tblPr>" + row(cell(docxParagraph(docxRun("d", white)))) + "</w:tbl>" +
                 "<w:tbl>" + row(cell(docxParagraph(docxRun("hidden", white)))) + "</w:tbl>";
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(told(*document), QStringList({QStringLiteral("no_ink:hidden:white letters")}));
}

void TestDocx::aRunInHeadingIsOneParagraph() {
    DocxParts parts;
    parts.parts["numbering"] = "<w:abstractNum w:abstractNumId=\"0\">" + listLevel(0, "decimal", "%1.") + "</w:abstractNum>" +
                               "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    parts.body = docxText("Term.", inList(1, 0) + "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + docxText(" This Agreement lasts a year.");
    const auto document = read(parts);
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("1. Term. This Agreement lasts a year.\n"));
}

void TestDocx::strictFilesReadTheSame() {
    const std::string space = "http://purl.oclc.org/ooxml/";
    const std::string strict = "<x:document xmlns:x=\"" + space + "wordprocessingml/main\"><x:body><x:p><x:r><x:t>Strict</x:t></x:r></x:p>"
                               "</x:body></x:document>";
    const std::string main = "<Relationship Id=\"a\" Type=\"" + space + "officeDocument/relationships/officeDocument\" Target=\"/other/main.xml\"/>";
    const std::string file = zipFile({{"_rels/.rels", relationsPart(main)}, {"other/main.xml", strict}});
    const auto document = readDocument(write(QStringLiteral("s.docx"), file));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("Strict\n"));
}

void TestDocx::macrosAndExternalTargetsAreTold() {
    DocxParts parts;
    parts.body = docxText("Text");
    parts.relations = relation("a", "attachedTemplate", "http://example.com/evil.dotm", true) + relation("b", "image", "file:///etc/passwd", true) +
                      relation("c", "hyperlink", "http://example.com", true);
    parts.entries = {{"word/vbaProject.bin", "macro"}};
    const auto document = readDocument(write(QStringLiteral("m.docm"), docxFile(parts)));
    CW_VERIFY(document);
    QCOMPARE(document->reader, std::string("docx 1"));
    QVERIFY((document->notes == std::vector<ReaderNote>{{ReaderNoteKind::Macros}, {ReaderNoteKind::External, 2}}));
}

void TestDocx::badDocxGetsOneSentence_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("sentence"); // behind the file's name
    const auto row = [](const char* tag, const std::string& bytes, const char* sentence, const char* name = "b.docx") {
        QTest::newRow(tag) << QString::fromLatin1(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(sentence);
    };
    const std::string whole = docxFile({docxText("Text"), {}, {}, {}});
    row("no zip", "Hello", "is damaged: its ZIP archive can't be read.");
    row("cut", whole.substr(0, whole.size() / 2), "is damaged: its ZIP archive can't be read.");
    row("a pdf", "%PDF-1.4\n", "is a PDF, though its name ends in .docx.");
    row("encrypted", encryptedDocx(), "is protected by a password.");
    row("old word", encryptedDocx().substr(0, 500), "is in the format of Word 2003 or older.");
    row("doc", "x", "is in the format of Word 2003 or older.", "b.doc");
    row("rtf", "{\\rtf1 x}", "is in the Rich Text Format, which can't be read here.", "b.rtf");
    row("no document", zipFile({{"a.txt", "x"}}), "holds no Word document: its part word/document.xml is missing.");
    row("no text", docxFile({"<w:p/>", {}, {}, {}}), "holds no text.");
    row("broken XML", docxFile({"<w:p>", {}, {}, {}}), "is damaged: its part document.xml is not sound XML.");
    row("broken styles", docxFile({docxText("a"), {{"styles", "<w:style>"}}, {}, {}}), "is damaged: its part styles.xml is not sound XML.");
    const std::string body = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    const std::string laughs = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>" + body;
    row("entities", zipFile({{"word/document.xml", laughs}}), "is damaged: its part document.xml is not sound XML.");
    const std::string foreign = "<!DOCTYPE w [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + body;
    row("external entity", zipFile({{"word/document.xml", foreign}}), "is damaged: its part document.xml is not sound XML.");
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "<w:sdt>";
    row("deep", docxFile({deep, {}, {}, {}}), "is damaged: its part document.xml is not sound XML.");
    row("bomb", zipFile({{"word/document.xml", std::string(100u << 20, ' ')}}), "unpacks to far more than a document holds, as a ZIP bomb does.");
    ZipEntries many;
    for (int i = 0; i < 10'001; ++i)
        many.emplace_back(std::to_string(i), "");
    row("many entries", zipFile(many), "unpacks to far more than a document holds, as a ZIP bomb does.");
    row("name that leads out", zipFile({{"../../etc/cron.d/x", "x"}, {"word/document.xml", "<a/>"}}), "is damaged: its ZIP archive can't be read.");
}

void TestDocx::badDocxGetsOneSentence() {
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, sentence);
    const QString file = write(name, bytes.toStdString());
    const auto document = readDocument(file);
    QVERIFY(!document);
    QCOMPARE(toQString(document.error().detail), file + u' ' + sentence);
    QVERIFY(!document.error().hint.empty());
}

// 200 damaged copies: every one gives sound text or one sentence.
void TestDocx::noMutationOfADocxBreaksTheReading() {
    DocxParts parts;
    parts.body = docxText("One") + "<w:tbl>" + row(cell(docxText("a")) + cell(docxText("b"))) + "</w:tbl>" + docxParagraph(insertedRun(docxRun("new")) + deletedRun("old"));
    const std::string whole = docxFile(parts), body = wordPart("document", "<w:body>" + parts.body + "</w:body>");
    Rng rng(20261126, "docx mutations");
    for (int round = 0; round < 200; ++round) {
        const bool inXml = round % 2 == 0; // under the archive's checksums, mutants of it seldom reach the XML
        std::string bytes = inXml ? body : whole;
        for (auto changes = 1 + rng.below(6); changes > 0; --changes) {
            const size_t at = rng.below(bytes.size());
            switch (rng.below(3)) {
            case 0: bytes[at] = static_cast<char>(rng.below(256)); break;
            case 1: bytes.erase(at, 1 + rng.below(20)); break;
            default: bytes.insert(at, bytes.substr(at, 1 + rng.below(20)));
            }
        }
        const auto document = readDocument(write(QStringLiteral("mutant.docx"), inXml ? zipFile({{"word/document.xml", bytes}}) : bytes));
        if (document)
            QVERIFY(!firstInvalidUtf8(document->text));
        else
            QVERIFY2(document.error().code != ErrorCode::Corrupt && document.error().detail.find("reader") == std::string::npos, document.error().detail.c_str());
    }
}

QTEST_GUILESS_MAIN(TestDocx)
#include "test_docx.moc"
