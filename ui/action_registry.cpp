// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/action_registry.h"

#include "ui/icons.h"

#include <QWidget>

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

const QWidget* scopeOf(const QAction* action) { return qobject_cast<const QWidget*>(action->parent()); }

} // namespace

QAction* ActionRegistry::add(QWidget* scope, const ActionSpec& spec, std::function<void()> run) {
    Q_ASSERT_X(!find(spec.id), "ActionRegistry", qPrintable(spec.id));
    auto* action = new QAction(spec.text, scope);
    if (!spec.shortText.isEmpty())
        action->setIconText(spec.shortText);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.keys);
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

QStringList ActionRegistry::conflicts() const {
    QStringList out;
    for (qsizetype i = 0; i < m_actions.size(); ++i)
        for (qsizetype j = i + 1; j < m_actions.size(); ++j)
            if (nested(scopeOf(m_actions[i]), scopeOf(m_actions[j])) && shareKeys(m_actions[i], m_actions[j]))
                out << m_actions[i]->objectName() + QStringLiteral(" and ") + m_actions[j]->objectName();
    return out;
}

} // namespace cw
