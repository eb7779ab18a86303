// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The verbs of the annotate page and their keys.
#include "app/services/result_qt.h"
#include "ui/action_registry.h"
#include "ui/pages/annotate_page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/clause_card.h"
#include "ui/widgets/clause_tree.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/text_view.h"
#include "ui/widgets/value_editor.h"

#include <QListView>
#include <QScopedValueRollback>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace cw {

namespace {

using Keys = QList<QKeySequence>;

const QStringList kGroupLetters = {QStringLiteral("I"), QStringLiteral("T"), QStringLiteral("L"), QStringLiteral("C"),
                                   QStringLiteral("M"), QStringLiteral("P"), QStringLiteral("R"), QStringLiteral("D")};
constexpr int kMostInGroup = 9;

} // namespace

QAction* AnnotatePage::add(const char* id, const QString& text, const Keys& keys, void (AnnotatePage::*run)(), const char* icon,
                           const QString& shortText) {
    return shell().actions().add(this, {QStringLiteral("annotate.") + QLatin1String(id), text, title(), keys, QString::fromLatin1(icon), {}, true, true,
                                         shortText},
                                 [this, run] {
                                     if (m_desk && (m_desk->isOpen() || run == &AnnotatePage::nextContract))
                                         (this->*run)();
                                 });
}

void AnnotatePage::addDecisionActions() {
    m_decisions << add("accept", tr("Accept"), {Qt::Key_A}, &AnnotatePage::accept, "check")
                << add("absent", tr("Absent"), {Qt::Key_X}, &AnnotatePage::markAbsent)
                << add("unsure", tr("Unsure"), {Qt::Key_U}, &AnnotatePage::markUnsure)
                << add("later", tr("Later"), {Qt::Key_S}, &AnnotatePage::leaveForLater)
                << add("clear", tr("Clear to not reviewed"), {Qt::Key_Backspace}, &AnnotatePage::clearClause)
                << add("groupAbsent", tr("Mark the open clauses of this group absent"), {QKeySequence(Qt::SHIFT | Qt::Key_X)},
                       &AnnotatePage::markGroupAbsent)
                << add("undo", tr("Undo the last decision"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, &AnnotatePage::undo, "undo")
                << add("redo", tr("Redo"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                       &AnnotatePage::redo, "redo");
    shell().actions().addKeyNote({title(), QStringLiteral("Enter"), tr("Accept, in the contract and in the list of clauses")});
}

void AnnotatePage::addEvidenceActions() {
    m_decisions << add("trimFirst", tr("Trim the first word"), {Qt::Key_BracketLeft}, &AnnotatePage::trimFirst, "", tr("Trim start"))
                << add("trimLast", tr("Trim the last word"), {Qt::Key_BracketRight}, &AnnotatePage::trimLast, "", tr("Trim end"))
                << add("fragment", tr("Add a fragment"), {Qt::Key_Plus}, &AnnotatePage::addFragment, "", tr("Fragment"))
                << add("value", tr("Edit the value"), {Qt::Key_V}, &AnnotatePage::editValue)
                << add("drop", tr("Drop the chosen evidence, or go back to the search"), {Qt::Key_Escape}, &AnnotatePage::dropOrGoBack);
    ActionRegistry& actions = shell().actions();
    actions.addKeyNote({title(), QStringLiteral("Space"), tr("Take the sentence at the caret")});
    actions.addKeyNote({title(), QStringLiteral("Shift \u2190 \u2192"), tr("Extend by a word")});
    actions.addKeyNote({title(), QStringLiteral("Ctrl Shift \u2190 \u2192"), tr("Extend by a sentence")});
}

void AnnotatePage::addMoveActions() {
    add("nextOpen", tr("Next open clause"), {Qt::Key_J}, &AnnotatePage::nextOpen);
    add("previousOpen", tr("Previous open clause"), {Qt::Key_K}, &AnnotatePage::previousOpen);
    add("nextContract", tr("Next contract"), {QKeySequence(Qt::CTRL | Qt::Key_Return)}, &AnnotatePage::nextContract);
    add("nextHit", tr("Next search hit"), {Qt::Key_Period}, &AnnotatePage::nextHit);
    add("previousHit", tr("Previous search hit"), {Qt::Key_Comma}, &AnnotatePage::previousHit);
    add("spanHere", tr("Next clause under the caret"), {Qt::Key_O}, &AnnotatePage::nextSpanHere);
    add("guideline", tr("Whole guideline"), {Qt::Key_G}, &AnnotatePage::toggleGuideline);
    shell().actions().addKeyNote({title(), QStringLiteral("I \u2026 D 1 \u2013 9"), tr("Go to a clause: the letter of its group, then its number")});
}

void AnnotatePage::addViewActions() {
    add("previousPage", tr("Previous page"), {QKeySequence(Qt::ALT | Qt::Key_Left)}, &AnnotatePage::previousPage);
    add("nextPage", tr("Next page"), {QKeySequence(Qt::ALT | Qt::Key_Right)}, &AnnotatePage::nextPage);
    add("zoomOut", tr("Zoom out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, &AnnotatePage::zoomOut);
    add("zoomIn", tr("Zoom in"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)}, &AnnotatePage::zoomIn);
    add("fitText", tr("Fit the text"), {QKeySequence(Qt::CTRL | Qt::Key_0)}, &AnnotatePage::fitText);
    add("fitWidth", tr("Fit the page's width"), {QKeySequence(Qt::CTRL | Qt::Key_9)}, &AnnotatePage::fitWidth);
    add("toggleView", tr("Switch between page and text"), {QKeySequence(Qt::CTRL | Qt::Key_T)}, &AnnotatePage::toggleView);
}

// One action a clause, so that the palette finds them too; made with the first project, since the taxonomy is the project's.
void AnnotatePage::addClauseKeys() {
    ActionRegistry& actions = shell().actions();
    if (actions.find(QStringLiteral("annotate.clause.I1")))
        return;
    for (const QString& letter : kGroupLetters)
        for (int number = 1; number <= kMostInGroup; ++number) {
            const QString code = letter + QString::number(number);
            const auto clauseOf = [this, code]() -> int {
                for (size_t i = 0; m_desk && i < m_desk->taxonomy().types().size(); ++i)
                    if (toQString(m_desk->taxonomy().code(m_desk->taxonomy().types()[i].key)) == code)
                        return static_cast<int>(i);
                return -1;
            };
            const int now = clauseOf();
            if (now < 0)
                continue;
            const QString title = toQString(m_desk->taxonomy().types()[static_cast<size_t>(now)].title);
            actions.add(this, {QStringLiteral("annotate.clause.") + code, tr("Go to %1 %2").arg(code, title), this->title(),
                               {QKeySequence(letter + QStringLiteral(", ") + QString::number(number))}, {}, {}, true, false},
                        [this, clauseOf] {
                            if (m_desk && m_desk->isOpen())
                                goTo(clauseOf());
                        });
        }
}

void AnnotatePage::refreshActions() {
    for (QAction* action : m_decisions)
        action->setEnabled(canDecide());
    const bool drafted = m_desk && m_desk->isOpen() && m_desk->hasDraft();
    shell().actions().find(QStringLiteral("annotate.drop"))->setEnabled(drafted || !m_cameFrom.isEmpty());
}

QList<QAction*> AnnotatePage::overflowActions() const {
    if (!m_desk || !m_desk->isOpen())
        return {};
    QList<QAction*> out;
    for (const char* id : {"undo", "redo", "groupAbsent", "clear", "fitText", "fitWidth", "toggleView"}) {
        QAction* action = shell().actions().find(QStringLiteral("annotate.") + QLatin1String(id));
        if (action->isEnabled())
            out << action;
    }
    return out;
}

void AnnotatePage::afterDecision(const Status& status) {
    if (!status)
        return m_card->complain(sentence(status.error()));
    if (const int next = m_desk->nextOpen(1); next >= 0)
        m_desk->setCurrent(next);
    refreshActions();
}

void AnnotatePage::accept() {
    if (!m_card->valueEditor().isLegal() && !m_desk->evidence().empty()) {
        m_card->complain(tr("The value can't be saved as it is."));
        return m_card->valueEditor().focusEditor();
    }
    afterDecision(m_desk->accept(m_card->value()));
}

void AnnotatePage::markAbsent() { afterDecision(m_desk->markAbsent()); }

void AnnotatePage::markUnsure() {
    afterDecision(m_desk->markUnsure(m_card->valueEditor().isLegal() ? m_card->value() : ClauseValue()));
}

void AnnotatePage::leaveForLater() { nextOpen(); }

void AnnotatePage::clearClause() {
    if (const Status cleared = m_desk->clear(); !cleared)
        m_card->complain(sentence(cleared.error()));
}

void AnnotatePage::markGroupAbsent() { afterDecision(m_desk->markGroupAbsent()); }

void AnnotatePage::undo() { stepUndo(false); }
void AnnotatePage::redo() { stepUndo(true); }

void AnnotatePage::stepUndo(bool forward) {
    QUndoGroup& group = m_project->undo().group();
    const QScopedValueRollback stepping(m_stepping, true);
    m_desk->dropDraft();
    forward ? group.redo() : group.undo();
}

void AnnotatePage::nextOpen() {
    if (const int next = m_desk->nextOpen(1); next >= 0)
        goTo(next);
}

void AnnotatePage::previousOpen() {
    if (const int previous = m_desk->nextOpen(-1); previous >= 0)
        goTo(previous);
}

// The next contract behind this one that has open clauses; round the end.
void AnnotatePage::nextContract() {
    const int count = m_queueModel.rowCount();
    const int from = m_queue->currentIndex().isValid() ? m_queue->currentIndex().row() : -1;
    for (int i = 1; i <= count; ++i) {
        const ContractRow& row = m_queueModel.at((from + i) % count);
        if (progressOf(row) != Progress::Complete)
            return openContract(row.contract.id, {});
    }
    if (count > 0 && !m_desk->isOpen())
        openContract(m_queueModel.at(0).contract.id, {});
}

void AnnotatePage::trimFirst() { m_desk->trimFirstWord(); }
void AnnotatePage::trimLast() { m_desk->trimLastWord(); }
void AnnotatePage::addFragment() { m_desk->addFragment(); }
void AnnotatePage::editValue() { m_card->valueEditor().focusEditor(); }
void AnnotatePage::toggleGuideline() { m_card->setWholeGuideline(!m_card->wholeGuideline()); }
void AnnotatePage::dropOrGoBack() {
    if (m_desk->hasDraft())
        return m_desk->dropDraft();
    shell().openPage(std::exchange(m_cameFrom, {}));
    refreshActions();
}

void AnnotatePage::nextHit() { stepHit(1); }
void AnnotatePage::previousHit() { stepHit(-1); }

void AnnotatePage::stepHit(int step) {
    if (m_hitPlaces.empty())
        return m_card->complain(tr("None of the words to look for is in this contract."));
    const size_t caret = view().caret();
    const auto count = static_cast<int>(m_hitPlaces.size());
    int at = step > 0 ? 0 : count - 1;
    for (int i = 0; i < count; ++i) {
        const int candidate = step > 0 ? i : count - 1 - i;
        const size_t begin = m_hitPlaces[static_cast<size_t>(candidate)].begin;
        if (step > 0 ? begin > caret : begin < caret) {
            at = candidate;
            break;
        }
    }
    view().setCaret(m_hitPlaces[static_cast<size_t>(at)].begin);
    view().reveal(m_hitPlaces[static_cast<size_t>(at)]);
    view().setFocus();
}

void AnnotatePage::nextSpanHere() {
    const size_t caret = view().caret();
    std::vector<int> here;
    for (const SpanMark& mark : view().marks())
        if (mark.range.begin <= caret && caret < mark.range.end)
            here.push_back(mark.clause);
    if (here.empty())
        return;
    const auto current = std::find(here.begin(), here.end(), m_desk->current());
    m_desk->setCurrent(current == here.end() || current + 1 == here.end() ? here.front() : *(current + 1));
}

void AnnotatePage::zoomIn() { m_pageView->zoomBy(1.15); }
void AnnotatePage::zoomOut() { m_pageView->zoomBy(1 / 1.15); }
void AnnotatePage::fitText() { m_pageView->fit(Fit::Text); }
void AnnotatePage::fitWidth() { m_pageView->fit(Fit::Width); }

void AnnotatePage::toggleView() {
    const bool hasPages = m_desk->contract().mediaType == "application/pdf" && !m_desk->lines().empty();
    showView(hasPages && m_views->currentWidget() != m_pageView);
}

void AnnotatePage::nextPage() { m_pageView->goToPage(m_pageView->currentPage() + 1); }
void AnnotatePage::previousPage() { m_pageView->goToPage(m_pageView->currentPage() - 1); }

void AnnotatePage::goTo(int clause) {
    if (m_desk && m_desk->isOpen())
        m_desk->setCurrent(clause);
}

} // namespace cw
