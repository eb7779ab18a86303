// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The people of this machine: choose one, add one, change a name, initials or mark. GUI thread.
#pragma once

#include "app/services/settings.h"

#include <QDialog>

class QComboBox;
class QFrame;
class QLineEdit;
class QListWidget;

namespace cw {

class KeyButton;

class PeopleDialog : public QDialog {
    Q_OBJECT

public:
    enum class Purpose {
        Work,        // who sits here: profiles can be changed
        SecondReader // whom to give a contract to
    };

    // `question` stands above the list, `verb` is the button's word with the name for %1. Deletes itself when it closes. `settings` outlives
    // it.
    PeopleDialog(Settings& settings, Purpose purpose, const QString& question, const QString& verb, QWidget* parent);

Q_SIGNALS:
    void chosen(const QString& name);

private:
    QWidget* makeList();
    QWidget* makeProfile();
    void fill(const QString& current);
    void fit();
    void showCurrent();
    void showChoice();
    void addTyped();
    void changeCurrent();
    void removeCurrent();
    void chooseListed();
    void choose();
    int at() const;

    Settings& m_settings;
    QString m_verb;
    QList<Person> m_people;
    QListWidget* m_list = nullptr;
    QLineEdit* m_new = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_initials = nullptr;
    QComboBox* m_mark = nullptr;
    QFrame* m_frame = nullptr;   // of the list
    QWidget* m_profile = nullptr; // null where profiles aren't changed
    KeyButton* m_add = nullptr;
    KeyButton* m_remove = nullptr;
    KeyButton* m_choose = nullptr;
};

} // namespace cw
