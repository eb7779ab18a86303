// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which evaluations the page shows, and how their figures come: everything is scored in jobs, kept, and shown as it arrives.
#include "app/services/settings.h"
#include "ui/models/display_title.h"
#include "ui/models/score_words.h"
#include "ui/pages/evaluation_page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/calibration_view.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/cost_view.h"
#include "ui/widgets/evaluation_compare.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QDateTime>
#include <QFontMetrics>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>

namespace cw {

namespace {

const char* const kModes[] = {"free", "constrained"};
const QString kJob = QStringLiteral("compareEvaluations");

QDateTime timeOf(const RunView& run) { return QDateTime::fromString(toQString(run.record.startedAt), Qt::ISODate).toLocalTime(); }

bool has(const RunView& run, const std::string& mode) { return run.spec.decoding == "both" || run.spec.decoding == mode; }

// The run's name, shortened in its middle; all of it is the entry's tip.
void addRun(QComboBox& box, const QString& name, const RunId& run) {
    box.addItem(QFontMetrics(box.font()).elidedText(name, Qt::ElideMiddle, box.width() - 44), toQString(run.value));
    box.setItemData(box.count() - 1, name, Qt::ToolTipRole);
}

} // namespace

std::vector<const RunView*> EvaluationPage::evaluations() const {
    std::vector<const RunView*> done;
    if (m_project)
        for (const RunId& id : m_project->runs().runs()) {
            const RunView* run = m_project->runs().view(id);
            if (run && run->spec.kind == RunKind::Evaluate && run->state == RunState::Done)
                done.push_back(run);
        }
    return done;
}

RunFolder EvaluationPage::folderOf(const RunId& id) const { return m_project->runs().folder(*m_project->runs().view(id)); }

// A name that several runs have gets the time that it began.
QString EvaluationPage::nameOf(const RunId& id) const {
    const RunView* run = m_project ? m_project->runs().view(id) : nullptr;
    if (!run)
        return {};
    if (run->record.name.empty())
        return toQString(id.value).right(8);
    const auto all = evaluations();
    const auto same = std::count_if(all.begin(), all.end(), [run](const RunView* one) { return one->record.name == run->record.name; });
    const QString name = toQString(run->record.name);
    return same > 1 ? QStringLiteral("%1, %2").arg(name, QLocale().toString(timeOf(*run), QLocale::ShortFormat)) : name;
}

RunId EvaluationPage::chosenRun() const { return RunId(m_run->currentData().toString().toStdString()); }

RunId EvaluationPage::pinnedRun() const { return RunId(m_pinned->currentData().toString().toStdString()); }

std::string EvaluationPage::mode() const { return kModes[std::max(0, m_mode->current())]; }

Rules EvaluationPage::rules() const { return m_rules->current() == 1 ? Rules::Compat : Rules::Strict; }

void EvaluationPage::reloadRuns() {
    const QString chosen = m_run->currentData().toString();
    {
        const QSignalBlocker quiet(m_run);
        m_run->clear();
        for (const RunView* run : evaluations())
            addRun(*m_run, nameOf(run->record.id), run->record.id);
        const int again = m_run->findData(chosen);
        m_run->setCurrentIndex(again >= 0 ? again : m_run->count() > 0 ? 0 : -1);
    }
    if (m_run->currentData().toString() != chosen || !m_shown.pair.shown)
        return score();
    const RunId before = pinnedRun();
    fillPinned();
    if (pinnedRun() != before)
        pin();
    if (m_panel->current() == Compare)
        compareAll();
}

// What somebody pinned stays pinned: over a decoding that it doesn't have, and over the next start.
void EvaluationPage::fillPinned() {
    const QString kept = m_project ? shell().settings().pinnedRun(m_project->folder()) : QString();
    const QSignalBlocker quiet(m_pinned);
    m_pinned->clear();
    m_pinned->addItem(tr("against: none"), QString());
    for (const RunView* run : evaluations())
        if (has(*run, mode()))
            addRun(*m_pinned, tr("against %1").arg(nameOf(run->record.id)), run->record.id);
    m_pinned->setCurrentIndex(std::max(0, m_pinned->findData(kept)));
}

void EvaluationPage::score() {
    m_errors->clear();
    m_shown = {};
    if (!m_project || m_run->currentIndex() < 0) {
        fillPinned();
        return setView(Empty);
    }
    const RunId run = chosenRun();
    m_working->setText(tr("Scoring %1").arg(nameOf(run)));
    setView(Working);
    m_cache.run(folderOf(run), [this, run](const Result<std::shared_ptr<const KeptRun>>& kept) {
        if (run != chosenRun() || !m_project)
            return; // another run was chosen meanwhile
        if (!kept) {
            setView(Empty);
            return shell().showMessage(failure(kept.error()));
        }
        m_shown.pair.shown = *kept;
        m_titles.clear();
        for (const GoldRow& row : (*kept)->scored->gold)
            m_titles[row.contract] = row.title.empty() ? toQString(row.contract.value) : displayTitle(row.title);
        for (int mode = 0; mode < 2; ++mode)
            m_mode->setChoiceEnabled(mode, (*kept)->evaluation(kModes[mode]) != nullptr);
        if (!(*kept)->evaluation(mode()))
            m_mode->setCurrent(1 - m_mode->current());
        fillPinned();
        pin();
    });
}

void EvaluationPage::keepPinned() {
    if (m_project)
        shell().settings().setPinnedRun(m_project->folder(), m_pinned->currentData().toString());
    pin();
}

// The matrix of the run alone is there at once; what the pinned run adds comes when it is scored.
void EvaluationPage::pin() {
    m_shown.pair.pinned.reset();
    m_shown.pinnedName.clear();
    const RunId pinned = pinnedRun();
    if (!m_shown.pair.shown)
        return;
    if (pinned.value.empty() || pinned == chosenRun())
        return showEvaluation();
    m_cache.run(folderOf(pinned), [this, pinned, shown = m_shown.pair.shown](const Result<std::shared_ptr<const KeptRun>>& kept) {
        if (pinned != pinnedRun() || shown != m_shown.pair.shown)
            return;
        if (!kept) {
            shell().showMessage(failure(kept.error()));
            return pinRun({});
        }
        m_shown.pair.pinned = *kept;
        m_shown.pinnedName = nameOf(pinned);
        showEvaluation();
    });
    if (!m_shown.pair.pinned)
        showEvaluation();
}

void EvaluationPage::pinRun(const RunId& id) { m_pinned->setCurrentIndex(std::max(0, m_pinned->findData(toQString(id.value)))); }

void EvaluationPage::showEvaluation() {
    m_shown.pair.mode = mode();
    m_shown.pair.rules = rules();
    m_shown.name = nameOf(chosenRun());
    if (!evaluation())
        return setView(Empty);
    m_errors->setEvaluation(m_shown);
    m_calibration->setReport(evaluation()->confidence, toQString(m_shown.pair.shown->scored->calibrationNote));
    showCosts();
    m_shipping->clear();
    if (m_stack->currentIndex() != Review)
        setView(Matrix);
    showRest();
    if (m_panel->current() == Compare)
        compareAll();
    Q_EMIT contextChanged();
}

void EvaluationPage::showCosts() {
    const auto costOf = [this](const KeptRun& run, const QString& name) {
        const Evaluation& scored = *run.evaluation(mode());
        return ShownCost{name, run.scored->costOf(mode(), shell().settings().prices()), (rules() == Rules::Strict ? scored.strict : scored.compat).total.accuracy()};
    };
    const ShownPair& pair = m_shown.pair;
    m_costs->setCosts(costOf(*pair.shown, m_shown.name), pair.other() ? std::optional(costOf(*pair.pinned, m_shown.pinnedName)) : std::nullopt);
}

void EvaluationPage::showRest() {
    const ShownPair pair = m_shown.pair;
    const auto isShown = [this, pair] {
        const ShownPair& now = m_shown.pair;
        return now.shown == pair.shown && now.pinned == pair.pinned && now.mode == pair.mode && now.rules == pair.rules;
    };
    m_cache.figures(pair, [this, isShown](const Result<std::shared_ptr<const ScoreFigures>>& figures) {
        if (!isShown() || !figures)
            return;
        const ScoreFigures& made = **figures;
        if (made.pair && made.pair->total.cells == 0) {
            const QString why = made.pair->regraded > 0
                                    ? tr("The gold of every cell that %1 and %2 have in common was changed between them. Run the earlier evaluation again.")
                                    : tr("%1 and %2 have no reviewed cell of the same contract in common. Choose an evaluation of the same side of the same split.");
            shell().showMessage({Message::Kind::Warning, why.arg(m_shown.name, m_shown.pinnedName),
                                 {}, {}, QStringLiteral("evaluation")});
            return pinRun({});
        }
        m_errors->setFigures(*figures);
        if (made.shipping)
            m_shipping->setText(QStringLiteral("%1: %2").arg(verdictText(made.shipping->verdict), shippingBounds(*made.shipping)) + regradedText(*made.pair));
    });
    m_cache.slices(pair, [this, isShown](const Result<std::shared_ptr<const SliceReport>>& report) {
        if (isShown() && report)
            setSlices(**report);
    });
}

// The box offers what the list shows, by facet.
void EvaluationPage::setSlices(const SliceReport& report) {
    m_errors->setSlices(report);
    const Taxonomy& taxonomy = m_shown.pair.shown->scored->taxonomy;
    std::vector<ChoiceButton::Choice> choices{{tr("all"), {}}};
    m_sliceConditions.clear();
    const auto add = [&](const QString& text, const QString& group, const std::vector<CellCondition>& conditions) {
        const QString value = group + QLatin1Char('|') + text;
        choices.push_back({text, value, group});
        m_sliceConditions[value] = conditions;
    };
    for (const SliceScore& slice : report.slices)
        add(sliceTitle(slice.slice), facetTitle(slice.slice.facet), {{CellCondition::Of::Contract, slice.slice.facet, slice.slice.value}});
    for (const FoundSlice& found : report.findings.found)
        add(conditionsTitle(found.conditions, taxonomy), tr("Worse than the rest"), found.conditions);
    m_slice->setChoices(std::move(choices));
    narrow(); // the run is another one: to the same slice if it has it, else to none
}

void EvaluationPage::narrow() {
    const auto chosen = m_sliceConditions.find(m_slice->value().toString());
    if (chosen == m_sliceConditions.end())
        return m_errors->narrow({}, {});
    m_errors->narrow(chosen->second, chosen->first.section(QLatin1Char('|'), 1));
}

void EvaluationPage::narrowTo(const std::vector<CellCondition>& conditions) {
    const auto current = m_sliceConditions.find(m_slice->value().toString());
    if (current != m_sliceConditions.end() && current->second == conditions)
        return m_slice->reset(); // a second time on the same slice: all contracts again
    for (const auto& [value, those] : m_sliceConditions)
        if (those == conditions)
            return m_slice->setValue(value);
}

void EvaluationPage::showPanel() {
    m_panels->setCurrentIndex(m_panel->current());
    m_slice->setVisible(m_panel->current() == Errors);
    if (m_panel->current() == Compare)
        compareAll();
    Q_EMIT contextChanged();
}

// Every done evaluation that has this decoding, one after the other; what is kept comes at once.
void EvaluationPage::compareAll() {
    ++m_comparing;
    std::vector<EvaluationRow> rows;
    for (const RunView* run : evaluations())
        if (has(*run, mode()))
            rows.push_back({run->record.id, nameOf(run->record.id), timeOf(*run), 0, {}, {}, {}});
    const RunId pinned = pinnedRun();
    m_compare->setRows(std::move(rows), pinned, pinned.value.empty() ? QString() : nameOf(pinned));
    compareNext(0);
}

void EvaluationPage::stopComparing() {
    ++m_comparing;
    shell().endJob(kJob);
}

void EvaluationPage::compareNext(size_t next) {
    const auto& rows = m_compare->model().rows();
    m_compare->setProgress(static_cast<int>(next), static_cast<int>(rows.size()));
    if (next >= rows.size())
        return shell().endJob(kJob);
    const RunId run = rows[next].run, pinned = pinnedRun();
    shell().showJob(kJob, {tr("Scoring evaluations"), static_cast<int>(next), static_cast<int>(rows.size()), rows[next].name, {}, 0}, [this] { stopComparing(); });
    const auto isCurrent = [this, comparing = m_comparing] { return comparing == m_comparing && m_project; };
    const auto go = [this, next, run, isCurrent](const std::shared_ptr<const KeptRun>& kept, const std::shared_ptr<const KeptRun>& other) {
        const ShownPair pair{kept, other, mode(), rules()};
        if (!pair.evaluation()) {
            m_compare->setTrouble(run, tr("has no outputs of this decoding"));
            return compareNext(next + 1);
        }
        m_cache.figures(pair, [this, next, run, isCurrent, pair](const Result<std::shared_ptr<const ScoreFigures>>& figures) {
            if (!isCurrent())
                return;
            if (figures)
                m_compare->setFigures(run, pair.evaluation()->contracts, pair.shown->scored->costOf(pair.mode, shell().settings().prices()), *figures);
            compareNext(next + 1);
        });
    };
    m_cache.run(folderOf(run), [this, next, run, pinned, isCurrent, go](const Result<std::shared_ptr<const KeptRun>>& kept) {
        if (!isCurrent())
            return;
        if (!kept) {
            m_compare->setTrouble(run, sentence(kept.error()));
            return compareNext(next + 1);
        }
        if (pinned.value.empty() || pinned == run)
            return go(*kept, nullptr);
        m_cache.run(folderOf(pinned), [kept = *kept, isCurrent, go](const Result<std::shared_ptr<const KeptRun>>& other) {
            if (isCurrent())
                go(kept, other ? *other : nullptr);
        });
    });
}

// Scoring may take a while: who has left the comparison meanwhile, or asked for something else, isn't taken to a review.
void EvaluationPage::reviewFlips(const RunId& run, bool gained) {
    const RunId pinned = pinnedRun();
    const auto isWanted = [this, asked = ++m_flipsAsked, pinned, mode = mode(), rules = rules()] {
        return m_project && asked == m_flipsAsked && pinned == pinnedRun() && mode == this->mode() && rules == this->rules() &&
               m_stack->currentIndex() == Matrix && m_panel->current() == Compare;
    };
    m_cache.run(folderOf(run), [this, pinned, gained, isWanted](const Result<std::shared_ptr<const KeptRun>>& kept) {
        if (!isWanted())
            return;
        if (!kept)
            return shell().showMessage(failure(kept.error()));
        m_cache.run(folderOf(pinned), [this, gained, isWanted, kept = *kept](const Result<std::shared_ptr<const KeptRun>>& other) {
            if (!isWanted())
                return;
            if (!other)
                return shell().showMessage(failure(other.error()));
            const ShownPair pair{kept, *other, mode(), rules()};
            if (!pair.evaluation() || !pair.other())
                return;
            std::vector<const ScoredCell*> flips;
            for (const CellPair& cell : pairCells(*pair.evaluation(), pair.other()))
                if (cell.other && scoreOf(*cell.shown, pair.rules).right() == gained && scoreOf(*cell.other, pair.rules).right() != gained)
                    flips.push_back(cell.shown);
            review(pair, std::move(flips), 0);
        });
    });
}

} // namespace cw
