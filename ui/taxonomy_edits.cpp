// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/taxonomy_edits.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/taxonomy_draft.h"
#include "ui/models/value_words.h"
#include "ui/taxonomy_list_delegate.h"
#include "ui/widgets/key_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>

#include <algorithm>

namespace cw {

namespace {

constexpr ValueKind kKinds[] = {ValueKind::Text,   ValueKind::Boolean, ValueKind::Date, ValueKind::Duration,
                                ValueKind::Number, ValueKind::Money,   ValueKind::Enum, ValueKind::PartyList};
constexpr int kMostTargets = 3, kSourcesShown = 8, kTitleLetters = 22, kSplitWidth = 620;

std::vector<std::string> listOf(const QString& text) {
    std::vector<std::string> out;
    for (const QString& item : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!item.trimmed().isEmpty())
            out.push_back(toStdString(item.trimmed()));
    return out;
}

QLabel* wrapped(const QString& text, const char* role) {
    auto* label = new QLabel(text);
    label->setProperty("role", QLatin1String(role));
    label->setWordWrap(true);
    return label;
}

} // namespace

TaxonomyForm::TaxonomyForm(TaxonomyDraft& draft, const QString& title, const QString& verb, const QString& explanation, QWidget* parent)
    : QDialog(parent), m_draft(draft), m_form(new QFormLayout), m_problem(wrapped({}, "danger")) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    m_form->setHorizontalSpacing(16);
    m_form->setVerticalSpacing(8);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* cancel = new KeyButton(tr("Cancel"));
    auto* take = new KeyButton(verb, KeyButton::Kind::Primary);
    take->setObjectName(QStringLiteral("takeEdit"));
    take->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(take, &QPushButton::clicked, this, &TaxonomyForm::take);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(cancel);
    foot->addWidget(take);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(16);
    column->addWidget(wrapped(explanation, "muted"));
    column->addLayout(m_form, 1);
    column->addLayout(foot);
    setMinimumWidth(520);
}

void TaxonomyForm::take() {
    const Status taken = m_draft.add(edits());
    m_problem->setText(taken ? QString() : sentence(taken.error()));
    if (taken)
        accept();
}

QComboBox* TaxonomyForm::typeBox(const QString& name) {
    auto* box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // the longest title would leave no room for the label
    box->setMinimumContentsLength(kTitleLetters);
    box->setAccessibleName(name);
    for (const ClauseType& type : m_draft.taxonomy().types())
        box->addItem(toQString(type.title), toQString(type.key));
    box->setCurrentIndex(-1);
    // Completed in its place, a new title would end as one of the list, and the first Enter would only take the completion.
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->lineEdit()->setPlaceholderText(tr("A type of the list, or a new title"));
    return box;
}

std::string TaxonomyForm::keyOf(const QComboBox* box, const ClauseType& like, std::vector<TaxonomyEdit>& edits) const {
    const QString title = box->currentText().simplified();
    if (const int found = box->findText(title, Qt::MatchFixedString); found >= 0)
        return toStdString(box->itemData(found).toString());
    if (title.isEmpty())
        return {};
    ClauseType type = like;
    type.key = m_draft.freeKey(title);
    type.title = toStdString(title);
    type.cuadCategory.clear();
    edits.push_back(AddType{type});
    return type.key;
}

NewTypeForm::NewTypeForm(TaxonomyDraft& draft, const std::string& group, QWidget* parent)
    : TaxonomyForm(draft, tr("New clause type"), tr("Add"),
                   tr("It starts without a decision in every contract. The kind of its value stays for good."), parent),
      m_title(new QLineEdit), m_group(new QComboBox), m_kind(new QComboBox), m_codes(new QLineEdit), m_guideline(new QPlainTextEdit) {
    m_title->setAccessibleName(tr("Title"));
    m_group->setAccessibleName(tr("Group"));
    m_kind->setAccessibleName(tr("Value"));
    m_codes->setAccessibleName(tr("Codes"));
    m_codes->setPlaceholderText(tr("For a choice or parties: codes, separated by commas"));
    m_guideline->setAccessibleName(tr("Guideline"));
    m_guideline->setTabChangesFocus(true);
    m_guideline->setFixedHeight(84);
    for (const ClauseGroup& each : draft.taxonomy().groups())
        m_group->addItem(toQString(each.title), toQString(each.key));
    m_group->setCurrentIndex(std::max(0, m_group->findData(toQString(group))));
    for (const ValueKind kind : kKinds)
        m_kind->addItem(kindInWords(kind), static_cast<int>(kind));
    form()->addRow(tr("Title"), m_title);
    form()->addRow(tr("Group"), m_group);
    form()->addRow(tr("Value"), m_kind);
    form()->addRow(tr("Codes"), m_codes);
    form()->addRow(tr("Guideline"), m_guideline);
    const auto showCodes = [this] {
        const auto kind = static_cast<ValueKind>(m_kind->currentData().toInt());
        form()->setRowVisible(m_codes, kind == ValueKind::Enum || kind == ValueKind::PartyList);
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, showCodes);
    showCodes();
    m_title->setFocus();
}

std::vector<TaxonomyEdit> NewTypeForm::edits() {
    ClauseType type;
    type.title = toStdString(m_title->text().simplified());
    type.key = draft().freeKey(m_title->text());
    type.group = toStdString(m_group->currentData().toString());
    type.kind = static_cast<ValueKind>(m_kind->currentData().toInt());
    type.guideline = toStdString(m_guideline->toPlainText().simplified());
    if (!m_codes->isHidden())
        type.codes = listOf(m_codes->text());
    return {AddType{type}};
}

MergeForm::MergeForm(TaxonomyDraft& draft, const std::vector<std::string>& chosen, QWidget* parent)
    : TaxonomyForm(draft, tr("Merge clause types"), tr("Merge"),
                   tr("Present wins over absent, and the evidence is joined. Where the types contradict each other, the clause is flagged "
                      "to be reviewed. The types that go are retired with their decisions kept."),
                   parent),
      m_sources(new QListWidget), m_target(typeBox(tr("Into"))) {
    m_sources->setAccessibleName(tr("Types to merge"));
    m_sources->setItemDelegate(new TaxonomyListDelegate(m_sources));
    m_sources->setMinimumHeight(kSourcesShown * size::kRow);
    const auto isChosen = [&](const ClauseType& type) { return std::find(chosen.begin(), chosen.end(), type.key) != chosen.end(); };
    for (const bool first : {true, false}) // the chosen ones are in sight
        for (const ClauseType& type : draft.taxonomy().types())
            if (isChosen(type) == first)
                addSource(type, first);
    if (!chosen.empty())
        m_target->setCurrentIndex(m_target->findData(m_sources->item(0)->data(Qt::UserRole)));
    m_sources->setCurrentRow(0);
    auto* frame = new QFrame;
    frame->setProperty("role", QStringLiteral("card"));
    auto* inside = new QVBoxLayout(frame);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_sources);
    form()->addRow(tr("Merge"), frame);
    form()->addRow(tr("Into"), m_target);
    m_target->setFocus();
}

void MergeForm::addSource(const ClauseType& type, bool checked) {
    auto* item = new QListWidgetItem(toQString(type.title), m_sources);
    const std::string code = draft().taxonomy().code(type.key);
    item->setData(Qt::UserRole, toQString(type.key));
    item->setData(TaxonomyListDelegate::CodeRole, toQString(code));
    item->setData(TaxonomyListDelegate::LetterRole, toQString(code.substr(0, 1)));
    item->setData(Qt::AccessibleTextRole, toQString(code + " " + type.title));
    item->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
}

std::vector<TaxonomyEdit> MergeForm::edits() {
    MergeTypes merge;
    for (int i = 0; i < m_sources->count(); ++i)
        if (m_sources->item(i)->checkState() == Qt::Checked)
            merge.sources.push_back(toStdString(m_sources->item(i)->data(Qt::UserRole).toString()));
    std::vector<TaxonomyEdit> out;
    const ClauseType* like = merge.sources.empty() ? nullptr : draft().taxonomy().find(merge.sources.front());
    merge.target = keyOf(m_target, like ? *like : draft().taxonomy().types().front(), out);
    out.push_back(merge);
    return out;
}

SplitForm::SplitForm(TaxonomyDraft& draft, const std::string& source, QWidget* parent)
    : TaxonomyForm(draft, tr("Split %1").arg(toQString(draft.taxonomy().find(source)->title)), tr("Split"),
                   tr("Absent stays absent for each of them. Present goes to the ones that you choose, flagged unsure, so that a person "
                      "looks at it again; choose none, and all are to be reviewed from the start."),
                   parent),
      m_source(source) {
    const QString names[] = {tr("First type"), tr("Second type"), tr("Third type, if any")};
    for (int i = 0; i < kMostTargets; ++i) {
        QComboBox* box = typeBox(names[i]);
        auto* takes = new QCheckBox(tr("takes what is present"));
        takes->setAccessibleName(tr("%1 takes what is present").arg(names[i]));
        takes->setChecked(i == 0);
        auto* field = new QWidget;
        auto* row = new QHBoxLayout(field);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(12);
        row->addWidget(box, 1);
        row->addWidget(takes);
        form()->addRow(names[i], field);
        m_targets.push_back({box, takes});
    }
    setMinimumWidth(kSplitWidth);
    m_targets.front().first->setFocus();
}

std::vector<TaxonomyEdit> SplitForm::edits() {
    std::vector<TaxonomyEdit> out;
    SplitType split;
    split.source = m_source;
    for (const auto& [box, takes] : m_targets) {
        const std::string key = keyOf(box, *draft().taxonomy().find(m_source), out);
        if (key.empty())
            continue;
        split.targets.push_back(key);
        if (takes->isChecked())
            split.present.push_back(key);
    }
    out.push_back(split);
    return out;
}

} // namespace cw
