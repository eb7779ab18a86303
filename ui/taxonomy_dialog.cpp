// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the editor does; its widgets are in taxonomy_dialog_layout.cpp.
#include "ui/taxonomy_dialog.h"

#include "app/services/background.h"
#include "app/services/store_view.h"
#include "ui/dialogs.h"
#include "ui/guideline_history_dialog.h"
#include "ui/message.h"
#include "ui/models/change_words.h"
#include "ui/models/value_words.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/taxonomy_edits.h"
#include "ui/widgets/taxonomy_table.h"

#include <QAction>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScopedValueRollback>

namespace cw {

namespace {

constexpr int kEditsShown = 4;

std::vector<std::string> itemsOf(const QString& text, QLatin1Char separator) {
    std::vector<std::string> out;
    for (const QString& item : text.split(separator, Qt::SkipEmptyParts))
        if (!item.simplified().isEmpty())
            out.push_back(toStdString(item.simplified()));
    return out;
}

QString joined(const std::vector<std::string>& items, const QString& separator) {
    QStringList out;
    for (const std::string& item : items)
        out << toQString(item);
    return out.join(separator);
}

// The first lines, and how many more there are.
QString lines(const QStringList& all) {
    QStringList shown = all.mid(0, kEditsShown);
    if (all.size() > kEditsShown)
        shown << TaxonomyDialog::tr("and %1 more").arg(all.size() - kEditsShown);
    return shown.join(QLatin1Char('\n'));
}

} // namespace

void TaxonomyDialog::load() {
    std::map<std::string, TypeUse> uses;
    int contracts = 0;
    if (auto read = m_project.store().taxonomies().uses())
        uses = std::move(*read);
    if (const auto all = m_project.store().contracts().all())
        contracts = static_cast<int>(all->size());
    m_draft.start(m_project.session().taxonomy(), std::move(uses), contracts);
}

void TaxonomyDialog::showType() {
    m_shown = m_table->currentKey();
    const ClauseType* type = m_draft.type(m_shown);
    if (!type)
        return;
    m_filling = true;
    const bool used = m_draft.taxonomy().find(m_shown);
    m_head->setText(used ? tr("%1 \u00b7 %2").arg(toQString(m_draft.taxonomy().code(m_shown)), kindInWords(type->kind))
                         : tr("Retired: its decisions are kept, and it can be brought back."));
    m_title->setText(toQString(type->title));
    m_group->setCurrentIndex(m_group->findData(toQString(type->group)));
    m_guideline->setPlainText(toQString(type->guideline));
    m_example->setText(toQString(type->example));
    m_terms->setPlainText(joined(type->searchTerms, QStringLiteral("\n")));
    m_codes->setText(joined(type->codes, QStringLiteral(", ")));
    m_form->setRowVisible(m_codes, !type->codes.empty());
    const bool editable = used && !m_project.session().viewOnly();
    for (QLineEdit* line : {m_title, m_example, m_codes})
        line->setReadOnly(!editable);
    for (QPlainTextEdit* text : {m_guideline, m_terms})
        text->setReadOnly(!editable);
    m_group->setEnabled(editable);
    m_filling = false;
    refreshActions();
}

void TaxonomyDialog::refreshActions() {
    const bool writable = !m_project.session().viewOnly();
    const bool used = m_draft.taxonomy().find(m_shown);
    m_retire->setText(used ? tr("Retire") : tr("Bring back"));
    m_retire->setIconText(m_retire->text());
    m_addType->setEnabled(writable);
    m_retire->setEnabled(writable && m_draft.type(m_shown));
    for (QAction* action : {m_merge, m_split, m_up, m_down})
        action->setEnabled(writable && used);
    for (QAction* action : {m_takeBack, m_discard, m_apply})
        action->setEnabled(writable && !m_draft.change().empty());
}

void TaxonomyDialog::showDraft() {
    m_table->setCurrentKey(m_shown);
    if (!m_typing)
        showType();
    m_edits->setText(lines(editsInWords(m_draft.change(), m_draft.base(), m_draft.taxonomy())));
    m_edits->setVisible(!m_draft.change().empty());
    ++m_previewed;
    if (m_draft.change().empty())
        m_counts->setText(m_project.session().viewOnly() ? tr("Nothing: the project is open for viewing only.")
                                                         : tr("No edits yet. Whatever you change here stays a draft until you apply it."));
    else
        m_previewTimer.start();
    refreshActions();
}

void TaxonomyDialog::preview() {
    m_counts->setText(tr("Counting \u2026"));
    inBackground(
        this,
        [folder = m_project.folder(), identity = m_project.store().identity(), change = m_draft.change()] {
            return withView(folder, identity, [&](StoreSession& view) { return view.store().taxonomies().preview(change); });
        },
        [this, edits = m_previewed](const Result<ChangeCounts>& counts) {
            if (edits == m_previewed)
                m_counts->setText(counts ? countsInWords(*counts).join(QLatin1Char('\n')) : sentence(counts.error()));
        });
}

void TaxonomyDialog::take(const Status& status) {
    m_problem->setText(status ? QString() : sentence(status.error()));
    m_problem->setVisible(!status.ok());
}

void TaxonomyDialog::takeTexts() {
    if (m_filling || m_project.session().viewOnly() || !m_draft.taxonomy().find(m_shown))
        return;
    EditTexts texts{m_shown, toStdString(m_title->text().simplified()), toStdString(m_guideline->toPlainText().trimmed()),
                    toStdString(m_example->text().simplified()), itemsOf(m_terms->toPlainText(), QLatin1Char('\n'))};
    const QScopedValueRollback typing(m_typing, true);
    take(m_draft.setTexts(texts));
}

void TaxonomyDialog::takeCodes() {
    if (!m_filling && !m_codes->isReadOnly() && m_codes->isModified())
        take(m_draft.setCodes(m_shown, itemsOf(m_codes->text(), QLatin1Char(','))));
}

void TaxonomyDialog::addType() {
    const ClauseType* at = m_draft.type(m_shown);
    auto* form = new NewTypeForm(m_draft, at ? at->group : std::string(), this);
    connect(form, &QDialog::accepted, this, [this] {
        if (const auto* added = std::get_if<AddType>(&m_draft.change().edits.back()))
            m_table->setCurrentKey(added->type.key);
    });
    form->open();
}

void TaxonomyDialog::retireOrRevive() {
    const std::string key = m_shown;
    take(m_draft.add({m_draft.taxonomy().find(key) ? TaxonomyEdit(RetireType{key}) : TaxonomyEdit(ReviveType{key})}));
}

void TaxonomyDialog::merge() { (new MergeForm(m_draft, m_table->selectedKeys(), this))->open(); }
void TaxonomyDialog::split() { (new SplitForm(m_draft, m_shown, this))->open(); }
void TaxonomyDialog::moveUp() { moveBy(-1); }
void TaxonomyDialog::moveDown() { moveBy(1); }

void TaxonomyDialog::moveBy(int step) {
    const ClauseType* type = m_draft.taxonomy().find(m_shown);
    if (!type)
        return;
    int place = 0, count = 0;
    for (const ClauseType& each : m_draft.taxonomy().types()) {
        count += each.group == type->group;
        place = each.key == type->key ? count : place;
    }
    if (place + step >= 1 && place + step <= count)
        take(m_draft.move({m_shown, type->group, place + step}));
}

void TaxonomyDialog::moveToGroup() {
    const ClauseType* type = m_draft.taxonomy().find(m_shown);
    const std::string group = toStdString(m_group->currentData().toString());
    if (m_filling || !type || type->group == group)
        return;
    take(m_draft.move({m_shown, group, static_cast<int>(kMostTypesInGroup)}));
    showType(); // where it was refused, the box goes back
}

void TaxonomyDialog::showHistory() {
    const auto versions = m_project.store().taxonomies().versions();
    if (!versions)
        return take(versions.error());
    const ClauseType* type = m_draft.type(m_shown);
    (new GuidelineHistoryDialog(type ? toQString(type->title) : QString(), guidelineHistory(*versions, m_shown), this))->open();
}

void TaxonomyDialog::takeBack() { m_draft.takeBack(); }

void TaxonomyDialog::discard() {
    m_draft.discard();
    take({});
}

void TaxonomyDialog::applyChange() {
    StoreSession& session = m_project.session();
    const auto counts = session.changeTaxonomy(m_draft.change());
    if (!counts)
        return take(counts.error());
    m_draft.discard();
    Shell& shell = m_shell;
    const auto takeBack = [&shell, open = QPointer<StoreSession>(&session), made = session.taxonomy().version()] {
        if (!open)
            return; // the project was closed since
        if (const auto undone = open->undoTaxonomy(made); !undone)
            shell.showMessage(failure(undone.error()));
        else
            shell.showMessage({Message::Kind::Info, tr("The clause types are version %1 again.").arg(open->taxonomy().version()), {}, {}});
    };
    shell.showMessage({Message::Kind::Success,
                       tr("The clause types are now version %1; %2 contracts were touched.").arg(session.taxonomy().version()).arg(counts->contracts),
                       tr("Undo"), takeBack});
    accept();
}

void TaxonomyDialog::reject() {
    const bool drop = m_draft.change().empty() ||
                      m_shell.dialogs().confirm(this, tr("Drop the edits?"), tr("The edits to the clause types are not applied yet."), tr("Drop them"));
    if (drop)
        QDialog::reject();
}

} // namespace cw
