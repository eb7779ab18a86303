// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/canonical_text.h"

#include "app/reader/clean_text.h"
#include "core/text/hidden_text.h"

#include <QSet>

#include <algorithm>

namespace cw {

namespace {

bool isWordCharacter(QChar c) { return c.isLetter() || c == u'-'; }

// The words of a document, hyphens in them kept: what decides whether "non-" at a line's end keeps its hyphen.
class Words {
public:
    explicit Words(const std::vector<PageText>& pages) {
        for (const PageText& page : pages)
            for (const PageLine& line : page.lines)
                add(line.text);
    }

    // PDF writers don't tell a hyphen of the word from one of the line. It is the word's own if the word elsewhere has it and never goes
    // without, or if what follows is no small letter ("Co-Branding", "2019-2020").
    bool keepsHyphen(const QString& before, const QString& after) const {
        if (after.isEmpty() || !after[0].isLower())
            return true;
        qsizetype from = before.size(), to = 0;
        while (from > 0 && isWordCharacter(before[from - 1]))
            --from;
        while (to < after.size() && isWordCharacter(after[to]))
            ++to;
        const QString left = before.mid(from).toLower(), right = after.left(to).toLower();
        return m_words.contains(left + u'-' + right) && !m_words.contains(left + right);
    }

private:
    void add(const QString& text) {
        for (qsizetype begin = 0; begin < text.size();) {
            qsizetype end = begin;
            while (end < text.size() && isWordCharacter(text[end]))
                ++end;
            if (end > begin)
                m_words.insert(text.mid(begin, end - begin).toLower());
            begin = end + 1;
        }
    }

    QSet<QString> m_words;
};

double share(double points, double whole) { return std::clamp(points / whole, 0.0, 1.0); }

void addBox(DocumentText& document, const PageText& page, int number, const QRectF& box, ByteRange range) {
    const LineBox line{number,
                       range,
                       share(box.left(), page.size.width()),
                       share(box.top(), page.size.height()),
                       share(box.right(), page.size.width()),
                       share(box.bottom(), page.size.height())};
    if (line.left < line.right && line.top < line.bottom)
        document.lines.push_back(line);
}

// The marks of a line whose text stands at `begin` of the document. What lost all its text is no mark.
void addMarks(DocumentText& document, const PageLine& line, const CleanLine& own, size_t begin) {
    const auto place = [&](qsizetype unit) {
        const qsizetype at = own.at[static_cast<size_t>(std::clamp<qsizetype>(unit, 0, line.text.size()))];
        return begin + static_cast<size_t>(QStringView(own.text).left(at).toUtf8().size());
    };
    for (const LineMark& mark : line.marks)
        if (const ByteRange range{place(mark.begin), place(mark.begin + mark.length)}; !range.empty())
            document.marks.push_back({mark.kind, range, {}, mark.confidence});
}

// The lines of one page behind what is there.
class PageWriter {
public:
    PageWriter(DocumentText& document, const Words& words) : m_document(document), m_words(words) {}

    void write(const PageText& page, int number) {
        m_document.pages.push_back({page.size.width(), page.size.height()});
        m_gap = true;
        m_begin = std::string::npos;
        for (size_t i = 0; i < page.lines.size(); ++i)
            writeLine(page, number, i);
        if (page.recognised && m_begin < m_document.text.size())
            m_document.marks.push_back({TextMarkKind::Recognised, {m_begin, m_document.text.size()}, {}, page.confidence});
    }

private:
    void writeLine(const PageText& page, int number, size_t at) {
        const PageLine& line = page.lines[at];
        const CleanLine own = cleanLine(line.text);
        std::string& text = m_document.text;
        if (own.text.isEmpty()) {
            m_gap = true;
            return;
        }
        if (m_gap && !text.empty())
            text += '\n';
        m_gap = false;
        const QString next = line.hyphenated && at + 1 < page.lines.size() ? cleanLine(page.lines[at + 1].text).text : QString();
        const size_t begin = text.size();
        m_begin = std::min(m_begin, begin);
        text += own.text.toStdString();
        addMarks(m_document, line, own, begin);
        if (line.hyphenated && m_words.keepsHyphen(own.text, next))
            text += '-';
        if (line.box)
            addBox(m_document, page, number, *line.box, {begin, text.size()});
        if (next.isEmpty())
            text += '\n';
    }

    DocumentText& m_document;
    const Words& m_words;
    bool m_gap = true;                   // an empty line is due before the next line
    size_t m_begin = std::string::npos;  // of the page's text
};

} // namespace

DocumentText canonicalText(const std::vector<PageText>& pages) {
    const Words words(pages);
    DocumentText document;
    PageWriter writer(document, words);
    for (size_t number = 0; number < pages.size(); ++number)
        writer.write(pages[number], static_cast<int>(number));
    const auto invisible = findInvisible(document.text);
    document.marks.insert(document.marks.end(), invisible.begin(), invisible.end());
    sortMarks(document.marks);
    return document;
}

} // namespace cw
