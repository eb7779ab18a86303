// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/preferences_page.h"

#include "app/services/pair_service.h"
#include "core/text/quote.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/models/display_title.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/pair_view.h"

#include <QLabel>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBlock>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace cw {

namespace {

// What is stored, and what the button says: the reasons of a vote.
constexpr std::array<const char*, 8> kReasons = {QT_TRANSLATE_NOOP("cw::PreferencesPage", "wrong value"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "missed clause"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "invented text"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "quote not verbatim"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "wrong clause type"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "malformed JSON"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "incomplete"),
                                                 QT_TRANSLATE_NOOP("cw::PreferencesPage", "verbose")};

} // namespace

Verdict turned(Verdict verdict) {
    switch (verdict) {
    case Verdict::FirstMuchBetter:
        return Verdict::SecondMuchBetter;
    case Verdict::FirstBetter:
        return Verdict::SecondBetter;
    case Verdict::SecondBetter:
        return Verdict::FirstBetter;
    case Verdict::SecondMuchBetter:
        return Verdict::FirstMuchBetter;
    default:
        return verdict;
    }
}

PreferencesPage::PreferencesPage(Shell& shell) : Page(QStringLiteral("preferences"), tr("Preferences"), shell) {
    addActions();
    build();
}

QAction* PreferencesPage::addVote(const QString& id, const QString& text, const QKeySequence& key, Verdict shown) {
    QAction* action = shell().actions().add(this, {QStringLiteral("preferences.") + id, text, title(), {key}, {}, {}}, [this, shown, key] {
        const int digit = key.toString().toInt();
        m_choosingReasons&& digit >= 1 && digit <= 8 ? toggleReason(digit - 1) : vote(shown);
    });
    m_votes << action;
    return action;
}

void PreferencesPage::addActions() {
    addVote(QStringLiteral("leftMuch"), tr("A much better"), Qt::Key_1, Verdict::FirstMuchBetter);
    addVote(QStringLiteral("left"), tr("A better"), Qt::Key_2, Verdict::FirstBetter);
    addVote(QStringLiteral("tie"), tr("Tie"), Qt::Key_3, Verdict::Tie);
    addVote(QStringLiteral("right"), tr("B better"), Qt::Key_4, Verdict::SecondBetter);
    addVote(QStringLiteral("rightMuch"), tr("B much better"), Qt::Key_5, Verdict::SecondMuchBetter);
    addVote(QStringLiteral("bothBad"), tr("Both bad"), Qt::Key_0, Verdict::BothBad);
    addVote(QStringLiteral("skip"), tr("Skip"), Qt::Key_S, Verdict::Skipped);
    ActionRegistry& actions = shell().actions();
    for (int digit = 6; digit <= 8; ++digit)
        actions.add(this, {QStringLiteral("preferences.reason%1").arg(digit), tr("Reason %1").arg(digit), title(),
                           {QKeySequence(Qt::Key_0 + digit)}, {}, {}, false, false},
                    [this, digit] {
                        if (m_choosingReasons)
                            toggleReason(digit - 1);
                    });
    m_choose = actions.add(this, {QStringLiteral("preferences.reasons"), tr("Reasons"), title(), {Qt::Key_R}, {},
                                  tr("Then 1 to 8 choose them; once more to decide again")},
                           [this] { setChoosingReasons(!m_choosingReasons); });
    actions.add(this, {QStringLiteral("preferences.equal"), tr("Show or fold equal keys"), title(), {Qt::Key_D}, {}, {}}, [this] {
        m_showEqual = !m_showEqual;
        show(m_index);
    });
    actions.add(this, {QStringLiteral("preferences.previous"), tr("Previous pair"), title(), {Qt::Key_K}, {}, {}},
                [this] { show(std::max(0, m_index - 1)); });
    actions.add(this, {QStringLiteral("preferences.next"), tr("Next pair"), title(), {Qt::Key_J}, {}, {}},
                [this] { show(std::min(static_cast<int>(m_pairs.size()) - 1, m_index + 1)); });
    m_undo = actions.add(this, {QStringLiteral("preferences.undo"), tr("Undo the last vote"), title(), {QKeySequence::Undo},
                                QStringLiteral("undo"), {}},
                         [this] { undoVote(); });
}

void PreferencesPage::build() {
    m_empty = new EmptyState(QStringLiteral("preferences"), tr("Rank what the model wrote"),
                             tr("Pairs come from a finished run: open Runs, choose an evaluation or generation over training contracts, and "
                                "mine its malformed outputs. Each pair is then shown here blind, and one key decides."));
    auto* toRuns = new KeyButton(tr("Open the runs"), KeyButton::Kind::Primary);
    connect(toRuns, &QPushButton::clicked, this, [this] { shell().openPage(QStringLiteral("runs")); });
    m_empty->addButton(toRuns);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(buildPair());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(120);
    m_progress->setAccessibleName(tr("Pairs decided"));
    m_undoButton = KeyButton::forAction(m_undo, KeyButton::Kind::Secondary, this);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progress, m_undoButton})
        widget->hide(); // until the top bar takes them
}

QWidget* PreferencesPage::buildPair() {
    m_view = new PairView;
    m_view->setObjectName(QStringLiteral("pairView"));
    m_contract = new QTextEdit;
    m_contract->setObjectName(QStringLiteral("pairContract"));
    m_contract->setReadOnly(true);
    m_contract->setAccessibleName(tr("Contract text that the prompt showed"));
    m_contract->setFrameShape(QFrame::NoFrame);
    m_contractTitle = new QLabel;
    m_contractTitle->setProperty("role", QStringLiteral("section"));
    m_contractTitle->setFixedHeight(40);
    m_contractTitle->setContentsMargins(16, 0, 12, 0);
    auto* right = new QWidget;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(m_contractTitle);
    rightColumn->addWidget(m_contract, 1);
    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("preferencesSplitter"));
    splitter->addWidget(m_view);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({960, 400});
    splitter->setChildrenCollapsible(false);

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(splitter, 1);
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    column->addWidget(rule);
    column->addWidget(buildVotes());
    column->addWidget(buildReasons());
    return content;
}

QWidget* PreferencesPage::buildVotes() {
    auto* votes = new QWidget;
    auto* row = new QHBoxLayout(votes);
    row->setContentsMargins(16, 12, 16, 8);
    row->setSpacing(8);
    for (QAction* action : std::as_const(m_votes)) {
        KeyButton* button = KeyButton::forAction(action);
        button->setTall(44);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(button, 1);
        m_voteButtons << button;
    }
    return votes;
}

QWidget* PreferencesPage::buildReasons() {
    auto* reasons = new QWidget;
    auto* row = new QHBoxLayout(reasons);
    row->setContentsMargins(8, 0, 12, 12);
    row->setSpacing(4);
    KeyButton* choose = KeyButton::forAction(m_choose, KeyButton::Kind::Quiet);
    choose->setSmall(true);
    row->addWidget(choose);
    for (int i = 0; i < static_cast<int>(kReasons.size()); ++i) {
        auto* button = new KeyButton(tr(kReasons[static_cast<size_t>(i)]), KeyButton::Kind::Secondary);
        button->setSmall(true);
        button->setCheckable(true);
        button->setKeyCaps({QString::number(i + 1)});
        connect(button, &QPushButton::clicked, this, [this, i] { toggleReason(i); });
        row->addWidget(button);
        m_reasonButtons << button;
    }
    row->addStretch(1);
    return reasons;
}

void PreferencesPage::setProject(Project* project) {
    m_project = project;
    if (project) {
        connect(&project->session(), &StoreSession::pairsChanged, this, &PreferencesPage::reload);
        connect(&project->session(), &StoreSession::pairVoted, this, &PreferencesPage::voteChanged);
        connect(&project->undo(), &UndoService::votesUndoable, this, [this](bool can) { m_undo->setEnabled(can); });
    }
    reload();
}

void PreferencesPage::reload() {
    m_pairs.clear();
    if (m_project) {
        auto pairs = m_project->store().preferences().all();
        if (pairs)
            m_pairs = *std::move(pairs);
        else
            shell().showMessage(failure(pairs.error()));
    }
    m_stack->setCurrentIndex(m_pairs.empty() ? 0 : 1);
    const int open = firstOpen(0);
    show(m_pairs.empty() ? -1 : std::max(0, open));
}

const PreferencePair* PreferencesPage::current() const {
    return m_index >= 0 && m_index < static_cast<int>(m_pairs.size()) ? &m_pairs[static_cast<size_t>(m_index)] : nullptr;
}

int PreferencesPage::firstOpen(int from) const {
    const int count = static_cast<int>(m_pairs.size());
    for (int step = 0; step < count; ++step) {
        const int at = (from + step) % count;
        if (m_pairs[static_cast<size_t>(at)].verdict == Verdict::None)
            return at;
    }
    return -1;
}

int PreferencesPage::voted() const {
    return static_cast<int>(std::count_if(m_pairs.begin(), m_pairs.end(), [](const auto& pair) { return pair.verdict != Verdict::None; }));
}

void PreferencesPage::show(int index) {
    m_index = index;
    showReasons();
    setChoosingReasons(false);
    const bool writable = m_project && !m_project->session().viewOnly();
    for (KeyButton* button : std::as_const(m_voteButtons))
        button->setEnabled(writable);
    m_undo->setEnabled(writable && m_project->undo().canUndoVote());
    m_progress->setRange(0, std::max(1, static_cast<int>(m_pairs.size())));
    m_progress->setValue(voted());
    if (const PreferencePair* pair = current()) {
        const bool firstLeft = showFirstLeft(pair->id, m_project->store().identity().person);
        m_view->setComparison(comparePair(firstLeft ? pair->first : pair->second, firstLeft ? pair->second : pair->first,
                                          Request{pair->request}, m_project->session().taxonomy(), m_showEqual),
                              &m_project->session().taxonomy());
        showContract(*pair);
    } else {
        m_view->setComparison({}, nullptr);
    }
    Q_EMIT contextChanged();
}

// The reasons that the pair has: none before its first vote.
void PreferencesPage::showReasons() {
    const PreferencePair* pair = current();
    m_reasons.clear();
    for (int i = 0; i < static_cast<int>(kReasons.size()); ++i) {
        if (pair && std::find(pair->reasons.begin(), pair->reasons.end(), kReasons[static_cast<size_t>(i)]) != pair->reasons.end())
            m_reasons.insert(i);
        m_reasonButtons[i]->setChecked(m_reasons.contains(i));
    }
}

void PreferencesPage::showContract(const PreferencePair& pair) {
    auto contract = m_project->store().contracts().get(pair.contract);
    m_contractTitle->setText(contract ? displayTitle(contract->title) : tr("Contract"));
    auto text = m_project->store().contracts().text(pair.contract);
    if (!text)
        return m_contract->setPlainText(sentence(text.error()));
    const std::string_view window = std::string_view(*text).substr(pair.window.begin, pair.window.size());
    m_contract->setFont(contractFont());
    m_contract->setPlainText(toQString(window));
    QTextBlockFormat block;
    block.setLineHeight(145, QTextBlockFormat::ProportionalHeight);
    QTextCursor cursor(m_contract->document());
    cursor.select(QTextCursor::Document);
    cursor.mergeBlockFormat(block);
    m_contract->document()->setDocumentMargin(16);
}

void PreferencesPage::toggleReason(int index) {
    m_reasons.contains(index) ? (void)m_reasons.remove(index) : (void)m_reasons.insert(index);
    m_reasonButtons[index]->setChecked(m_reasons.contains(index));
}

void PreferencesPage::setChoosingReasons(bool choosing) {
    m_choosingReasons = choosing;
    for (KeyButton* button : std::as_const(m_reasonButtons))
        button->setKind(choosing ? KeyButton::Kind::Quiet : KeyButton::Kind::Secondary);
}

void PreferencesPage::vote(Verdict shown) {
    const PreferencePair* pair = current();
    if (!pair || m_project->session().viewOnly())
        return;
    const bool firstLeft = showFirstLeft(pair->id, m_project->store().identity().person);
    const Verdict verdict = firstLeft ? shown : turned(shown);
    std::vector<std::string> reasons;
    for (int i = 0; i < static_cast<int>(kReasons.size()); ++i)
        if (m_reasons.contains(i))
            reasons.emplace_back(kReasons[static_cast<size_t>(i)]);
    const PairId id = pair->id; // the pair itself is read anew once the vote is told
    if (Status saved = m_project->undo().vote(id, verdict, reasons, tr("Pair %1").arg(m_index + 1)); !saved)
        return shell().showMessage(failure(saved.error()));
    const int next = firstOpen(m_index + 1);
    show(next >= 0 ? next : m_index);
    if (next < 0)
        tellDone();
}

void PreferencesPage::tellDone() {
    shell().showMessage({Message::Kind::Success, tr("Every pair is decided. They are ready for a DPO run."), tr("Open the runs"),
                         [this] { shell().openPage(QStringLiteral("runs")); }});
}

// Gives back what the pair had before, be it no vote or another one; the pair itself comes up by voteChanged.
void PreferencesPage::undoVote() {
    m_project->undo().activateVotes();
    m_project->undo().group().undo();
}

void PreferencesPage::voteChanged(const PairId& id) {
    auto stored = m_project->store().preferences().get(id);
    if (!stored)
        return shell().showMessage(failure(stored.error()));
    for (size_t i = 0; i < m_pairs.size(); ++i)
        if (m_pairs[i].id == id) {
            m_pairs[i] = *std::move(stored);
            return show(static_cast<int>(i));
        }
}

PageContext PreferencesPage::context() const {
    if (!current())
        return {};
    return {tr("Pair %1 of %2").arg(m_index + 1).arg(m_pairs.size()), {tr("%1 decided").arg(voted()), tr("blind, sides shuffled")}};
}

QList<QWidget*> PreferencesPage::topBarWidgets() const {
    return m_pairs.empty() ? QList<QWidget*>() : QList<QWidget*>{m_progress, m_undoButton};
}

QList<KeyHint> PreferencesPage::keyHints() const {
    if (m_pairs.empty())
        return {allKeysHint()};
    return {hint({QStringLiteral("leftMuch"), QStringLiteral("rightMuch")}, tr("decide")),
            hint({QStringLiteral("equal")}, tr("equal keys on or off")),
            hint({QStringLiteral("next"), QStringLiteral("previous")}, tr("next, previous")),
            allKeysHint()};
}

QList<QWidget*> PreferencesPage::panes() const { return {m_view, m_contract}; }

} // namespace cw
