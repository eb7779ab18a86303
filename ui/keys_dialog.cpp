// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/keys_dialog.h"

#include "app/services/settings.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/key_choice_dialog.h"
#include "ui/key_text.h"
#include "ui/widgets/close_foot.h"
#include "ui/widgets/key_button.h"

#include <QAction>
#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cw {

namespace {

// Keys that stay what they are.
class CapsCell final : public QWidget {
public:
    explicit CapsCell(const QStringList& caps) : m_caps(caps) {
        setFixedSize(paintKeyCaps(nullptr, {}, caps, {}, {}) + 1, 24);
        setAccessibleName(caps.join(QLatin1Char(' ')));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintKeyCaps(&painter, rect(), m_caps, tokens().text, tokens().lineStrong);
    }

private:
    QStringList m_caps;
};

constexpr int kFirstColumn = 130;

bool isListed(const ActionRegistry& actions, const QAction* action) {
    return ActionRegistry::inKeyList(action) && !(actions.ownKeys(action).isEmpty() && actions.keysOf(action).isEmpty());
}

// In the order in which they were first met.
QStringList sectionNames(const ActionRegistry& actions) {
    QStringList out;
    for (const QAction* action : actions.all())
        if (isListed(actions, action) && !out.contains(ActionRegistry::section(action)))
            out << ActionRegistry::section(action);
    for (const KeyNote& note : actions.keyNotes())
        if (!out.contains(note.section))
            out << note.section;
    return out;
}

} // namespace

KeyChoices keyChoicesIn(const Settings& settings) {
    KeyChoices choices;
    choices.singleKeys = settings.singleKeys();
    const QHash<QString, QString> keys = settings.keys();
    for (auto each = keys.cbegin(); each != keys.cend(); ++each)
        choices.keys.insert(each.key(), QKeySequence(each.value(), QKeySequence::PortableText));
    return choices;
}

KeysDialog::KeysDialog(ActionRegistry& actions, Settings& settings, QWidget* parent) : QDialog(parent), m_actions(actions), m_settings(settings) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    setAccessibleName(windowTitle());
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("page"));
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(24, 16, 24, 16);
    columns->setSpacing(32);
    QVBoxLayout* sides[2];
    for (QVBoxLayout*& side : sides) {
        side = new QVBoxLayout;
        columns->addLayout(side, 1);
    }
    for (const QString& name : sectionNames(actions)) {
        QVBoxLayout* side = sides[sides[0]->sizeHint().height() <= sides[1]->sizeHint().height() ? 0 : 1];
        side->addWidget(sectionWidget(name));
    }
    for (QVBoxLayout* side : sides)
        side->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("All keys"));
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* letters = new QCheckBox(tr("Letters and digits alone are keys"));
    letters->setObjectName(QStringLiteral("singleKeys"));
    letters->setToolTip(tr("Off: only keys with Ctrl or Alt act; every action is in Ctrl+K"));
    letters->setChecked(m_actions.keyChoices().singleKeys);
    connect(letters, &QCheckBox::toggled, this, [this](bool on) {
        KeyChoices choices = m_actions.keyChoices();
        choices.singleKeys = on;
        take(choices);
    });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(24, 0, 24, 16);
    foot->addLayout(closeFoot(*this, letters, false));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kGap);
    column->addWidget(scroll);
    column->addLayout(foot);
    resize(content->sizeHint().width() + 24, 640);
}

QWidget* KeysDialog::sectionWidget(const QString& name) {
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, size::kGap);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(0);
    auto* title = new QLabel(name);
    title->setProperty("role", QStringLiteral("section"));
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    const auto add = [&](QWidget* keys, const QString& text) {
        grid->addWidget(keys, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid->addWidget(new QLabel(text), row++, 1);
    };
    for (QAction* action : m_actions.all()) {
        if (!isListed(m_actions, action) || ActionRegistry::section(action) != name)
            continue;
        if (!ActionRegistry::mayChangeKeys(action)) {
            add(new CapsCell(keyCaps(m_actions.keysOf(action))), action->text());
            continue;
        }
        auto* keys = new KeyButton({}, KeyButton::Kind::Quiet);
        keys->setSmall(true);
        keys->setAutoDefault(false);
        keys->setObjectName(QStringLiteral("keysOf.") + action->objectName());
        const auto show = [this, keys, action] {
            const QKeySequence now = m_actions.keysOf(action);
            keys->setText(now.isEmpty() ? tr("none") : QString());
            keys->setKeyCaps(keyCaps(now));
            keys->setAccessibleName(tr("%1: %2. Change the keys").arg(action->text(), now.toString(QKeySequence::NativeText)));
            keys->update();
        };
        keys->setToolTip(tr("Change the keys"));
        show();
        connect(this, &KeysDialog::changed, keys, show);
        connect(keys, &QPushButton::clicked, this, [this, action] { chooseFor(action); });
        add(keys, action->text());
    }
    for (const KeyNote& note : m_actions.keyNotes())
        if (note.section == name)
            add(new CapsCell(note.keys.split(QLatin1Char(' '))), note.text);
    grid->setColumnMinimumWidth(0, kFirstColumn);
    grid->setColumnStretch(1, 1);
    return box;
}

void KeysDialog::chooseFor(QAction* action) {
    auto* dialog = new KeyChoiceDialog(m_actions, action, this);
    connect(dialog, &KeyChoiceDialog::chosen, this, [this, action](const QKeySequence& keys) {
        KeyChoices choices = m_actions.keyChoices();
        if (keys == m_actions.ownKeys(action))
            choices.keys.remove(action->objectName());
        else
            choices.keys.insert(action->objectName(), keys);
        take(choices);
    });
    dialog->open();
}

void KeysDialog::take(const KeyChoices& choices) {
    m_actions.setKeyChoices(choices);
    QHash<QString, QString> kept;
    for (auto each = choices.keys.cbegin(); each != choices.keys.cend(); ++each)
        kept.insert(each.key(), each->toString(QKeySequence::PortableText));
    m_settings.setKeys(kept);
    m_settings.setSingleKeys(choices.singleKeys);
    Q_EMIT changed();
}

} // namespace cw
