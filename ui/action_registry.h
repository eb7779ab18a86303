// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Every action of the window, made once: menus, buttons, the command palette and the page of keys all read from here. GUI thread.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace cw {

struct ActionSpec {
    QString id;      // "annotate.accept"; the QAction's objectName
    QString text;    // "Accept"
    QString section; // heading on the page of keys: a page's title, or "Everywhere"
    QList<QKeySequence> keys = {};
    QString icon = {};       // a name in resources/icons, or empty
    QString tip = {};        // empty: the text
    bool inPalette = true;   // offered by the command palette
    bool inKeyList = true;   // shown on the page of keys
    QString shortText = {};  // on buttons; empty: the text
};

// A line of the page of keys that no action stands for: keys that a widget handles itself, or a family of actions.
struct KeyNote {
    QString section, keys, text;
};

class ActionRegistry : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // The action's shortcuts work while the focus is in `scope` (in the whole window if `scope` is a window). Single letters never act
    // while a text field has the focus: text fields claim them first.
    QAction* add(QWidget* scope, const ActionSpec& spec, std::function<void()> run);
    void addKeyNote(const KeyNote& note) { m_notes << note; }

    QAction* find(const QString& id) const;
    QList<QAction*> all() const { return m_actions; }
    const QList<KeyNote>& keyNotes() const { return m_notes; }
    static QString section(const QAction* action);
    static bool inPalette(const QAction* action);
    static bool inKeyList(const QAction* action);

    // Pairs of actions that answer to the same keys in scopes of which one lies within the other: a bug.
    QStringList conflicts() const;

private:
    QList<QAction*> m_actions;
    QList<KeyNote> m_notes;
};

} // namespace cw
