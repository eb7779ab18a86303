// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/keys_dialog.h"

#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/key_text.h"
#include "ui/widgets/key_button.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <map>

namespace cw {

namespace {

struct Row {
    QStringList caps;
    QString text;
};

class CapsCell final : public QWidget {
public:
    explicit CapsCell(const QStringList& caps) : m_caps(caps) {
        setFixedSize(paintKeyCaps(nullptr, {}, caps, {}, {}) + 1, 20);
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

// Sections in the order in which they were first met.
std::vector<std::pair<QString, std::vector<Row>>> sections(const ActionRegistry& actions) {
    std::vector<std::pair<QString, std::vector<Row>>> out;
    const auto at = [&out](const QString& name) -> std::vector<Row>& {
        for (auto& [section, rows] : out)
            if (section == name)
                return rows;
        return out.emplace_back(name, std::vector<Row>()).second;
    };
    for (const QAction* action : actions.all())
        if (ActionRegistry::inKeyList(action) && !action->shortcuts().isEmpty())
            at(ActionRegistry::section(action)).push_back({keyCaps(action->shortcuts().first()), action->text()});
    for (const KeyNote& note : actions.keyNotes())
        at(note.section).push_back({note.keys.split(QLatin1Char(' ')), note.text});
    return out;
}

QWidget* sectionWidget(const QString& name, const std::vector<Row>& rows) {
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, size::kGap);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    auto* title = new QLabel(name);
    title->setProperty("role", QStringLiteral("section"));
    grid->addWidget(title, 0, 0, 1, 2);
    for (size_t i = 0; i < rows.size(); ++i) {
        grid->addWidget(new CapsCell(rows[i].caps), static_cast<int>(i) + 1, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid->addWidget(new QLabel(rows[i].text), static_cast<int>(i) + 1, 1);
    }
    grid->setColumnMinimumWidth(0, 130);
    grid->setColumnStretch(1, 1);
    return box;
}

} // namespace

KeysDialog::KeysDialog(const ActionRegistry& actions, QWidget* parent) : QDialog(parent) {
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
    size_t filled[2] = {0, 0};
    for (const auto& [name, rows] : sections(actions)) {
        const int side = filled[0] <= filled[1] ? 0 : 1;
        sides[side]->addWidget(sectionWidget(name, rows));
        filled[side] += rows.size() + 2;
    }
    for (QVBoxLayout* side : sides)
        side->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("All keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    resize(content->sizeHint().width() + 24, 640);
}

} // namespace cw
