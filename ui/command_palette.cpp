// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/command_palette.h"

#include "app/services/result_qt.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/models/display_title.h"
#include "ui/project.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kEntryRole = Qt::UserRole, kDetailRole = Qt::UserRole + 1;
constexpr size_t kMostShown = 60;

class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? tokens().accentFill : tokens().surface);
        const QRect content = option.rect.adjusted(12, 0, -12, 0);
        const QString detail = index.data(kDetailRole).toString();
        painter->setFont(uiFont(size::kMeta));
        painter->setPen(tokens().muted);
        painter->drawText(content, Qt::AlignVCenter | Qt::AlignRight, detail);
        const int room = content.width() - painter->fontMetrics().horizontalAdvance(detail) - 16;
        painter->setFont(uiFont());
        painter->setPen(tokens().text);
        painter->drawText(content, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room));
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, size::kRow}; }
};

} // namespace

bool fuzzyMatch(const QString& query, const QString& text, int& score) {
    score = 0;
    qsizetype at = 0, last = -1;
    for (const QChar letter : query) {
        if (letter.isSpace())
            continue;
        at = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return false;
        score += static_cast<int>(last < 0 ? at : (at - last - 1) * 2);
        last = at++;
    }
    return true;
}

CommandPalette::CommandPalette(const ActionRegistry& actions, Project* project, QWidget* parent)
    : QDialog(parent), m_query(new QLineEdit), m_list(new QListWidget) {
    collect(actions, project);
    build(tr("Search actions and contracts"));
}

CommandPalette::CommandPalette(const QString& prompt, std::vector<Entry> entries, QWidget* parent)
    : QDialog(parent), m_entries(std::move(entries)), m_query(new QLineEdit), m_list(new QListWidget) {
    build(prompt);
}

void CommandPalette::build(const QString& prompt) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Search"));
    setAccessibleName(windowTitle());
    m_query->setPlaceholderText(prompt);
    m_query->setAccessibleName(m_query->placeholderText());
    m_query->setObjectName(QStringLiteral("paletteQuery"));
    m_query->installEventFilter(this);
    m_list->setAccessibleName(tr("Matches"));
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_query);
    column->addWidget(m_list, 1);
    resize(620, 420);
    filter({});
    connect(m_query, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    m_query->setFocus();
}

void CommandPalette::collect(const ActionRegistry& actions, Project* project) {
    for (QAction* action : actions.all())
        if (ActionRegistry::inPalette(action) && action->isEnabled())
            m_entries.push_back({action->text(), action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); }});
    if (!project)
        return;
    const auto contracts = project->store().contracts().all();
    if (!contracts)
        return;
    for (const Contract& contract : *contracts)
        m_entries.push_back({displayTitle(contract.title), toQString(contract.type),
                             [this, id = contract.id] { Q_EMIT contractChosen(id); }});
}

void CommandPalette::filter(const QString& query) {
    std::vector<std::pair<int, size_t>> found;
    for (size_t i = 0; i < m_entries.size(); ++i)
        if (int score = 0; fuzzyMatch(query, m_entries[i].text, score))
            found.emplace_back(score, i);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    m_list->clear();
    for (size_t i = 0; i < std::min(found.size(), kMostShown); ++i) {
        const Entry& entry = m_entries[found[i].second];
        auto* item = new QListWidgetItem(entry.text, m_list);
        item->setData(kEntryRole, static_cast<int>(found[i].second));
        item->setData(kDetailRole, entry.detail);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const auto run = m_entries[static_cast<size_t>(item->data(kEntryRole).toInt())].run;
    hide(); // the focus goes back before the action looks for it
    run();
    close();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        runCurrent();
        return true;
    }
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        const int next = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
        m_list->setCurrentRow(std::clamp(next, 0, std::max(0, m_list->count() - 1)));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace cw
