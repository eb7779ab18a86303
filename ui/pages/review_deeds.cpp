// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a reviewer does: every deed is one step of undo with its entry in the audit.
#include "ui/pages/review_view.h"

#include "app/services/background.h"
#include "app/services/result_qt.h"
#include "app/services/store_view.h"
#include "app/services/train_move.h"
#include "ui/action_registry.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/review_columns.h"
#include "ui/widgets/review_document.h"
#include "ui/widgets/review_notes_view.h"

#include <QAction>
#include <QStackedWidget>

#include <utility>

namespace cw {

QAction* ReviewView::add(const char* id, const QString& text, const QKeySequence& key, const std::function<void()>& run, const QString& icon,
                         const QString& shortText) {
    ActionSpec spec{QStringLiteral("review.") + QLatin1String(id), text, tr("Review"), {key}, icon, {}};
    spec.shortText = shortText;
    return m_shell.actions().add(this, spec, run);
}

void ReviewView::addActions() {
    m_next = add("next", tr("Next example"), Qt::Key_J, [this] { step(1); });
    m_previous = add("previous", tr("Previous example"), Qt::Key_K, [this] { step(-1); });
    add("nextChange", tr("Next change"), Qt::Key_N, [this] { stepChange(1); });
    add("previousChange", tr("Previous change"), QKeySequence(Qt::SHIFT | Qt::Key_N), [this] { stepChange(-1); });
    add("nextField", tr("Next field of the contract"), QKeySequence(Qt::CTRL | Qt::Key_Down), [this] { stepField(1); });
    add("previousField", tr("Previous field of the contract"), QKeySequence(Qt::CTRL | Qt::Key_Up), [this] { stepField(-1); });
    m_judging = {add("aRight", tr("A is right"), Qt::Key_1, [this] { judge(ReviewVerdict::ARight); }, {}, tr("A right")),
                 add("bRight", tr("B is right"), Qt::Key_2, [this] { judge(ReviewVerdict::BRight); }, {}, tr("B right")),
                 add("bothWrong", tr("Both are wrong"), Qt::Key_3, [this] { judge(ReviewVerdict::BothWrong); }, {}, tr("Both wrong"))};
    QAction* gold = add("gold", tr("Fix the gold"), Qt::Key_G, [this] { mend(); }, QStringLiteral("annotate"), tr("Fix gold"));
    m_takeA = add("takeA", tr("Take A's answer as gold"), Qt::Key_A, [this] { takeAsGold(false); });
    m_takeB = add("takeB", tr("Take B's answer as gold"), Qt::Key_B, [this] { takeAsGold(true); });
    m_acceptA = add("acceptA", tr("Accept A's answer beside the gold"), Qt::Key_V, [this] { acceptToo(false); });
    m_acceptB = add("acceptB", tr("Accept B's answer beside the gold"), QKeySequence(Qt::SHIFT | Qt::Key_V), [this] { acceptToo(true); });
    m_pair = add("pair", tr("Make a preference pair"), Qt::Key_P, [this] { makePair(); }, {}, tr("Make a pair"));
    QAction* train = add("train", tr("Add the contract to training"), Qt::Key_T, [this] { addToTraining(); }, {}, tr("Train"));
    QAction* disputeAction = add("dispute", tr("Dispute the gold"), Qt::Key_D, [this] { dispute(); }, QStringLiteral("flag"), tr("Dispute"));
    QAction* commentAction = add("comment", tr("Comment on the clause"), Qt::Key_C, [this] { comment(); }, QStringLiteral("note"), tr("Comment"));
    m_exactAction = add("exact", tr("Compare every character"), Qt::Key_X, [this] {
        m_exact = !m_exact;
        showFields();
    }, {}, tr("Exact"));
    m_all = add("allFields", tr("All fields of the contract"), Qt::Key_F, [this] {
        m_allFields = !m_allFields;
        m_first = current();
        showFields();
    }, {}, tr("All fields"));
    m_whole = add("wholeClause", tr("Every contract of these clauses, right ones too"), Qt::Key_W, [this] {
        m_wholeClause = !m_wholeClause;
        regroup(current());
    }, {}, tr("Whole clause"));
    m_undo = add("undo", tr("Undo the last step of the review"), QKeySequence(Qt::CTRL | Qt::Key_Z), [this] { undo(false); }, QStringLiteral("undo"));
    m_redo = add("redo", tr("Take the step again"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), [this] { undo(true); }, QStringLiteral("redo"));
    m_mistrusted = add("mistrusted", tr("Show the next hidden or planted words"), Qt::Key_H, [this] { m_document->showNextMistrusted(); },
                       QStringLiteral("warning"), tr("Show"));
    add("back", tr("Back to the matrix"), Qt::Key_Escape, [this] { goBack(); });
    m_writes = {gold, m_pair, train, disputeAction, commentAction};
    for (QAction* toggle : {m_exactAction, m_all, m_whole})
        toggle->setCheckable(true);
}

void ReviewView::refreshActions() {
    const bool write = mayWrite();
    for (QAction* action : std::as_const(m_writes))
        action->setEnabled(write);
    for (QAction* action : std::as_const(m_judging))
        action->setEnabled(write);
    m_judging[1]->setEnabled(write && m_request.b);
    m_judging[1]->setVisible(m_request.b != nullptr);
    m_judging[2]->setIconText(m_request.b ? tr("Both wrong") : tr("A wrong"));
    m_mistrusted->setEnabled(m_document && m_document->mistrusted() > 0);
    m_takeA->setEnabled(write && m_mending);
    m_takeB->setEnabled(write && m_mending && m_example.b);
    m_acceptA->setEnabled(write && current());
    m_acceptB->setEnabled(write && m_example.b);
    m_acceptB->setVisible(m_request.b != nullptr);
    m_next->setEnabled(m_list.size() > 0);
    m_previous->setEnabled(m_list.size() > 0);
    m_undo->setEnabled(write && m_project->undo().canUndoReview());
    m_redo->setEnabled(write && m_project->undo().canRedoReview());
    m_exactAction->setChecked(m_exact);
    m_all->setChecked(m_allFields);
    m_whole->setChecked(m_wholeClause);
}

void ReviewView::tell(const QString& sentence) {
    Message message;
    message.text = sentence;
    message.topic = QStringLiteral("review");
    m_shell.showMessage(message);
}

bool ReviewView::commit(Result<ReviewChange> change, const QString& what, const QString& done) { return commit(clauseTitle(), std::move(change), what, done); }

bool ReviewView::commit(const QString& clause, Result<ReviewChange> change, const QString& what, const QString& done) {
    if (!change) {
        m_shell.showMessage(failure(change.error()));
        return false;
    }
    if (const Status written = m_project->undo().review(std::move(*change), tr("%1: %2").arg(clause, what)); !written) {
        m_shell.showMessage(failure(written.error()));
        return false;
    }
    refreshActions();
    if (!done.isEmpty())
        tell(done);
    return true;
}

void ReviewView::judge(ReviewVerdict verdict) { commit(verdictChange(m_project->session(), subject(), verdict), verdictWords(verdict), {}); }

// Once asks how; a second time opens the clause where it is annotated.
void ReviewView::mend() { m_mending ? openInAnnotate() : setMending(true); }

void ReviewView::setMending(bool mending) {
    m_mending = mending;
    m_foot->setCurrentIndex(mending ? 1 : 0);
    refreshActions();
}

void ReviewView::openInAnnotate() {
    const ScoredCell* cell = current();
    setMending(false);
    if (cell)
        m_shell.openContract(cell->contract, toQString(cell->clause));
}

void ReviewView::takeAsGold(bool ofB) {
    const ReviewedCell cell = m_example;
    const QString who = ofB ? tr("B") : tr("A");
    setMending(false);
    commit(goldChange(m_project->session(), subject(), ofB ? *cell.b : *cell.a), tr("gold taken from %1").arg(who),
           tr("%1's answer is the gold of %2 now. This run keeps the gold that it was frozen with; the next evaluation scores against the new one.")
               .arg(who, clauseTitle()));
}

void ReviewView::acceptToo(bool ofB) {
    const QString who = ofB ? tr("B") : tr("A");
    setMending(false);
    commit(acceptChange(m_project->session(), subject(), ofB ? *m_example.b : *m_example.a), tr("%1's answer accepted too").arg(who),
           tr("%1's answer to %2 counts as right beside the gold. This run keeps the gold that it was frozen with; the next evaluation scores against both.")
               .arg(who, clauseTitle()));
}

// A person may go on while a job looks into it: the deed is about the example that was in view, by the person who did it.
std::function<bool()> ReviewView::stillWanted() const {
    return [this, folder = m_project->folder(), person = m_project->session().person()] {
        return m_project && m_project->folder() == folder && m_project->session().person() == person;
    };
}

void ReviewView::makePair() {
    const KeptSubject kept = subject();
    inBackground(
        this, [folder = RunFolder(m_project->store().runsFolder() / kept.run.value), contract = kept.cell.contract] { return RunAnswers::read(folder, contract); },
        [this, kept, clause = clauseTitle(), stillWanted = stillWanted()](const Result<RunAnswers>& answers) {
            if (!stillWanted())
                return;
            commit(clause, answers ? pairChange(m_project->session(), kept, *answers) : Result<ReviewChange>(answers.error()), tr("preference pair"),
                   tr("A preference pair is made: the gold's answer is chosen, A's output rejected. It stands in Preferences."));
        });
}

void ReviewView::addToTraining() {
    const KeptSubject kept = subject();
    const auto record = m_project->store().runs().get(kept.run);
    const std::string split = record && !record->split.empty() ? record->split : "default";
    m_shell.showJob(QStringLiteral("review.train"), {tr("Looking for near duplicates"), 0, 0, {}}, {});
    inBackground(
        this,
        [folder = m_project->folder(), identity = m_project->store().identity(), contract = kept.cell.contract] {
            return withView(folder, identity, [&contract](StoreSession& view) { return nearDuplicatesOf(view.store(), contract); });
        },
        [this, kept, split, clause = clauseTitle(), stillWanted = stillWanted()](const Result<std::set<ContractId>>& nearDuplicates) {
            m_shell.endJob(QStringLiteral("review.train"));
            if (!stillWanted())
                return;
            auto added = nearDuplicates ? trainingChange(m_project->session(), kept, split, *nearDuplicates) : Result<TrainingChange>(nearDuplicates.error());
            if (!added)
                return m_shell.showMessage(failure(added.error()));
            if (!added->change)
                return tell(added->sentence);
            commit(clause, std::move(*added->change), tr("added to training"), added->sentence);
        });
}

// A person's own open dispute is taken back by the same key; a new one takes a reason, or none.
void ReviewView::dispute() {
    const auto change = disputeChange(m_project->session(), subject(), {});
    if (!change || change->notesAfter.front().state == ReviewNoteState::Withdrawn) {
        commit(change, tr("dispute taken back"), tr("Your dispute about the gold of %1 is taken back.").arg(clauseTitle()));
        return;
    }
    m_writing = Writing::Dispute;
    m_notes->write(tr("Why is the gold wrong? Enter files the dispute, with or without a reason."));
}

void ReviewView::comment() {
    m_writing = Writing::Comment;
    m_notes->write(tr("Comment on %1. Enter keeps it.").arg(clauseTitle()));
}

void ReviewView::takeWords(const QString& text) {
    if (m_writing == Writing::Dispute)
        commit(disputeChange(m_project->session(), subject(), toStdString(text)), tr("gold disputed"), {});
    else if (m_writing == Writing::Comment && !text.isEmpty())
        commit(commentChange(m_project->session(), subject(), toStdString(text)), tr("comment"), {});
    m_writing = Writing::None;
}

void ReviewView::undo(bool forward) {
    UndoService& service = m_project->undo();
    service.activateReviews();
    const QString what = forward ? service.group().redoText() : service.group().undoText();
    bool refused = false; // which the window tells
    const auto watch = connect(&service, &UndoService::failed, this, [&refused] { refused = true; });
    forward ? service.group().redo() : service.group().undo();
    disconnect(watch);
    refreshActions();
    if (refused)
        return tell({});
    if (!what.isEmpty())
        tell(forward ? tr("Taken again: %1").arg(what) : tr("Undone: %1").arg(what));
}

} // namespace cw
