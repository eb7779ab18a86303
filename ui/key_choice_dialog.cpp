// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/key_choice_dialog.h"

#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/widgets/key_button.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QVBoxLayout>

namespace cw {

KeyChoiceDialog::KeyChoiceDialog(const ActionRegistry& actions, const QAction* action, QWidget* parent)
    : QDialog(parent), m_actions(actions), m_action(action), m_keys(new QKeySequenceEdit(actions.keysOf(action))), m_problem(new QLabel),
      m_use(new KeyButton(tr("Use these keys"), KeyButton::Kind::Primary)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys for: %1").arg(action->text()));
    setAccessibleName(windowTitle());
    m_keys->setObjectName(QStringLiteral("keyEdit"));
    m_keys->setAccessibleName(tr("Press the keys"));
    m_keys->setMinimumWidth(360);
    m_problem->setObjectName(QStringLiteral("keyProblem"));
    m_problem->setProperty("role", QStringLiteral("danger"));
    m_problem->setWordWrap(true);
    m_use->setObjectName(QStringLiteral("keyUse"));
    auto* none = new KeyButton(tr("No keys"));
    auto* cancel = new KeyButton(tr("Cancel"));
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &KeyChoiceDialog::check);
    connect(none, &QPushButton::clicked, m_keys, &QKeySequenceEdit::clear);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, [this] {
        check(); // the field tells of a key only a second after it was let go
        if (!m_use->isEnabled())
            return;
        Q_EMIT chosen(m_keys->keySequence());
        accept();
    });
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(none);
    if (const QKeySequence own = actions.ownKeys(action); own != actions.keysOf(action)) {
        auto* back = new KeyButton(tr("As it was: %1").arg(own.toString(QKeySequence::NativeText)));
        connect(back, &QPushButton::clicked, this, [this, own] { m_keys->setKeySequence(own); });
        foot->addWidget(back);
    }
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_use);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(size::kGap);
    column->addWidget(new QLabel(tr("Press the new keys; Tab leaves the field.")));
    column->addWidget(m_keys);
    column->addWidget(m_problem);
    column->addLayout(foot);
    m_keys->setFocus();
    check();
}

void KeyChoiceDialog::check() {
    const QString problem = m_actions.objection(m_action, m_keys->keySequence());
    m_problem->setText(problem);
    m_use->setEnabled(problem.isEmpty());
}

} // namespace cw
