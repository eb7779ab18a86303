// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/reading_actions.h"

#include "ui/action_registry.h"
#include "ui/agreement_dialog.h"
#include "ui/people_dialog.h"
#include "ui/project.h"
#include "ui/shell.h"

namespace cw {

namespace {

QString contractsWord(size_t count) {
    return count == 1 ? ReadingActions::tr("1 contract") : ReadingActions::tr("%1 contracts").arg(count);
}

Message done(const QString& text) { return {Message::Kind::Success, text, {}, {}}; }

} // namespace

ReadingActions::ReadingActions(Shell& shell, QWidget* page, const QString& section, Selection selected)
    : QObject(page), m_shell(shell), m_page(page), m_section(section), m_selected(std::move(selected)) {
    const int ctrlShift = static_cast<int>(Qt::CTRL) | static_cast<int>(Qt::SHIFT);
    add("assign", tr("Assign a second reader"), {ctrlShift | Qt::Key_A}, QStringLiteral("person"), &ReadingActions::assign);
    add("withdraw", tr("Take the second reader away"), {}, {}, &ReadingActions::withdraw);
    add("finish", tr("Finish the contract"), {static_cast<int>(Qt::CTRL) | Qt::Key_Return}, {}, &ReadingActions::finish);
    add("reopen", tr("Reopen the contract"), {}, {}, &ReadingActions::reopen);
    add("agreement", tr("Show the agreement between readers"), {ctrlShift | Qt::Key_G}, {}, &ReadingActions::showAgreement);
    setProject(nullptr);
}

QAction* ReadingActions::add(const char* id, const QString& text, const QList<int>& keys, const QString& icon, void (ReadingActions::*run)()) {
    QList<QKeySequence> sequences;
    for (const int key : keys)
        sequences << QKeySequence(key);
    QAction* action = m_shell.actions().add(m_page, {QStringLiteral("reading.") + QLatin1String(id), text, m_section, sequences, icon},
                                            [this, run] { (this->*run)(); });
    m_actions << action;
    return action;
}

void ReadingActions::setProject(Project* project) {
    m_project = project;
    if (project) {
        connect(&project->session(), &StoreSession::readingsChanged, this, &ReadingActions::changed);
        connect(&project->session(), &StoreSession::personChanged, this, &ReadingActions::changed);
    }
    for (QAction* action : std::as_const(m_actions))
        action->setEnabled(canWrite());
    m_actions.last()->setEnabled(project != nullptr); // to look at the agreement needs no lock
}

bool ReadingActions::canWrite() const { return m_project && !m_project->session().viewOnly(); }

void ReadingActions::assign() {
    const std::vector<ContractId> contracts = m_selected();
    if (!canWrite() || contracts.empty())
        return;
    auto* dialog = new PeopleDialog(m_shell.settings(), PeopleDialog::Purpose::SecondReader,
                                    tr("Who reads %1 a second time?").arg(contractsWord(contracts.size())), tr("Assign %1"), m_page);
    connect(dialog, &PeopleDialog::chosen, this, [this, contracts](const QString& person) { giveTo(contracts, person); });
    dialog->open();
}

void ReadingActions::giveTo(const std::vector<ContractId>& contracts, const QString& person) {
    if (const Status assigned = m_project->session().assignSecondReader(contracts, person); !assigned)
        return m_shell.showMessage(failure(assigned.error()));
    m_shell.showMessage(done(tr("%1 reads %2 a second time, without seeing the record.").arg(person, contractsWord(contracts.size()))));
}

void ReadingActions::withdraw() {
    const std::vector<ContractId> contracts = m_selected();
    if (!canWrite() || contracts.empty())
        return;
    if (const Status withdrawn = m_project->session().withdrawSecondReader(contracts); !withdrawn)
        return m_shell.showMessage(failure(withdrawn.error()));
    m_shell.showMessage(done(tr("%1 without a second reader.").arg(contractsWord(contracts.size()))));
}

// One failure stops nothing: the others are finished, and the first that is not says why.
void ReadingActions::finish() {
    size_t finished = 0, conflicts = 0;
    std::optional<Error> first;
    for (const ContractId& contract : canWrite() ? m_selected() : std::vector<ContractId>()) {
        const auto differ = m_project->session().finish(contract);
        finished += differ.ok();
        conflicts += differ ? differ->size() : 0;
        if (!differ && !first)
            first = differ.error();
    }
    if (finished > 0)
        m_shell.showMessage(done(conflicts == 0 ? tr("Finished: %1.").arg(contractsWord(finished))
                                                : tr("Finished: %1. The two readings differ in %2 clauses, which are to be adjudicated.")
                                                      .arg(contractsWord(finished))
                                                      .arg(conflicts)));
    if (first)
        m_shell.showMessage(failure(*first));
}

void ReadingActions::reopen() {
    for (const ContractId& contract : canWrite() ? m_selected() : std::vector<ContractId>())
        if (const Status reopened = m_project->session().reopen(contract); !reopened)
            return m_shell.showMessage(failure(reopened.error()));
}

void ReadingActions::showAgreement() {
    if (!m_project)
        return;
    auto* dialog = new AgreementDialog(*m_project, m_page);
    connect(dialog, &AgreementDialog::failed, this, [this](const Error& error) { m_shell.showMessage(failure(error)); });
    connect(dialog, &AgreementDialog::conflictChosen, this,
            [this](const ContractId& contract, const QString& clause) { m_shell.openContract(contract, clause); });
    dialog->open();
}

template <typename Accepts> std::set<ContractId> ReadingActions::contractsWhere(Accepts accepts) const {
    std::set<ContractId> out;
    if (!m_project)
        return out;
    const auto states = m_project->store().readings().states();
    if (!states) {
        m_shell.showMessage(failure(states.error()));
        return out;
    }
    for (const auto& [contract, status] : *states)
        if (accepts(status))
            out.insert(contract);
    return out;
}

std::set<ContractId> ReadingActions::toAdjudicate() const {
    return contractsWhere([](const DoubleStatus& status) { return status.conflicts > 0; });
}

std::set<ContractId> ReadingActions::mySecondReadings() const {
    const std::string me = m_project ? m_project->store().identity().person : std::string();
    return contractsWhere([&](const DoubleStatus& status) {
        return status.secondReader == me && (status.state == DoubleState::Assigned || status.state == DoubleState::InProgress);
    });
}

} // namespace cw
