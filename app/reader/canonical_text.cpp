// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/canonical_text.h"

#include <QSet>

#include <algorithm>

namespace cw {

namespace {

bool isNoncharacter(char32_t codePoint) { return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF); }

// Without control characters, noncharacters and halves of surrogate pairs: none of them is text of the contract.
QString cleaned(const QString& text) {
    QString out;
    for (const char32_t codePoint : text.toUcs4()) {
        if (codePoint == U'\t')
            out += u' ';
        else if (codePoint >= 0x20 && !(codePoint >= 0x7F && codePoint < 0xA0) && !(codePoint >= 0xD800 && codePoint < 0xE000) &&
                 !isNoncharacter(codePoint))
            out += QString::fromUcs4(&codePoint, 1);
    }
    return out.trimmed();
}

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

} // namespace

DocumentText canonicalText(const std::vector<PageText>& pages) {
    const Words words(pages);
    DocumentText document;
    std::string& text = document.text;
    for (size_t number = 0; number < pages.size(); ++number) {
        const PageText& page = pages[number];
        document.pages.push_back({page.size.width(), page.size.height()});
        bool gap = true; // an empty line is due before the next line
        for (size_t i = 0; i < page.lines.size(); ++i) {
            const PageLine& line = page.lines[i];
            const QString own = cleaned(line.text);
            if (own.isEmpty()) {
                gap = true;
                continue;
            }
            if (gap && !text.empty())
                text += '\n';
            gap = false;
            const QString next = line.hyphenated && i + 1 < page.lines.size() ? cleaned(page.lines[i + 1].text) : QString();
            const size_t begin = text.size();
            text += own.toStdString();
            if (line.hyphenated && words.keepsHyphen(own, next))
                text += '-';
            if (line.box)
                addBox(document, page, static_cast<int>(number), *line.box, {begin, text.size()});
            if (next.isEmpty())
                text += '\n';
        }
    }
    return document;
}

} // namespace cw
