// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/plan_card.h"

#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "ui/appearance.h"
#include "ui/widgets/fact_strip.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/memory_bar.h"
#include "ui/widgets/trouble_box.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kPauseMilliseconds = 800; // after the last change
constexpr int kNamed = 3;               // contracts that a warning names

QString count(std::int64_t number) { return countWord(static_cast<double>(number)); }

QString passWord(const RunPlan& plan) {
    static const std::pair<const char*, const char*> kLevels[] = {{"none", QT_TRANSLATE_NOOP("cw::PlanCard", "nothing computed again")},
                                                                  {"cheap", QT_TRANSLATE_NOOP("cw::PlanCard", "the cheap parts again")},
                                                                  {"attention", QT_TRANSLATE_NOOP("cw::PlanCard", "all but attention again")},
                                                                  {"full", QT_TRANSLATE_NOOP("cw::PlanCard", "every layer again")}};
    for (const auto& [level, words] : kLevels)
        if (plan.checkpointing == level)
            return PlanCard::tr(words);
    return toQString(plan.checkpointing);
}

std::vector<Fact> factsOf(const RunPlan& plan) {
    const double labelled = plan.tokens > 0 ? static_cast<double>(plan.labelled) / static_cast<double>(plan.tokens) : 0;
    std::vector<Fact> facts{{PlanCard::tr("Steps"), count(plan.steps), {}},
                            {PlanCard::tr("Time"), plan.seconds > 0 ? durationWord(plan.seconds) : PlanCard::tr("not known"), {}},
                            {PlanCard::tr("Rows"), count(plan.rows), {}},
                            {PlanCard::tr("Tokens an epoch"), count(plan.tokens), {}},
                            {PlanCard::tr("Labelled"), percentWord(labelled), {}},
                            {PlanCard::tr("Longest row"), count(plan.longest), {}},
                            {PlanCard::tr("Rows at once"), count(plan.rowsPerPass), PlanCard::tr("%1 fit").arg(count(plan.largestRowsPerPass))},
                            {PlanCard::tr("Device"), toQString(plan.device + " " + plan.dtype), {}}};
    return facts;
}

} // namespace

QStringList planWarnings(const PlannedRun& planned) {
    const RunPlan& plan = planned.plan;
    QStringList warnings;
    if (plan.memoryBytes > 0 && plan.peakBytes > plan.memoryBytes)
        warnings << PlanCard::tr("It needs %1 and may take %2: lower the rows at once or the longest row, or let more be computed again.")
                        .arg(bytesWord(static_cast<double>(plan.peakBytes)), bytesWord(static_cast<double>(plan.memoryBytes)));
    QStringList cut;
    for (const PreflightRow& row : planned.preflight)
        if (row.cut > 0)
            cut << toQString(row.contract);
    if (plan.leftOut > 0) {
        const qsizetype more = cut.size() - kNamed;
        QString names = cut.mid(0, kNamed).join(QStringLiteral(", "));
        if (more > 0)
            names = PlanCard::tr("%1 and %2 more").arg(names).arg(more);
        warnings << (names.isEmpty() ? PlanCard::tr("%1 rows are left out.").arg(count(plan.leftOut))
                                     : PlanCard::tr("%1 rows are left out, of %2: they don't fit, or have nothing to learn.").arg(count(plan.leftOut), names));
    }
    return warnings;
}

PlanCard::PlanCard(StoreSession& session, QWidget* parent)
    : QWidget(parent), m_service(session), m_state(new QLabel), m_button(new KeyButton(tr("Plan"))), m_trouble(new TroubleBox(Qt::Vertical)),
      m_content(new QWidget), m_facts(new FactStrip(tr("Figures of the plan"))), m_memory(new QLabel), m_bar(new MemoryBar), m_warnings(new QVBoxLayout),
      m_advice(new QVBoxLayout) {
    setObjectName(QStringLiteral("planCard"));
    auto* title = new QLabel(tr("Plan"));
    title->setProperty("role", QStringLiteral("section"));
    m_state->setProperty("role", QStringLiteral("meta"));
    m_state->setObjectName(QStringLiteral("planState"));
    m_state->setWordWrap(true);
    m_button->setObjectName(QStringLiteral("planRun"));
    m_button->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    m_button->setKeyCaps({QStringLiteral("Ctrl"), QStringLiteral("P")});
    m_button->setToolTip(tr("Plans the run as the form describes it now"));
    m_memory->setObjectName(QStringLiteral("planMemory"));
    m_memory->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_button);

    auto* inside = new QVBoxLayout(m_content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(size::kGap);
    inside->addLayout(m_warnings);
    inside->addWidget(m_facts);
    inside->addWidget(m_memory);
    inside->addWidget(m_bar);
    inside->addLayout(m_advice);
    inside->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setProperty("role", QStringLiteral("form"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 16, 16, 8);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_state);
    column->addWidget(m_trouble);
    column->addWidget(scroll, 1);
    m_content->hide();
    auto* again = new KeyButton(tr("Plan again"));
    again->setObjectName(QStringLiteral("planAgain"));
    connect(again, &QPushButton::clicked, this, &PlanCard::planNow);
    m_trouble->addButton(again);
    m_trouble->setObjectName(QStringLiteral("planTrouble"));
    m_trouble->hide();

    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &PlanCard::planNow);
    connect(m_button, &QPushButton::clicked, this, &PlanCard::planNow);
    connect(&m_service, &PlanService::planned, this, &PlanCard::show);
    connect(&m_service, &PlanService::failed, this, &PlanCard::fail);
}

void PlanCard::setRequest(const std::optional<RunRequest>& request) {
    m_request = request;
    m_service.cancel();
    m_trouble->hide(); // it was about the form of before
    m_button->setEnabled(request.has_value());
    if (!request) {
        m_pause.stop();
        return setState(tr("A field of the form is wrong: nothing to plan yet."));
    }
    m_pause.start();
    setState(m_content->isHidden() ? tr("The plan comes by itself.") : tr("The form has changed: this is the plan of before."));
}

void PlanCard::planNow() {
    m_pause.stop();
    if (!m_request)
        return;
    m_trouble->hide();
    setState(tr("Planning: reads the data and counts its tokens. The run may be started without it."));
    m_service.plan(*m_request);
}

void PlanCard::setState(const QString& words) { m_state->setText(words); }

void PlanCard::setLines(QVBoxLayout* column, const QStringList& lines, const char* role) {
    while (QLayoutItem* item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& line : lines) {
        auto* label = new QLabel(line);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setProperty("role", QLatin1String(role));
        column->addWidget(label);
    }
}

void PlanCard::show(const PlannedRun& planned) {
    const RunPlan& plan = planned.plan;
    m_trouble->hide();
    QStringList warnings = planWarnings(planned);
    for (QString& warning : warnings)
        warning.prepend(tr("Warning: "));
    setLines(m_warnings, warnings, "danger");
    m_facts->setFacts(factsOf(plan));
    m_memory->setText(tr("Memory: %1 at most, %2 may be taken; %3")
                          .arg(bytesWord(static_cast<double>(plan.peakBytes)), bytesWord(static_cast<double>(plan.memoryBytes)), passWord(plan)));
    m_bar->setPlan(plan);
    QStringList advice;
    for (const std::string& sentence : plan.advice)
        advice << tr("Advice: %1").arg(toQString(sentence));
    setLines(m_advice, advice, "body");
    setState(warnings.isEmpty() ? tr("The run fits.") : tr("Read the warning before you start."));
    m_content->show();
}

void PlanCard::fail(const Error& error) {
    m_content->hide();
    m_trouble->setTexts(toQString(error.detail), toQString(error.hint), {});
    m_trouble->show();
    setState(tr("There is no plan. The run may be started without one."));
}

} // namespace cw
