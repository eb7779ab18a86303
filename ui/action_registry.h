// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Every action of the window, made once: menus, buttons, the command palette and the page of keys all read from here. GUI thread.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QHash>
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

// A person's own keys: of the actions that they changed, by id (empty: none), and whether keys without Ctrl, Alt or Meta act at all.
struct KeyChoices {
    QHash<QString, QKeySequence> keys;
    bool singleKeys = true;
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

    // Of the actions that there are, and of those that will be added.
    void setKeyChoices(const KeyChoices& choices);
    const KeyChoices& keyChoices() const { return m_choices; }
    // A page's actions take other keys; those of the whole window stay what the rail and the hints call them.
    static bool mayChangeKeys(const QAction* action);
    QKeySequence keysOf(const QAction* action) const; // its first ones, also while single keys don't act
    QKeySequence ownKeys(const QAction* action) const; // those that it has where nobody chose others
    // Why the action can't have these keys, in a sentence; empty: it can.
    QString objection(const QAction* action, const QKeySequence& keys) const;

    // Pairs of actions that answer to the same keys in scopes of which one lies within the other: a bug.
    QStringList conflicts() const;

private:
    QList<QKeySequence> chosenKeys(const QAction* action) const;
    void apply(QAction* action) const;

    QList<QAction*> m_actions;
    QHash<const QAction*, QList<QKeySequence>> m_own;
    KeyChoices m_choices;
    QList<KeyNote> m_notes;
};

} // namespace cw
