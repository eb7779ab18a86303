// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the program remembers between two starts, for this person on this machine: one typed table over an INI file. GUI
// thread.
//
// The file lies in the folder that CLAUSEWRIGHT_SETTINGS names, else in the system's configuration folder. It holds no
// contract text and no names of documents: of projects only their folders.
#pragma once

#include "app/services/people.h"
#include "app/services/theme.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace cw {

struct Prices;

class Settings {
public:
    static constexpr int kMaxRecentProjects = 10;

    Settings() : Settings(defaultFolder()) {}
    explicit Settings(const QString& folder); // made if it is missing, for its owner alone
    ~Settings();

    QString annotator() const; // the name that the audit records; empty: not chosen yet
    void setAnnotator(const QString& name); // a name that is new here gets a profile
    // Everybody who works here, in the order in which they came. Taking somebody out takes nothing from what they did.
    QList<Person> people() const;
    void setPeople(const QList<Person>& people);
    Person currentPerson() const; // the annotator's profile
    // A random id of this installation, made and saved when it is first asked for.
    QString deviceId();

    ThemeMode theme() const;
    void setTheme(ThemeMode mode);

    // Whether pages are dark in a dark window; white until somebody wants it otherwise.
    bool invertsPages() const;
    void setInvertsPages(bool inverts);

    // The keys that somebody chose for an action, by its id, as portable text (empty: none); and whether letters alone act.
    QHash<QString, QString> keys() const;
    void setKeys(const QHash<QString, QString>& keys);
    bool singleKeys() const;
    void setSingleKeys(bool act);

    QString lastProject() const;                // a folder, or empty
    QStringList recentProjects() const;         // folders, newest first, the last project among them
    void setLastProject(const QString& folder); // puts it on top of the recent ones
    void forgetProject(const QString& folder);

    // The evaluation that the others of a project are held against, by the project's folder; empty: none was pinned.
    QString pinnedRun(const QString& project) const;
    void setPinnedRun(const QString& project, const QString& run);

    // What an hour of this machine and a kilowatt hour cost, as far as somebody said so.
    Prices prices() const;
    void setPrices(const Prices& prices);

    // The window's geometry and the states of splitters and headers, by the widget's object name.
    QByteArray layout(const QString& widget) const;
    void setLayout(const QString& widget, const QByteArray& state);

    QString file() const { return m_settings.fileName(); }
    // Writes what changed. The destructor does too, without a word.
    Status save();

    static QString defaultFolder();

private:
    // A table of words by words, kept as an array with these names of its two columns.
    QHash<QString, QString> table(const char* array, const QString& by, const QString& of) const;
    void setTable(const char* array, const QString& by, const QString& of, const QHash<QString, QString>& table);
    mutable QSettings m_settings; // reading an array moves within it
};

} // namespace cw
