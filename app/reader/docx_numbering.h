// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The numbers of a DOCX's lists as they are read: word processors compute "1.1" and "(a)" and store neither (ECMA-376 part 1, 17.9). One
// thread.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QXmlStreamReader>

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace cw {

constexpr int kListLevels = 9;

class DocxNumbering {
public:
    // The part word/numbering.xml, without a byte of it believed; `file` names the document in errors.
    static Result<DocxNumbering> parse(const std::string& xml, const std::string& file);

    // The next number of a list at a level (0 to 8): the list goes on there. Empty for a list without a text, or one that isn't known.
    QString next(int list, int level);

    // The level that a paragraph style takes in a list.
    std::optional<int> levelOfStyle(int list, const QString& style) const;

private:
    struct Level {
        int start = 1;
        int restartAfter = -1; // the level above which it starts anew: -1 any, 0 never
        QString format = QStringLiteral("decimal");
        QString text;
        QString style;
        bool legal = false; // all numbers in figures
        bool space = true;  // between number and text
    };
    using Levels = std::array<Level, kListLevels>;
    struct AbstractList {
        Levels levels;
        QString defines, follows; // a list style
    };
    struct List {
        int abstractId = -1;
        std::map<int, Level> levels;   // instead of the abstract list's
        std::map<int, int> starts;     // with the first use of the list
    };
    using Counters = std::array<std::optional<int>, kListLevels>;

    static Level readLevel(QXmlStreamReader& xml, const Level& from);
    void readAbstract(QXmlStreamReader& xml);
    void readList(QXmlStreamReader& xml);
    int resolve(int abstractId) const;
    Level levelOf(const List& list, int level) const;
    void start(int id, const List& list, Counters& counters);
    QString label(const List& list, int level, const Counters& counters) const;

    std::map<int, AbstractList> m_abstract;
    std::map<int, List> m_lists;
    std::map<int, Counters> m_counters; // by abstract list: its lists go on counting together
    std::set<int> m_started;            // lists whose own starts were set
};

} // namespace cw
