// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/action_registry.h"

#include "ui/icons.h"

#include <QWidget>

#include <utility>

namespace cw {

namespace {

constexpr auto kSection = "cwSection";
constexpr auto kInPalette = "cwInPalette";
constexpr auto kInKeyList = "cwInKeyList";

bool nested(const QWidget* a, const QWidget* b) { return a == b || a->isAncestorOf(b) || b->isAncestorOf(a); }

bool shareKeys(const QAction* a, const QAction* b) {
    for (const QKeySequence& keys : a->shortcuts())
        if (b->shortcuts().contains(keys))
            return true;
    return false;
}

bool isCharacter(QKeyCombination chord) {
    const bool bare = !(chord.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    return bare && chord.key() < Qt::Key_Escape; // Escape is the first key that types nothing
}

// What the contract, the lists and the text fields do by themselves with or without Shift and Ctrl.
bool belongsToWidgets(QKeyCombination chord) {
    switch (chord.key()) {
    case Qt::Key_Space: case Qt::Key_Tab: case Qt::Key_Backtab: case Qt::Key_Return: case Qt::Key_Enter: case Qt::Key_Up: case Qt::Key_Down:
    case Qt::Key_Left: case Qt::Key_Right: case Qt::Key_Home: case Qt::Key_End: case Qt::Key_PageUp: case Qt::Key_PageDown: case Qt::Key_Escape:
        return !(chord.keyboardModifiers() & (Qt::AltModifier | Qt::MetaModifier));
    default:
        return false;
    }
}

bool collide(const QKeySequence& a, const QKeySequence& b) {
    return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch; // one may be the beginning of the other
}

const QWidget* scopeOf(const QAction* action) { return qobject_cast<const QWidget*>(action->parent()); }

} // namespace

QAction* ActionRegistry::add(QWidget* scope, const ActionSpec& spec, std::function<void()> run) {
    Q_ASSERT_X(!find(spec.id), "ActionRegistry", qPrintable(spec.id));
    auto* action = new QAction(spec.text, scope);
    if (!spec.shortText.isEmpty())
        action->setIconText(spec.shortText);
    action->setObjectName(spec.id);
    m_own[action] = spec.keys;
    apply(action);
    action->setShortcutContext(scope->isWindow() ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    action->setToolTip(spec.tip.isEmpty() ? spec.text : spec.tip);
    action->setProperty(kSection, spec.section);
    action->setProperty(kInPalette, spec.inPalette);
    action->setProperty(kInKeyList, spec.inKeyList);
    if (!spec.icon.isEmpty())
        action->setIcon(icon(spec.icon));
    connect(action, &QAction::triggered, scope, [run = std::move(run)] { run(); });
    scope->addAction(action);
    m_actions << action;
    return action;
}

QAction* ActionRegistry::find(const QString& id) const {
    for (QAction* action : m_actions)
        if (action->objectName() == id)
            return action;
    return nullptr;
}

QString ActionRegistry::section(const QAction* action) { return action->property(kSection).toString(); }
bool ActionRegistry::inPalette(const QAction* action) { return action->property(kInPalette).toBool(); }
bool ActionRegistry::inKeyList(const QAction* action) { return action->property(kInKeyList).toBool(); }

bool ActionRegistry::mayChangeKeys(const QAction* action) { return !scopeOf(action)->isWindow() && inKeyList(action); }

QKeySequence ActionRegistry::ownKeys(const QAction* action) const { return m_own.value(action).value(0); }

QList<QKeySequence> ActionRegistry::chosenKeys(const QAction* action) const {
    const auto chosen = m_choices.keys.constFind(action->objectName());
    if (chosen == m_choices.keys.constEnd())
        return m_own.value(action);
    return chosen->isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{*chosen};
}

QKeySequence ActionRegistry::keysOf(const QAction* action) const { return chosenKeys(action).value(0); }

void ActionRegistry::apply(QAction* action) const {
    QList<QKeySequence> keys = chosenKeys(action);
    if (!m_choices.singleKeys)
        keys.removeIf([](const QKeySequence& each) { return isCharacter(each[0]); });
    action->setShortcuts(keys);
}

void ActionRegistry::setKeyChoices(const KeyChoices& choices) {
    m_choices = choices;
    for (QAction* action : std::as_const(m_actions))
        apply(action);
}

QString ActionRegistry::objection(const QAction* action, const QKeySequence& keys) const {
    constexpr int kMostChords = 2;
    if (keys.isEmpty())
        return {};
    if (keys.count() > kMostChords)
        return tr("At most two keys, one behind the other.");
    for (int i = 0; i < keys.count(); ++i)
        if (belongsToWidgets(keys[static_cast<uint>(i)]))
            return tr("%1 moves or selects in the contract and in lists.").arg(keys.toString(QKeySequence::NativeText));
    for (const QAction* other : m_actions)
        if (other != action && nested(scopeOf(action), scopeOf(other)))
            for (const QKeySequence& taken : chosenKeys(other))
                if (collide(keys, taken))
                    return tr("%1 is taken: %2.").arg(taken.toString(QKeySequence::NativeText), other->text());
    return {};
}

QStringList ActionRegistry::conflicts() const {
    QStringList out;
    for (qsizetype i = 0; i < m_actions.size(); ++i)
        for (qsizetype j = i + 1; j < m_actions.size(); ++j)
            if (nested(scopeOf(m_actions[i]), scopeOf(m_actions[j])) && shareKeys(m_actions[i], m_actions[j]))
                out << m_actions[i]->objectName() + QStringLiteral(" and ") + m_actions[j]->objectName();
    return out;
}

} // namespace cw
