// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// search: the corpus search with the states of a clause.
#include "app/cli/cell_output.h"
#include "app/cli/commands.h"
#include "app/services/result_qt.h"
#include "core/model/names.h"
#include "core/store/search_store.h"

#include <limits>

namespace cw::cli {

namespace {

constexpr qint64 kContracts = 50;

Result<CellState> stateFromName(const QString& name) {
    for (const CellState state : {CellState::Present, CellState::Absent, CellState::NotReviewed})
        if (stateWord(state) == name)
            return state;
    return Error{ErrorCode::BadUsage, "There is no state " + toStdString(name) + ".", "Use present, absent or not_reviewed."};
}

Result<SearchRequest> requestOf(const Taxonomy& taxonomy, const Arguments& arguments) {
    SearchRequest request;
    request.words = toStdString(arguments.positional.join(u' '));
    request.clause = toStdString(arguments.value("clause"));
    if (!request.clause.empty() && !taxonomy.find(request.clause))
        return Error{ErrorCode::BadUsage, "There is no clause type " + request.clause + ".", "See clausewright-cli taxonomy."};
    if (arguments.has("state")) {
        if (request.clause.empty())
            return Error{ErrorCode::BadUsage, "--state needs a clause.", "Name it with --clause."};
        CW_TRY_ASSIGN(state, stateFromName(arguments.value("state")));
        request.state = state;
    }
    CW_TRY_ASSIGN(most, arguments.whole("limit", kContracts));
    if (most < 0)
        return Error{ErrorCode::BadUsage, "--limit takes no negative number.", ""};
    request.contracts = most == 0 ? std::numeric_limits<size_t>::max() : static_cast<size_t>(most);
    return request;
}

// A store from before the search is indexed first, where this process may write to it.
Status indexWhatIsMissing(Context& context) {
    CW_TRY_ASSIGN(view, context.openToRead());
    CW_TRY_ASSIGN(missing, view->store().search().notIndexed());
    if (missing == 0)
        return {};
    view.reset();
    auto session = context.openToWrite();
    if (!session)
        return {}; // the answer says what it doesn't see
    CW_TRY_ASSIGN(left, (*session)->store().search().indexSome(std::numeric_limits<size_t>::max()));
    (void)left;
    return {};
}

Json rangeJson(ByteRange range) { return {{"begin", range.begin}, {"end", range.end}}; }

Json hitJson(const SearchHit& hit) {
    Json places = Json::array();
    for (const ByteRange place : hit.snippet.places)
        places.push_back(rangeJson(place));
    Json json = {{"places", std::move(places)}, {"text", hit.snippet.text}, {"clauses", hit.clauses}};
    if (hit.page >= 0)
        json["page"] = hit.page + 1;
    return json;
}

Json resultJson(const SearchRequest& request, const SearchResult& result) {
    Json contracts = Json::array();
    for (const ContractHits& contract : result.contracts) {
        Json hits = Json::array();
        for (const SearchHit& hit : contract.hits)
            hits.push_back(hitJson(hit));
        Json json = {{"contract", contract.contract.value}, {"title", contract.title}, {"places", contract.places}, {"hits", std::move(hits)}};
        if (!request.clause.empty()) {
            json["state"] = nameOf(contract.state);
            json["flags"] = flagNames(contract.flags);
        }
        contracts.push_back(std::move(json));
    }
    Json json = {{"contracts", result.contractCount}, {"left", result.left()}, {"not_indexed", result.notIndexed}};
    if (!request.clause.empty())
        json["states"] = {{"present", result.states.present}, {"absent", result.states.absent}, {"not_reviewed", result.states.notReviewed}};
    json["results"] = std::move(contracts);
    return json;
}

void printHits(const SearchRequest& request, const ContractHits& contract) {
    QString head = toQString(contract.contract.value) + QStringLiteral(": %1").arg(contract.places) +
                   (contract.places == 1 ? QStringLiteral(" place") : QStringLiteral(" places"));
    if (!request.clause.empty())
        head += QStringLiteral(", %1 %2").arg(toQString(request.clause), stateWord(contract.state));
    if (const std::string flags = flagWords(contract.flags); !flags.empty())
        head += QStringLiteral(" (%1)").arg(toQString(flags));
    print(head + u'\n');
    for (const SearchHit& hit : contract.hits) {
        QStringList clauses;
        for (const std::string& clause : hit.clauses)
            clauses << toQString(clause);
        print(QStringLiteral("  %1:%2  %3%4\n").arg(hit.snippet.places.front().begin).arg(hit.snippet.places.back().end)
                  .arg(toQString(hit.snippet.text), clauses.isEmpty() ? QString() : QStringLiteral("  [%1]").arg(clauses.join(QStringLiteral(", ")))));
    }
}

void printResult(const SearchRequest& request, const SearchResult& result) {
    for (const ContractHits& contract : result.contracts)
        printHits(request, contract);
    QString foot = result.contractCount == 1 ? QStringLiteral("1 contract") : QStringLiteral("%1 contracts").arg(result.contractCount);
    if (result.left() > 0)
        foot += QStringLiteral(", %1 more with --limit 0").arg(result.left());
    if (!request.clause.empty())
        foot += QStringLiteral("; %1 present %2, absent %3, not reviewed %4").arg(toQString(request.clause))
                    .arg(result.states.present).arg(result.states.absent).arg(result.states.notReviewed);
    print(foot + QStringLiteral(".\n"));
}

Result<Exit> search(Context& context, const Arguments& arguments) {
    CW_TRY(indexWhatIsMissing(context));
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(request, requestOf(session->taxonomy(), arguments));
    CW_TRY_ASSIGN(result, session->store().search().search(request));
    if (context.json())
        printJson(resultJson(request, result));
    else
        printResult(request, result);
    if (result.notIndexed > 0)
        say(QStringLiteral("%1 contracts are not in the search yet: the window that holds the project is adding them.").arg(result.notIndexed));
    return result.contractCount > 0 ? Exit::Done : Exit::Negative;
}

} // namespace

std::vector<Command> searchCommands() {
    return {{QStringLiteral("search"), QStringLiteral("WORDS..."), QStringLiteral("Finds words in the contracts' texts, with the state of a clause there."),
             QStringLiteral("All words must occur in one passage, about a third of a page; case and accents don't matter. A phrase keeps its quotes: "
                            "'\"laws of England\"'. ren* is a beginning, -word must not occur, and or stands between two of which one must. Exit code 1: "
                            "nothing was found."),
             1, -1,
             {{QStringLiteral("clause"), QStringLiteral("KEY"), QStringLiteral("Say in which state this clause is in each contract.")},
              {QStringLiteral("state"), QStringLiteral("S"), QStringLiteral("Only contracts where it is present, absent or not_reviewed.")},
              {QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("At most so many contracts, the best first; 50, 0 for all.")}},
             search}};
}

} // namespace cw::cli
