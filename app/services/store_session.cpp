// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/store_session.h"

#include "app/services/result_qt.h"
#include "app/services/run_leftovers.h"
#include "app/services/settings.h"
#include "resources/resources.h"

#include <QFile>

#include <pwd.h>
#include <unistd.h>

namespace cw {

namespace {

std::filesystem::path pathOf(const QString& folder) {
    return QFile::encodeName(folder).toStdString();
}

// The failures that leave a project readable: somebody else writes to it, or nobody can here.
bool leavesItReadable(ErrorCode code) {
    return code == ErrorCode::Locked || code == ErrorCode::WriteFailed || code == ErrorCode::Unsupported;
}

QString systemUserName() {
    const passwd* entry = ::getpwuid(::getuid());
    return entry && *entry->pw_name ? QFile::decodeName(entry->pw_name) : QStringLiteral("user ") + QString::number(::getuid());
}

} // namespace

Identity currentIdentity(const QString& annotator) {
    Settings settings;
    QString person = annotator.trimmed();
    if (person.isEmpty())
        person = settings.annotator();
    if (person.isEmpty())
        person = systemUserName();
    return {toStdString(person), std::to_string(::getuid()), toStdString(settings.deviceId())};
}

StoreSession::StoreSession(std::unique_ptr<ProjectStore> store) : m_store(std::move(store)) {}

StoreSession::~StoreSession() = default;

Result<std::unique_ptr<StoreSession>> StoreSession::create(const QString& folder, const Identity& identity,
                                                           const Clock& clock) {
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(defaultTaxonomyJson().toStdString(), "the default taxonomy"));
    CW_TRY_ASSIGN(store, ProjectStore::create(pathOf(folder), taxonomy, identity, clock));
    return std::unique_ptr<StoreSession>(new StoreSession(std::move(store)));
}

Result<std::unique_ptr<StoreSession>> StoreSession::open(const QString& folder, OpenMode mode, Fallback fallback,
                                                         const Identity& identity, const Clock& clock) {
    auto store = ProjectStore::open(pathOf(folder), mode, identity, clock);
    Error reason;
    if (!store && mode == OpenMode::ReadWrite && fallback == Fallback::ViewOnly &&
        leavesItReadable(store.error().code)) {
        reason = store.error();
        store = ProjectStore::open(pathOf(folder), OpenMode::ViewOnly, identity, clock);
    }
    if (!store)
        return store.error();
    if (!(*store)->viewOnly())
        removeUnstartedRuns(**store);
    std::unique_ptr<StoreSession> session(new StoreSession(std::move(*store)));
    session->m_lockReason = reason;
    return session;
}

QString StoreSession::name() const {
    return toQString(m_store->name());
}

Status StoreSession::setCell(const ContractId& contract, const Cell& cell, std::string_view action, Reading reading) {
    return setCells(contract, {cell}, action, reading);
}

Status StoreSession::setCells(const ContractId& contract, const std::vector<Cell>& cells, std::string_view action, Reading reading,
                              const Also& also) {
    const Status written = m_store->atomically([&]() -> Status {
        CW_TRY(m_store->annotations().setAll(contract, cells, action, reading));
        return also ? also() : Status();
    });
    CW_TRY(written);
    for (const Cell& cell : cells)
        Q_EMIT cellChanged(contract, toQString(cell.clause));
    tellSaved();
    return {};
}

void StoreSession::setPerson(const QString& person) {
    if (person == this->person())
        return;
    m_store->setPerson(toStdString(person));
    Q_EMIT personChanged(person);
}

QString StoreSession::person() const {
    return toQString(m_store->identity().person);
}

Reading StoreSession::readingOf(const ContractId& contract) {
    const auto reading = m_store->readings().readingFor(contract, m_store->identity().person);
    return reading ? *reading : Reading::Record;
}

Status StoreSession::assignSecondReader(const std::vector<ContractId>& contracts, const QString& person) {
    CW_TRY(m_store->readings().assign(contracts, toStdString(person.simplified())));
    tellReadings();
    return {};
}

Status StoreSession::withdrawSecondReader(const std::vector<ContractId>& contracts) {
    CW_TRY(m_store->readings().withdraw(contracts));
    tellReadings();
    return {};
}

Result<std::vector<std::string>> StoreSession::finish(const ContractId& contract) {
    CW_TRY_ASSIGN(conflicts, m_store->readings().finish(contract, readingOf(contract)));
    tellReadings();
    for (const std::string& clause : conflicts)
        Q_EMIT cellChanged(contract, toQString(clause));
    return conflicts;
}

Status StoreSession::reopen(const ContractId& contract) {
    CW_TRY(m_store->readings().reopen(contract, readingOf(contract)));
    tellReadings();
    return {};
}

void StoreSession::tellReadings() {
    Q_EMIT readingsChanged();
    tellSaved();
}

Status StoreSession::vote(const PairId& pair, Verdict verdict, const std::vector<std::string>& reasons,
                          std::string_view action, const Also& also) {
    const Status written = m_store->atomically([&]() -> Status {
        CW_TRY(m_store->preferences().vote(pair, verdict, reasons, action));
        return also ? also() : Status();
    });
    CW_TRY(written);
    Q_EMIT pairVoted(pair);
    tellSaved();
    return {};
}

Result<ChangeCounts> StoreSession::changeTaxonomy(const TaxonomyChange& change) {
    CW_TRY_ASSIGN(counts, m_store->taxonomies().apply(change));
    Q_EMIT taxonomyChanged();
    tellSaved();
    return counts;
}

Result<int> StoreSession::undoTaxonomy(int version) {
    if (taxonomy().version() != version)
        return Error{ErrorCode::BadUsage, "The clause types were changed again since version " + std::to_string(version) + ".",
                     "Take the newest change back first."};
    CW_TRY_ASSIGN(cells, m_store->taxonomies().undo());
    Q_EMIT taxonomyChanged();
    tellSaved();
    return cells;
}

void StoreSession::notifyContracts() {
    Q_EMIT contractsChanged();
    tellSaved();
}

void StoreSession::notifySplits() {
    Q_EMIT splitsChanged();
    tellSaved();
}

void StoreSession::notifyPairs() {
    Q_EMIT pairsChanged();
    tellSaved();
}

void StoreSession::notifyRuns() {
    Q_EMIT runsChanged();
    tellSaved();
}

void StoreSession::notifySuggestions() {
    Q_EMIT suggestionsChanged();
    tellSaved();
}

void StoreSession::notifyReviews() {
    Q_EMIT reviewsChanged();
    tellSaved();
}

void StoreSession::tellSaved() {
    Q_EMIT saved(QDateTime::fromMSecsSinceEpoch(unixMilliseconds(m_store->clock().now()), Qt::UTC));
}

} // namespace cw
