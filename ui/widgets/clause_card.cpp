// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/clause_card.h"

#include "app/services/result_qt.h"
#include "core/extraction/derive.h"
#include "core/text/quote.h"
#include "ui/appearance.h"
#include "ui/key_text.h"
#include "ui/models/cell_sign.h"
#include "ui/models/reading_words.h"
#include "ui/models/value_words.h"
#include "ui/widgets/adjudication_pane.h"
#include "ui/widgets/card_parts.h"
#include "ui/widgets/date_choice.h"
#include "ui/widgets/evidence_box.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/value_editor.h"

#include <QAccessible>
#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kPadding = 16, kNextShown = 3;
constexpr qsizetype kShortGuideline = 150;

QVBoxLayout* block(QVBoxLayout* body) {
    auto* column = new QVBoxLayout;
    column->setSpacing(6);
    body->addLayout(column);
    return column;
}

QLabel* meta(const QString& text = {}) {
    auto* label = new QLabel(text);
    label->setProperty("role", QStringLiteral("meta"));
    return label;
}

void clear(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

KeyButton* small(QAction* action) {
    KeyButton* button = KeyButton::forAction(action);
    button->setSmall(true);
    return button;
}

} // namespace

ClauseCard::ClauseCard(const CardActions& actions, QWidget* parent) : QWidget(parent), m_title(new ClauseTitle), m_state(new StateLine) {
    setObjectName(QStringLiteral("clauseCard"));
    setAccessibleName(tr("Clause"));
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(makeBody(actions));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setAccessibleName(tr("Details of the clause"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead(actions));
    column->addWidget(rule());
    column->addWidget(m_scroll, 1);
    column->addWidget(rule());
    column->addWidget(makeDecisions(actions));
}

QWidget* ClauseCard::makeHead(const CardActions& actions) {
    auto* head = new QFrame;
    head->setProperty("role", QStringLiteral("pane"));
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(kPadding, 12, kPadding, 10);
    column->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_title, 1);
    for (const auto& [action, iconName] : {std::pair(actions.previous, "chevron-up"), std::pair(actions.next, "chevron-down")}) {
        KeyButton* button = KeyButton::iconButton(QString::fromLatin1(iconName), action->text());
        button->setSmall(true);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        row->addWidget(button);
    }
    column->addLayout(row);
    column->addWidget(m_state);
    return head;
}

QWidget* ClauseCard::makeBody(const CardActions& actions) {
    auto* content = new QFrame;
    content->setProperty("role", QStringLiteral("pane"));
    auto* body = new QVBoxLayout(content);
    body->setContentsMargins(kPadding, 14, kPadding, 14);
    body->setSpacing(14);

    m_denied = actions.denied;
    m_adjudication = new AdjudicationPane;
    m_adjudication->followKeysOf(actions.takeFirst, actions.takeSecond);
    connect(m_adjudication, &AdjudicationPane::rangeWanted, this, &ClauseCard::rangeWanted);
    body->addWidget(m_adjudication);

    m_valueBox = new QWidget;
    auto* value = new QVBoxLayout(m_valueBox);
    value->setContentsMargins(0, 0, 0, 0);
    value->setSpacing(6);
    m_valueNote = meta();
    auto* valueHead = new QHBoxLayout;
    valueHead->addWidget(meta(tr("Value")));
    valueHead->addStretch();
    valueHead->addWidget(m_valueNote);
    valueHead->addWidget(new CapsLabel({actions.value}, actions.value->text()));
    m_value = new ValueEditor;
    value->addLayout(valueHead);
    value->addWidget(m_value);
    connect(m_value, &ValueEditor::edited, this, [this] {
        complain({});
        m_valueNote->setText(tr("edited"));
        showDateChoice();
    });
    connect(m_value, &ValueEditor::entered, this, &ClauseCard::valueEntered);
    connect(m_value, &ValueEditor::left, this, [this] {
        m_value->forgetEdit();
        showValue();
        Q_EMIT fieldLeft();
    });
    m_dateChoice = new DateChoice(actions.takeFirst, actions.takeSecond);
    value->addWidget(m_dateChoice);
    connect(m_dateChoice, &DateChoice::chosen, this, &ClauseCard::readDate);
    body->addWidget(m_valueBox);

    auto* evidence = block(body);
    m_evidenceTitle = meta();
    evidence->addWidget(m_evidenceTitle);
    m_evidence = new QVBoxLayout;
    m_evidence->setSpacing(6);
    evidence->addLayout(m_evidence);
    m_noEvidence = new QLabel(tr("Drag over the words in the contract, or press Space there to take the sentence at the caret."));
    m_noEvidence->setProperty("role", QStringLiteral("muted"));
    m_noEvidence->setWordWrap(true);
    evidence->addWidget(m_noEvidence);
    m_evidenceTools = new QWidget;
    auto* tools = new QHBoxLayout(m_evidenceTools);
    tools->setContentsMargins(0, 2, 0, 0);
    tools->setSpacing(6);
    tools->addWidget(small(actions.trimFirst));
    tools->addWidget(small(actions.trimLast));
    tools->addWidget(small(actions.fragment));
    tools->addStretch();
    evidence->addWidget(m_evidenceTools);
    m_others = block(evidence);

    auto* hits = block(body);
    m_hitsTitle = meta();
    auto* hitsHead = new QHBoxLayout;
    hitsHead->addWidget(m_hitsTitle, 1);
    hitsHead->addWidget(new CapsLabel({actions.previousHit, actions.nextHit}, tr("Previous and next hit")));
    hits->addLayout(hitsHead);
    m_hits = new HitChips;
    connect(m_hits, &HitChips::rangeWanted, this, &ClauseCard::rangeWanted);
    hits->addWidget(m_hits);

    auto* guideline = block(body);
    auto* guidelineHead = new QHBoxLayout;
    guidelineHead->addWidget(meta(tr("Guideline")), 1);
    guidelineHead->addWidget(new CapsLabel({actions.guideline}, actions.guideline->text()));
    guideline->addLayout(guidelineHead);
    m_guideline = new QLabel;
    m_guideline->setWordWrap(true);
    guideline->addWidget(m_guideline);
    guideline->addWidget(makeGuidelineFoot(actions));

    addNote(body, actions);

    auto* history = block(body);
    history->addWidget(meta(tr("History")));
    m_history = new QVBoxLayout;
    m_history->setSpacing(4);
    history->addLayout(m_history);

    auto* next = block(body);
    auto* nextHead = new QHBoxLayout;
    nextHead->addWidget(meta(tr("Next open")), 1);
    nextHead->addWidget(new CapsLabel({actions.next, actions.previous}, tr("Next and previous open clause")));
    next->addLayout(nextHead);
    m_nextOpen = new QVBoxLayout;
    m_nextOpen->setSpacing(2);
    next->addLayout(m_nextOpen);
    body->addStretch();
    return content;
}

void ClauseCard::addNote(QVBoxLayout* body, const CardActions& actions) {
    auto* note = block(body);
    auto* head = new QHBoxLayout;
    head->addWidget(meta(tr("Note")), 1);
    head->addWidget(new CapsLabel({actions.note}, actions.note->text()));
    note->addLayout(head);
    m_note = new QLineEdit;
    m_note->setObjectName(QStringLiteral("noteLine"));
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(tr("Why, for whoever looks at it next"));
    m_note->installEventFilter(this);
    note->addWidget(m_note);
    connect(m_note, &QLineEdit::editingFinished, this, &ClauseCard::flushNote);
}

void ClauseCard::flushNote() {
    if (!m_desk || !m_desk->isOpen() || m_desk->viewOnly() || m_shownClause < 0 || !m_note->isModified())
        return;
    m_note->setModified(false);
    Q_EMIT noteWritten(m_shownClause, m_note->text().trimmed());
}

bool ClauseCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_note && event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // no shortcut of the page's: it would drop the evidence
        return true;
    }
    if (watched == m_note && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            m_note->setModified(false);
            showNote(); // as it was
        }
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT fieldLeft(); // leaving the field writes the note
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ClauseCard::focusNote() {
    m_scroll->ensureWidgetVisible(m_note);
    m_note->setFocus(Qt::ShortcutFocusReason);
}

void ClauseCard::showConflict() {
    const auto conflict = m_desk->conflict();
    if (!conflict)
        return m_adjudication->clear();
    m_adjudication->show(m_desk->type(), {toQString(conflict->first.annotator), conflict->first},
                         {toQString(conflict->second.annotator), conflict->second}, conflict->comparison.difference);
}

void ClauseCard::showNote() {
    if (m_note->isModified())
        return; // somebody is typing
    const QString note = toQString(m_desk->cell().note);
    if (m_note->text() != note)
        m_note->setText(note);
    m_note->setReadOnly(m_desk->viewOnly());
}

QWidget* ClauseCard::makeGuidelineFoot(const CardActions& actions) {
    m_guidelineNote = meta();
    m_guidelineNote->setObjectName(QStringLiteral("guidelineNote"));
    m_guidelineNote->setWordWrap(true);
    m_guidelineFoot = new QWidget;
    auto* row = new QHBoxLayout(m_guidelineFoot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_guidelineNote, 1);
    row->addWidget(small(actions.wordings));
    m_guidelineFoot->hide();
    return m_guidelineFoot;
}

QWidget* ClauseCard::makeDecisions(const CardActions& actions) {
    m_decisions = new QFrame;
    m_decisions->setProperty("role", QStringLiteral("pane"));
    auto* column = new QVBoxLayout(m_decisions);
    column->setContentsMargins(kPadding, 12, kPadding, 12);
    column->setSpacing(8);
    m_question = new QLabel;
    m_question->setObjectName(QStringLiteral("cardQuestion"));
    m_complaint = new QLabel;
    m_complaint->setProperty("role", QStringLiteral("danger"));
    for (QLabel* each : {m_question, m_complaint}) {
        each->setWordWrap(true);
        each->hide();
        column->addWidget(each);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QAction* action : {actions.accept, actions.absent, actions.unsure, actions.later}) {
        KeyButton* button = KeyButton::forAction(action, action == actions.accept ? KeyButton::Kind::Primary : KeyButton::Kind::Secondary);
        button->setTall(36);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(button);
    }
    column->addLayout(row);
    return m_decisions;
}

void ClauseCard::setDesk(AnnotationDesk* desk) {
    m_desk = desk;
    m_shownClause = -1;
    m_decisions->setVisible(desk && !desk->viewOnly());
}

ClauseValue ClauseCard::value() const { return m_valueBox->isHidden() ? ClauseValue() : m_value->value(); }

void ClauseCard::complain(const QString& sentence) {
    m_complaint->setText(sentence);
    m_complaint->setVisible(!sentence.isEmpty());
}

void ClauseCard::ask(const QString& sentence) {
    m_question->setText(sentence);
    m_question->setVisible(!sentence.isEmpty());
    if (sentence.isEmpty())
        return;
    QAccessibleEvent announced(m_question, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

void ClauseCard::setGuidelineNote(const QString& note) {
    m_guidelineNote->setText(note);
    m_guidelineFoot->setVisible(!note.isEmpty());
}

void ClauseCard::setWholeGuideline(bool whole) {
    m_wholeGuideline = whole;
    showGuideline();
}

void ClauseCard::refreshClause(std::vector<HistoryLine> history) {
    complain({});
    m_title->show(m_desk->type(), toQString(m_desk->taxonomy().code(m_desk->type().key)),
                  toQString(m_desk->taxonomy().group(m_desk->type().group)->letter));
    if (m_shownClause != m_desk->current()) {
        flushNote();
        m_note->setModified(false);
        m_shownClause = m_desk->current();
        m_wholeGuideline = false;
        m_value->show(m_desk->type(), m_desk->cell().value, m_desk->viewOnly());
    }
    showHits();
    showNote();
    showConflict();
    showGuideline();
    showHistory(history);
    showNextOpen();
    refreshEvidence();
}

void ClauseCard::refreshEvidence() {
    showState();
    showEvidence();
    showOthers();
    showValue();
}

void ClauseCard::showState() {
    const CellSign sign = cellSign(m_desk->cell());
    const QString kind = kindInWords(m_desk->type().kind);
    if (m_desk->hasDraft())
        return m_state->show(sign, tr("Evidence chosen, not yet decided"), kind);
    if (const Suggestion* suggestion = m_desk->suggestion())
        return m_state->show(CellSign::Suggested, suggestionWords(*suggestion), kind);
    if (m_desk->cell().flags.valueToReview && !m_desk->cell().flags.unsure)
        return m_state->show(sign, tr("Present, its value is to be reviewed"), kind);
    QString word = cellSignWord(sign);
    word[0] = word[0].toUpper();
    if (sign == CellSign::Unsure)
        word = tr("Unsure, to be looked at again");
    m_state->show(sign, word, kind);
}

QString ClauseCard::suggestionWords(const Suggestion& suggestion) const {
    const QString state = suggestion.state == CellState::Present ? tr("Suggested present") : tr("Suggested absent");
    return tr("%1 by %2, %3").arg(state, m_suggestionOrigin, QString::number(suggestion.score, 'f', 2));
}

// What the words say of the value that is shown: a person sees at once where the two part.
QString ClauseCard::valueNote(const ClauseValue& shown, const std::optional<ClauseValue>& proposed) const {
    if (proposed && *proposed == shown)
        return !m_desk->hasDraft() && m_desk->suggestion() ? tr("suggested") : tr("follows from the evidence");
    const bool isYes = m_desk->type().kind == ValueKind::Boolean && (!hasValue(shown) || shown == ClauseValue(true));
    if (isYes && mayDeny(m_desk->type().key, m_desk->evidenceText()))
        return m_denied->shortcut().isEmpty() ? tr("the words may deny it") : tr("the words may deny it: %1 saves No").arg(keyWords(m_denied));
    if (proposed && hasValue(shown) && m_desk->type().kind != ValueKind::PartyList)
        return tr("the words read %1").arg(valueInWords(m_desk->type(), *proposed));
    if (hasValue(shown) || m_desk->type().kind == ValueKind::Boolean)
        return {};
    return m_desk->eitherDate() ? tr("two readings") : tr("not found in the words");
}

void ClauseCard::showValue() {
    const bool has = m_desk->type().kind != ValueKind::Text && !m_desk->evidence().empty();
    m_valueBox->setVisible(has);
    if (!has || m_value->isEdited())
        return showDateChoice();
    const ClauseValue& saved = m_desk->cell().value;
    const std::optional<ClauseValue> proposed = m_desk->proposedValue();
    // What is saved stands until new evidence is chosen; then, and where nothing is saved, the words propose.
    const bool takeProposal = proposed && (m_desk->hasDraft() || !hasValue(saved));
    const ClauseValue shown = takeProposal ? *proposed : saved;
    m_value->show(m_desk->type(), shown, m_desk->viewOnly());
    m_valueNote->setText(valueNote(shown, proposed));
    showDateChoice();
}

// A value that is saved was decided on: only where there is none, or other evidence is chosen, the order of day and month is asked for.
void ClauseCard::showDateChoice() {
    const bool open = !m_valueBox->isHidden() && (m_desk->hasDraft() || !hasValue(m_desk->cell().value));
    m_dateChoice->show(open ? m_desk->eitherDate() : std::nullopt, m_value->value(), m_desk->viewOnly());
}

bool ClauseCard::readDate(DateOrder order) {
    const std::optional<EitherDate> date = m_dateChoice->date();
    if (date)
        m_value->enter(order == DateOrder::DayFirst ? date->dayFirst : date->monthFirst);
    return date.has_value();
}

void ClauseCard::showEvidence() {
    clear(m_evidence);
    const std::vector<ByteRange> ranges = m_desk->evidence();
    const QString letter = toQString(m_desk->taxonomy().group(m_desk->type().group)->letter);
    const std::vector<QString> sameWords = sameWordsOf(ranges);
    for (size_t i = 0; i < ranges.size(); ++i) {
        const ByteRange range = ranges[i];
        auto* box = new EvidenceBox(toQString(m_desk->text().substr(range.begin, range.size())), letter,
                                    m_desk->hasDraft() || m_desk->suggestion(),
                                    ranges.size() > 1 && !m_desk->viewOnly());
        connect(box, &EvidenceBox::activated, this, [this, range] { Q_EMIT rangeWanted(range); });
        connect(box, &EvidenceBox::removed, m_desk, [desk = m_desk, i] { desk->removeFragment(i); }, Qt::QueuedConnection);
        m_evidence->addWidget(box);
        if (!sameWords[i].isEmpty()) {
            QLabel* words = meta(sameWords[i]);
            words->setObjectName(QStringLiteral("sameWords"));
            m_evidence->addWidget(words);
        }
    }
    QString where;
    if (!ranges.empty())
        if (const int page = m_desk->pageOf(ranges.front().begin); page >= 0)
            where = tr(": page %1").arg(page + 1);
    if (ranges.size() > 1)
        where += tr(", %1 fragments").arg(ranges.size());
    m_evidenceTitle->setText(tr("Evidence") + where);
    m_noEvidence->setVisible(ranges.empty() && !m_desk->viewOnly());
    m_evidenceTools->setVisible(!ranges.empty() && !m_desk->viewOnly());
}

// A model gives words, not places: where they stand several times, a person may know better which place is meant.
std::vector<QString> ClauseCard::sameWordsOf(const std::vector<ByteRange>& evidence) const {
    std::vector<QString> notes(evidence.size());
    if (!m_desk->suggestion())
        return notes;
    const NormalizedText text(m_desk->text());
    for (size_t i = 0; i < evidence.size(); ++i) {
        const std::vector<ByteRange> places = text.findAll(normalizeQuote(m_desk->text().substr(evidence[i].begin, evidence[i].size())));
        const auto here = std::find_if(places.begin(), places.end(), [&](ByteRange place) { return place.overlaps(evidence[i]); });
        if (places.size() > 1)
            notes[i] = tr("Place %1 of %2 with these words").arg(here - places.begin() + 1).arg(places.size());
    }
    return notes;
}

// Where windows of the contract gave several values: the others, each with its words, so that a person can choose. Of a decided clause the
// answers that count as right beside it.
void ClauseCard::showOthers() {
    clear(m_others);
    if (const Suggestion* suggestion = m_desk->suggestion()) {
        for (const OtherReading& other : suggestion->others)
            addOther(QStringLiteral("otherReading"), otherReadingWords(m_desk->type(), other, suggestion->margin), other.spans, /*decided=*/false);
        return;
    }
    for (const AcceptedAnswer& accepted : m_desk->cell().alternatives)
        addOther(QStringLiteral("acceptedAnswer"), acceptedAnswerWords(m_desk->type(), accepted), accepted.spans, /*decided=*/true);
}

void ClauseCard::addOther(const QString& name, const QString& what, const std::vector<Span>& spans, bool decided) {
    const QString letter = toQString(m_desk->taxonomy().group(m_desk->type().group)->letter);
    QLabel* words = meta(what);
    words->setObjectName(name);
    words->setWordWrap(true);
    m_others->addWidget(words);
    for (const Span& span : spans) {
        auto* box = new EvidenceBox(toQString(span.quote), letter, /*draft=*/!decided, /*removable=*/false);
        connect(box, &EvidenceBox::activated, this, [this, range = span.range] { Q_EMIT rangeWanted(range); });
        m_others->addWidget(box);
    }
}

void ClauseCard::showHits() {
    const std::vector<TermHits>& hits = m_desk->hits();
    const auto found = std::count_if(hits.begin(), hits.end(), [](const TermHits& term) { return !term.places.empty(); });
    m_hitsTitle->setText(hits.empty() ? tr("No words are named to look for")
                                      : tr("%1 of %2 terms found in the whole contract").arg(found).arg(hits.size()));
    m_hits->setHits(hits);
}

void ClauseCard::showGuideline() {
    QString text = toQString(m_desk->type().guideline);
    if (!m_wholeGuideline && text.size() > kShortGuideline)
        text = text.left(text.lastIndexOf(QLatin1Char(' '), kShortGuideline)) + QStringLiteral(" \u2026");
    if (m_wholeGuideline && !m_desk->type().example.empty())
        text += tr("\nExample: %1").arg(toQString(m_desk->type().example));
    m_guideline->setText(text);
}

void ClauseCard::showHistory(const std::vector<HistoryLine>& history) {
    clear(m_history);
    if (history.empty())
        m_history->addWidget(meta(tr("Nobody decided on it yet.")));
    for (const HistoryLine& line : history)
        m_history->addWidget(new TwoTone(line.when, line.what));
}

void ClauseCard::showNextOpen() {
    clear(m_nextOpen);
    const auto count = static_cast<int>(m_desk->cells().size());
    int shown = 0;
    for (int i = 1; i < count && shown < kNextShown; ++i) {
        const int clause = (m_desk->current() + i) % count;
        const Cell& cell = m_desk->cells()[static_cast<size_t>(clause)];
        if (cell.isReviewed())
            continue;
        const ClauseType& type = m_desk->taxonomy().types()[static_cast<size_t>(clause)];
        auto* row = new OpenClause(toQString(m_desk->taxonomy().code(type.key)), toQString(m_desk->taxonomy().group(type.group)->letter),
                                   toQString(type.title), m_desk->suggestionFor(clause) ? CellSign::Suggested : cellSign(cell));
        connect(row, &OpenClause::clicked, this, [this, clause] { Q_EMIT clauseWanted(clause); }, Qt::QueuedConnection);
        m_nextOpen->addWidget(row);
        ++shown;
    }
    if (shown == 0)
        m_nextOpen->addWidget(meta(tr("Every clause of this contract is decided.")));
}

} // namespace cw
