// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/agreement_service.h"

#include "app/services/result_qt.h"

namespace cw {

namespace {

QString rate(const std::optional<double>& value) {
    return value ? QString::number(*value, 'f', 3) : QStringLiteral("n/a");
}

QString tsvRow(const QString& title, const Agreement& of) {
    const auto end = [&](size_t at) { return of.kappaInterval ? rate((*of.kappaInterval)[at]) : rate(std::nullopt); };
    return QStringList{title,
                       QString::number(of.cells()),
                       rate(of.raw()),
                       rate(of.positive()),
                       rate(of.negative()),
                       rate(of.kappa()),
                       end(0),
                       end(1),
                       rate(of.spanF1()),
                       rate(of.exactShare()),
                       rate(of.valueEquality()),
                       QString::number(of.unreviewed)}
               .join(u'\t') +
           u'\n';
}

} // namespace

Result<AgreementReport> readAgreement(StoreSession& session) {
    ReadingStore& readings = session.store().readings();
    CW_TRY_ASSIGN(pairs, readings.pairs());
    CW_TRY_ASSIGN(states, readings.states());
    CW_TRY_ASSIGN(open, readings.openConflicts());
    CW_TRY_ASSIGN(contracts, session.store().contracts().all());
    std::map<ContractId, std::string> titles;
    for (Contract& contract : contracts)
        titles.emplace(contract.id, std::move(contract.title));
    AgreementReport report;
    report.table = agreement(pairs, session.taxonomy());
    report.progress = progressOf(states);
    for (CellConflict& conflict : report.table.conflicts) {
        const bool isOpen = open.contains({conflict.contract, conflict.clause});
        report.openConflicts += isOpen;
        const std::string title = titles[conflict.contract];
        report.conflicts.push_back({std::move(conflict), title, isOpen});
    }
    report.table.conflicts.clear(); // they are in the list above
    return report;
}

Cell takenFrom(const Cell& reading) {
    Cell cell = reading;
    cell.flags = {}; // who takes it is sure; the store flags a missing value anew
    return cell;
}

Result<Cell> takeReading(StoreSession& session, const ContractId& contract, const std::string& clause, Reading reading) {
    AnnotationStore& cells = session.store().annotations();
    CW_TRY_ASSIGN(before, cells.cell(contract, clause));
    CW_TRY_ASSIGN(taken, cells.cell(contract, clause, reading));
    if (!before.flags.conflict || taken.state == CellState::NotReviewed)
        return Error{ErrorCode::BadUsage, "The readings of " + clause + " of " + contract.value + " are not in conflict.",
                     "List what is with `agreement`."};
    CW_TRY(session.setCell(contract, takenFrom(taken), "adjudicate"));
    return cells.cell(contract, clause);
}

DoubleProgress progressOf(const std::map<ContractId, DoubleStatus>& states) {
    DoubleProgress progress;
    for (const auto& [contract, status] : states) {
        progress.assigned += status.state == DoubleState::Assigned;
        progress.inProgress += status.state == DoubleState::InProgress;
        progress.waiting += status.state == DoubleState::Waiting;
        progress.toAdjudicate += status.state == DoubleState::ToAdjudicate;
        progress.done += status.state == DoubleState::Done;
    }
    return progress;
}

bool isLow(const Agreement& agreement) {
    return agreement.kappa().value_or(1) < kLowKappa;
}

QString agreementTsv(const AgreementTable& table, const Taxonomy& taxonomy) {
    QString out = QStringLiteral("Clause type\tn\tRaw\tPositive\tNegative\tKappa\tKappa from\tKappa to\tSpan F1\tExact spans\tValues "
                                 "equal\tLeft out\n");
    for (const auto& [clause, of] : table.perClause) {
        const ClauseType* type = taxonomy.find(clause);
        out += tsvRow(toQString(type ? type->title : clause), of);
    }
    return out + tsvRow(QStringLiteral("All"), table.total);
}

} // namespace cw
