// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Marking what nobody touched of a clause group absent: the annotate page shows first which clauses these are.
#include "app/services/result_qt.h"
#include "ui/action_registry.h"
#include "ui/key_text.h"
#include "ui/pages/annotate_page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/clause_card.h"
#include "ui/widgets/clause_tree.h"

#include <QAction>
#include <QPointer>
#include <QUndoStack>

namespace cw {

namespace {

constexpr qint64 kSeenMs = 500; // a key that is held down, or pressed twice by mistake, decides nothing that nobody saw

QString groupTitle(const AnnotationDesk& desk) { return toQString(desk.taxonomy().group(desk.type().group)->title); }

QString counted(int count, const QString& one, const QString& many) { return count == 1 ? one : many.arg(count); }

} // namespace

// The first press shows the group, the second one decides.
void AnnotatePage::markGroupAbsent() {
    if (!m_groupAsked.isValid())
        return askForGroup();
    if (m_groupAsked.elapsed() < kSeenMs)
        return;
    const QString group = groupTitle(*m_desk);
    const auto marked = m_desk->markGroupAbsent();
    if (!marked)
        return afterDecision(marked.error());
    afterDecision({});
    QUndoStack* stack = m_project->undo().group().activeStack();
    const auto takeBack = [stack = QPointer(stack), step = stack->index(), page = QPointer(this)] {
        if (page)
            page->takeGroupBack(stack, step);
    };
    shell().showMessage({Message::Kind::Success, counted(*marked, tr("One clause of %1 is set to absent.").arg(group),
                                                         tr("%2 clauses of %1 are set to absent.").arg(group)), tr("Undo"), takeBack, QStringLiteral("group")});
}

void AnnotatePage::askForGroup() {
    const AnnotationDesk::Untouched untouched = m_desk->untouchedOfGroup();
    const auto count = static_cast<int>(untouched.clauses.size());
    if (count == 0)
        return m_card->complain(tr("Every clause of %1 is decided, or flagged for a person to look at.").arg(groupTitle(*m_desk)));
    QString words = counted(count, tr("One clause of %1 is untouched.").arg(groupTitle(*m_desk)),
                            tr("%2 clauses of %1 are untouched.").arg(groupTitle(*m_desk)));
    if (untouched.withHits > 0)
        words += QLatin1Char(' ') + counted(untouched.withHits, tr("The contract has words of one of them."), tr("The contract has words of %1 of them."));
    if (untouched.suggestedPresent > 0)
        words += QLatin1Char(' ') + counted(untouched.suggestedPresent, tr("One is suggested present."), tr("%1 are suggested present."));
    m_tree->showGroupOf(m_desk->current());
    m_card->complain({});
    const QAction* again = shell().actions().find(QStringLiteral("annotate.groupAbsent"));
    m_card->ask(words + QLatin1Char(' ') + (again->shortcut().isEmpty() ? tr("Once more marks them absent.") : tr("%1 again marks them absent.").arg(keyWords(again))));
    m_groupAsked.start();
}

void AnnotatePage::forgetQuestion() {
    m_groupAsked.invalidate();
    m_card->ask({});
}

// Only while it is the last step: what was decided since stays.
void AnnotatePage::takeGroupBack(QUndoStack* stack, int step) {
    if (!stack || !m_project || m_project->undo().group().activeStack() != stack || stack->index() != step)
        return shell().showMessage({Message::Kind::Info, tr("More was decided since. Ctrl+Z goes back step by step.")});
    undo();
}

} // namespace cw
