// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The verbs of the annotate page and their keys.
#include "app/services/background.h"
#include "app/services/import_notes.h"
#include "app/services/result_qt.h"
#include "app/services/settings.h"
#include "app/services/store_view.h"
#include "app/services/suggestion_service.h"
#include "ui/action_registry.h"
#include "ui/command_palette.h"
#include "ui/guideline_history_dialog.h"
#include "ui/history_dialog.h"
#include "ui/models/display_title.h"
#include "ui/models/text_mark_words.h"
#include "ui/pages/annotate_page.h"
#include "ui/project.h"
#include "ui/report_dialog.h"
#include "ui/shell.h"
#include "ui/widgets/clause_card.h"
#include "ui/widgets/clause_tree.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/text_view.h"
#include "ui/widgets/value_editor.h"

#include <QLabel>
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
                << add("denied", tr("Accept as denied in words"), {Qt::Key_F}, &AnnotatePage::acceptDenied)
                << add("later", tr("Later"), {Qt::Key_S}, &AnnotatePage::leaveForLater)
                << add("clear", tr("Clear to not reviewed"), {Qt::Key_Backspace}, &AnnotatePage::clearClause)
                << add("groupAbsent", tr("Mark the untouched clauses of this group absent"), {QKeySequence(Qt::SHIFT | Qt::Key_X)},
                       &AnnotatePage::markGroupAbsent)
                << add("takeFirst", tr("Take the first reading"), {Qt::Key_1}, &AnnotatePage::takeFirst)
                << add("takeSecond", tr("Take the second reading"), {Qt::Key_2}, &AnnotatePage::takeSecond)
                << add("finish", tr("Finish the contract"), {QKeySequence(Qt::CTRL | Qt::Key_Return)}, &AnnotatePage::finish, "", tr("Finish"))
                << add("undo", tr("Undo the last decision"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, &AnnotatePage::undo, "undo")
                << add("redo", tr("Redo"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                       &AnnotatePage::redo, "redo");
    shell().actions().addKeyNote({title(), QStringLiteral("Enter"), tr("Accept: in the contract, in the list of clauses and in the value")});
}

void AnnotatePage::addEvidenceActions() {
    m_decisions << add("trimFirst", tr("Trim the first word"), {Qt::Key_BracketLeft}, &AnnotatePage::trimFirst, "", tr("Trim start"))
                << add("trimLast", tr("Trim the last word"), {Qt::Key_BracketRight}, &AnnotatePage::trimLast, "", tr("Trim end"))
                << add("fragment", tr("Add a fragment"), {Qt::Key_Plus}, &AnnotatePage::addFragment, "", tr("Fragment"))
                << add("value", tr("Edit the value"), {Qt::Key_V}, &AnnotatePage::editValue)
                << add("note", tr("Write a note"), {Qt::Key_N}, &AnnotatePage::editNote)
                << add("drop", tr("Drop the chosen evidence, or go back to the search"), {Qt::Key_Escape}, &AnnotatePage::dropOrGoBack);
    ActionRegistry& actions = shell().actions();
    actions.addKeyNote({title(), QStringLiteral("Space"), tr("Take the sentence at the caret")});
    actions.addKeyNote({title(), QStringLiteral("Shift \u2190 \u2192"), tr("Extend by a word")});
    actions.addKeyNote({title(), QStringLiteral("Ctrl Shift \u2190 \u2192"), tr("Extend by a sentence")});
}

void AnnotatePage::addMoveActions() {
    add("nextOpen", tr("Next open clause"), {Qt::Key_J}, &AnnotatePage::nextOpen);
    add("previousOpen", tr("Previous open clause"), {Qt::Key_K}, &AnnotatePage::previousOpen);
    add("nextContract", tr("Next contract with open clauses"), {QKeySequence(Qt::CTRL | Qt::Key_PageDown)}, &AnnotatePage::nextContract);
    add("nextHit", tr("Next search hit"), {Qt::Key_Period}, &AnnotatePage::nextHit);
    add("previousHit", tr("Previous search hit"), {Qt::Key_Comma}, &AnnotatePage::previousHit);
    add("findClause", tr("Go to a clause type by its letters"), {Qt::Key_Slash}, &AnnotatePage::findClause);
    add("find", tr("Find in the contract"), {QKeySequence(Qt::CTRL | Qt::Key_F)}, &AnnotatePage::find, "search");
    add("nextTextMark", tr("Next marked place: hidden text or a tracked change"), {Qt::Key_H}, &AnnotatePage::nextTextMark);
    add("documentNotes", tr("What the import told of this contract"), {QKeySequence(Qt::SHIFT | Qt::Key_H)}, &AnnotatePage::showDocumentNotes);
    add("history", tr("History of the contract"), {QKeySequence(Qt::CTRL | Qt::Key_H)}, &AnnotatePage::showHistory);
    add("spanHere", tr("Next clause under the caret"), {Qt::Key_O}, &AnnotatePage::nextSpanHere);
    add("order", tr("Go through the least sure clauses first"), {QKeySequence(Qt::SHIFT | Qt::Key_S)}, &AnnotatePage::toggleOrder)
        ->setCheckable(true);
    m_decisions << add("suggest", tr("Suggest clauses by rules"), {}, &AnnotatePage::suggestByRules);
    add("guideline", tr("Whole guideline"), {Qt::Key_G}, &AnnotatePage::toggleGuideline);
    add("wordings", tr("Earlier wordings of the guideline"), {QKeySequence(Qt::SHIFT | Qt::Key_G)}, &AnnotatePage::showWordings, "",
        tr("Earlier"));
    shell().actions().addKeyNote({title(), QStringLiteral("I \u2026 D 1 \u2013 9"), tr("Go to a clause: the letter of its group, then its number")});
}

void AnnotatePage::addViewActions() {
    add("previousPage", tr("Previous page"), {QKeySequence(Qt::ALT | Qt::Key_Left)}, &AnnotatePage::previousPage);
    add("nextPage", tr("Next page"), {QKeySequence(Qt::ALT | Qt::Key_Right)}, &AnnotatePage::nextPage);
    add("zoomOut", tr("Zoom out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, &AnnotatePage::zoomOut);
    add("zoomIn", tr("Zoom in"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)}, &AnnotatePage::zoomIn);
    add("invertPage", tr("Dark pages in a dark window"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)}, &AnnotatePage::invertPage);
    add("fitText", tr("Fit the text"), {QKeySequence(Qt::CTRL | Qt::Key_0)}, &AnnotatePage::fitText);
    add("fitWidth", tr("Fit the page's width"), {QKeySequence(Qt::CTRL | Qt::Key_9)}, &AnnotatePage::fitWidth);
    add("toggleView", tr("Switch between page and text"), {QKeySequence(Qt::CTRL | Qt::Key_T)}, &AnnotatePage::toggleView);
}

// One action a clause, so that the palette finds them too; as the taxonomy of the project has them.
void AnnotatePage::addClauseKeys() {
    ActionRegistry& actions = shell().actions();
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
            QAction* action = actions.find(QStringLiteral("annotate.clause.") + code);
            if (action)
                action->setEnabled(now >= 0);
            if (now < 0)
                continue;
            const QString title = toQString(m_desk->taxonomy().types()[static_cast<size_t>(now)].title);
            if (!action)
                action = actions.add(this, {QStringLiteral("annotate.clause.") + code, {}, this->title(),
                                            {QKeySequence(letter + QStringLiteral(", ") + QString::number(number))}, {}, {}, true, false},
                                     [this, clauseOf] {
                                         if (m_desk && m_desk->isOpen())
                                             goTo(clauseOf());
                                     });
            action->setText(tr("Go to %1 %2").arg(code, title));
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
    for (const char* id : {"undo", "redo", "denied", "groupAbsent", "nextContract", "clear", "suggest", "order", "find", "history", "fitText", "fitWidth", "toggleView"}) {
        QAction* action = shell().actions().find(QStringLiteral("annotate.") + QLatin1String(id));
        if (action->isEnabled())
            out << action;
    }
    out << shell().actions().find(QStringLiteral("annotate.wordings")) << shell().actions().find(QStringLiteral("project.taxonomy"));
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

void AnnotatePage::acceptByEnter() {
    if (canDecide())
        accept();
}

void AnnotatePage::markAbsent() { afterDecision(m_desk->markAbsent()); }

void AnnotatePage::markUnsure() {
    afterDecision(m_desk->markUnsure(m_card->valueEditor().isLegal() ? m_card->value() : ClauseValue()));
}

// False is a finding of its own: the contract says in words that the right or duty does not exist.
void AnnotatePage::acceptDenied() {
    if (m_desk->type().kind != ValueKind::Boolean)
        return m_card->complain(tr("Only a clause with yes or no can be denied. Accept its evidence, or mark it absent."));
    if (m_desk->evidence().empty())
        return m_card->complain(tr("A denial needs its words: select them on the page first."));
    afterDecision(m_desk->accept(false));
}

void AnnotatePage::leaveForLater() { nextOpen(); }

void AnnotatePage::clearClause() {
    if (const Status cleared = m_desk->clear(); !cleared)
        m_card->complain(sentence(cleared.error()));
}

void AnnotatePage::takeFirst() { takeReading(Reading::First); }
void AnnotatePage::takeSecond() { takeReading(Reading::Second); }

// Of two readings of the clause, or of its date: that one waits to be accepted with its value.
void AnnotatePage::takeReading(Reading reading) {
    if (!m_desk->conflict() && m_card->readDate(reading == Reading::First ? DateOrder::DayFirst : DateOrder::MonthFirst))
        return;
    afterDecision(m_desk->takeReading(reading));
}

// A contract is finished when somebody says so, which only one without an open clause allows.
void AnnotatePage::finish() {
    const QString title = displayTitle(m_desk->contract().title);
    const auto conflicts = m_desk->finish();
    if (!conflicts)
        return m_card->complain(sentence(conflicts.error()));
    QString words = tr("%1 is finished.").arg(title);
    if (conflicts->size() == 1)
        words += QLatin1Char(' ') + tr("Its two readings differ in one clause, which waits for a decision.");
    else if (!conflicts->empty())
        words += QLatin1Char(' ') + tr("Its two readings differ in %1 clauses, which wait for a decision.").arg(conflicts->size());
    shell().showMessage({Message::Kind::Success, words, {}, {}, QStringLiteral("finish")});
    nextContract();
}

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
void AnnotatePage::editNote() { m_card->focusNote(); }

void AnnotatePage::writeNote(int clause, const QString& note) {
    if (const Status written = m_desk->setNote(clause, toStdString(note)); !written)
        m_card->complain(sentence(written.error()));
}

void AnnotatePage::toggleOrder() {
    const bool leastSure = m_desk->order() == AnnotationDesk::Order::Listed;
    m_desk->setOrder(leastSure ? AnnotationDesk::Order::LeastSure : AnnotationDesk::Order::Listed);
    shell().actions().find(QStringLiteral("annotate.order"))->setChecked(leastSure);
    shell().showMessage({Message::Kind::Info, leastSure ? tr("The clauses of which suggestions are least sure come first now.")
                                                        : tr("The clauses come in the order of the list now.")});
}

// The whole project in a job; the desk shows them when they are saved.
void AnnotatePage::suggestByRules() {
    const QString folder = m_project->folder(), job = QStringLiteral("suggest");
    shell().showJob(job, {tr("Looking for clauses"), 0, 0, {}}, {});
    inBackground(
        this, [folder, identity = m_project->store().identity()] { return withView(folder, identity, suggestionsByRules); },
        [this, folder, job](Result<Suggestions> made) {
            shell().endJob(job);
            if (!m_project || m_project->folder() != folder)
                return;
            auto saved = made ? saveSuggestions(m_project->session(), *made) : Result<SuggestionReport>(made.error());
            if (!saved)
                return shell().showMessage(failure(saved.error()));
            shell().showMessage({Message::Kind::Success, tr("%1 contracts have suggestions now: %2 clauses present, %3 absent. Each waits for your decision.")
                                                             .arg(saved->contracts).arg(saved->present).arg(saved->absent)});
        });
}

void AnnotatePage::editValue() { m_card->valueEditor().focusEditor(); }
void AnnotatePage::toggleGuideline() { m_card->setWholeGuideline(!m_card->wholeGuideline()); }
void AnnotatePage::showWordings() {
    (new GuidelineHistoryDialog(toQString(m_desk->type().title), guidelineHistory(m_versions, m_desk->type().key), this))->open();
}
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
    stepTo(m_hitPlaces, step);
    view().setFocus();
}

// The caret goes to the next place behind it (before it), round the end; gives which one that is.
int AnnotatePage::stepTo(const std::vector<ByteRange>& places, int step) {
    const size_t caret = view().caret();
    const auto count = static_cast<int>(places.size());
    int at = step > 0 ? 0 : count - 1;
    for (int i = 0; i < count; ++i) {
        const int candidate = step > 0 ? i : count - 1 - i;
        const size_t begin = places[static_cast<size_t>(candidate)].begin;
        if (step > 0 ? begin > caret : begin < caret) {
            at = candidate;
            break;
        }
    }
    view().setCaret(places[static_cast<size_t>(at)].begin);
    view().reveal(places[static_cast<size_t>(at)]);
    return at;
}

// Hidden words and tracked changes, one after the other.
void AnnotatePage::nextTextMark() {
    const std::vector<TextMark> marks = markedPlaces(m_desk->textMarks());
    if (marks.empty())
        return m_card->complain(tr("Nothing in this contract is hidden or changed on record."));
    const TextMark& mark = marks[m_textMark % marks.size()];
    m_textMarkWords->setText(tr("%1 of %2: %3").arg(m_textMark % marks.size() + 1).arg(marks.size()).arg(textMarkWords(mark)));
    ++m_textMark;
    if (view().rectsOf(mark.range.empty() ? m_desk->ranges().wordAt(mark.range.begin) : mark.range).empty())
        showView(false); // the page doesn't show it
    view().setCaret(mark.range.begin);
    view().reveal(mark.range.empty() ? m_desk->ranges().wordAt(mark.range.begin) : mark.range);
    view().setFocus();
}

void AnnotatePage::showDocumentNotes() {
    const auto notes = notesOf(m_project->store().contracts(), m_desk->contract().id);
    if (!notes)
        return m_card->complain(sentence(notes.error()));
    if (notes->empty())
        return m_card->complain(tr("The import found nothing in this contract that needs a look."));
    const Contract& contract = m_desk->contract();
    ReportEntry entry{toQString(contract.fileName), tr("read by %1").arg(toQString(contract.reader)), {}};
    for (const std::string& note : *notes)
        entry.lines << toQString(note);
    (new ReportDialog(tr("About %1").arg(displayTitle(contract.title)), {entry}, window()))->open();
}

void AnnotatePage::findClause() {
    std::vector<CommandPalette::Entry> entries;
    for (size_t i = 0; i < m_desk->taxonomy().types().size(); ++i) {
        const ClauseType& type = m_desk->taxonomy().types()[i];
        entries.push_back({toQString(type.title), toQString(m_desk->taxonomy().code(type.key)), [this, i] {
                               goTo(static_cast<int>(i));
                               view().setFocus();
                           }});
    }
    (new CommandPalette(tr("Go to a clause type"), std::move(entries), window()))->open();
}

void AnnotatePage::showHistory() {
    auto rows = contractHistory(m_project->store(), m_desk->contract().id);
    if (!rows)
        return shell().showMessage(failure(rows.error()));
    auto* dialog = new HistoryDialog(displayTitle(m_desk->contract().title), std::move(*rows), window());
    connect(dialog, &HistoryDialog::clauseWanted, this, [this](const QString& key) {
        if (const auto at = m_desk->taxonomy().indexOf(toStdString(key)))
            goTo(static_cast<int>(*at));
    });
    dialog->open();
}

void AnnotatePage::find() { m_findBar->open(); }

void AnnotatePage::findWords(const QString& words) {
    m_found = words.isEmpty() ? std::vector<ByteRange>() : findTerms(m_desk->text(), {toStdString(words)}).front().places;
    m_findBar->showPlace(0, static_cast<int>(m_found.size()));
    showHits();
}

void AnnotatePage::stepFound(int step) {
    if (!m_found.empty())
        m_findBar->showPlace(stepTo(m_found, step) + 1, static_cast<int>(m_found.size()));
}

void AnnotatePage::closeFind() {
    m_findBar->hide();
    showHits();
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
void AnnotatePage::invertPage() {
    m_pageView->setInverted(!m_pageView->isInverted());
    shell().settings().setInvertsPages(m_pageView->isInverted());
}
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
