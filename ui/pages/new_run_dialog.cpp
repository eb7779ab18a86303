// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/new_run_dialog.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/project.h"
#include "ui/widgets/key_button.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

QString kindTitle(RunKind kind) {
    switch (kind) {
    case RunKind::Sft:
        return NewRunDialog::tr("New SFT run");
    case RunKind::Dpo:
        return NewRunDialog::tr("New DPO run");
    case RunKind::Generate:
        return NewRunDialog::tr("New generation");
    case RunKind::Evaluate:
        return NewRunDialog::tr("New evaluation");
    }
    return {};
}

QSpinBox* spinBox(const QString& name, int least, int most, int value) {
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

bool isTraining(RunKind kind) { return kind == RunKind::Sft || kind == RunKind::Dpo; }

} // namespace

NewRunDialog::NewRunDialog(Project& project, RunKind kind, QWidget* parent) : QDialog(parent), m_project(project) {
    m_request.spec = defaultSpec(kind);
    setObjectName(QStringLiteral("newRunDialog"));
    setWindowTitle(kindTitle(kind));
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(20, 16, 20, 16);
    row->setSpacing(size::kGroupGap);
    for (QVBoxLayout*& column : m_columns) {
        column = new QVBoxLayout;
        column->setSpacing(8);
        row->addLayout(column, 1);
    }
    buildFields();
    buildDataFields();
    for (QVBoxLayout* column : m_columns)
        column->addStretch(1);
    alignFields();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setProperty("role", QStringLiteral("form"));

    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("runProblem"));
    m_problem->setProperty("role", QStringLiteral("danger"));
    m_problem->setWordWrap(true);
    m_help = new QLabel;
    m_help->setProperty("role", QStringLiteral("meta"));
    m_help->setWordWrap(true);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        m_help->setText(now && isAncestorOf(now) ? now->toolTip() : QString());
    });
    auto* cancel = new KeyButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_start = new KeyButton(tr("Start"), KeyButton::Kind::Primary);
    m_start->setObjectName(QStringLiteral("startRun"));
    m_start->setDefault(true);
    connect(m_start, &QPushButton::clicked, this, [this] {
        read();
        if (m_problem->text().isEmpty())
            accept();
    });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(20, 8, 20, 16);
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_help, 1);
    foot->addWidget(cancel);
    foot->addWidget(m_start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll, 1);
    column->addLayout(foot);
    constexpr int kWidth = 900, kFoot = 64, kTallest = 680; // a small screen shows it whole
    resize(kWidth, std::min(content->sizeHint().height() + kFoot, kTallest));
    read();
}

QFormLayout* NewRunDialog::section(const QString& title) {
    // The first half of the sections stands left, the settings that follow from the data right.
    const bool left = title == tr("Model") || title == tr("LoRA") || title == tr("Preference") || title == tr("Data");
    QVBoxLayout* column = m_columns[left ? 0 : 1];
    auto* head = new QLabel(title);
    head->setProperty("role", QStringLiteral("section"));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_forms[left ? 0 : 1] << form;
    column->addWidget(head);
    column->addLayout(form);
    column->addSpacing(12);
    return form;
}

// The fields of all sections of a column begin on one line.
void NewRunDialog::alignFields() {
    for (const QList<QFormLayout*>& forms : m_forms) {
        QList<QWidget*> labels;
        for (const QFormLayout* form : forms)
            for (int row = 0; row < form->rowCount(); ++row)
                if (const QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole))
                    labels << item->widget();
        int widest = 0;
        for (const QWidget* label : std::as_const(labels))
            widest = std::max(widest, label->sizeHint().width());
        for (QWidget* label : std::as_const(labels))
            label->setMinimumWidth(widest);
    }
}

QComboBox* NewRunDialog::modelBox(bool adapters) {
    auto* box = new QComboBox;
    box->setEditable(true); // a folder may be typed
    if (adapters)
        box->addItem(QString());
    if (auto models = m_project.store().models().all())
        for (const ModelRecord& model : *models)
            if ((model.kind == "adapter") == adapters)
                box->addItem(toQString(model.name));
    return box;
}

QWidget* NewRunDialog::editorFor(const RunField& field) {
    if (field.key == "model" || field.key == "adapter") {
        QComboBox* box = modelBox(field.key == "adapter");
        connect(box, &QComboBox::currentTextChanged, this, &NewRunDialog::read);
        return box;
    }
    if (!field.choices.empty()) {
        auto* box = new QComboBox;
        for (const std::string& choice : field.choices)
            box->addItem(toQString(choice));
        box->setCurrentText(toQString(fieldText(m_request.spec, field)));
        connect(box, &QComboBox::currentTextChanged, this, &NewRunDialog::read);
        return box;
    }
    auto* edit = new QLineEdit(toQString(fieldText(m_request.spec, field)));
    connect(edit, &QLineEdit::textEdited, this, &NewRunDialog::read);
    return edit;
}

void NewRunDialog::buildFields() {
    QString group;
    QFormLayout* form = nullptr;
    for (const RunField* field : runFieldsOf(m_request.spec.kind)) {
        if (const QString next = toQString(field->group); next != group) {
            group = next;
            form = section(tr(field->group.c_str()));
        }
        QWidget* editor = editorFor(*field);
        editor->setObjectName(QStringLiteral("field_") + toQString(field->key));
        editor->setAccessibleName(toQString(field->title));
        editor->setToolTip(toQString(field->help));
        form->addRow(toQString(field->title), editor);
        m_editors[field->key] = editor;
    }
}

void NewRunDialog::buildDataFields() {
    QFormLayout* form = section(tr("Data"));
    if (m_request.spec.kind == RunKind::Dpo) {
        m_useMined = new QCheckBox(tr("Also pairs that nobody ranked yet"));
        m_useMined->setChecked(true);
        m_useMined->setToolTip(tr("A mined pair sets the reference answer against the malformed output."));
        form->addRow(QString(), m_useMined);
        return;
    }
    if (!isTraining(m_request.spec.kind)) {
        m_side = new QComboBox;
        m_side->addItems({tr("train"), tr("validation"), tr("test")});
        m_side->setCurrentIndex(static_cast<int>(Side::Test));
        m_side->setAccessibleName(tr("Contracts of"));
        form->addRow(tr("Contracts of"), m_side);
    }
    m_windowBytes = spinBox(tr("Window, bytes"), 100, 200000, 16000);
    m_overlapBytes = spinBox(tr("Overlap, bytes"), 0, 20000, 800);
    m_negatives = spinBox(tr("Negatives, percent"), 0, 100, 100);
    m_only = new QLineEdit;
    m_only->setAccessibleName(tr("Only these clauses"));
    m_only->setPlaceholderText(tr("all; or governing_law, parties"));
    form->addRow(tr("Window, bytes"), m_windowBytes);
    form->addRow(tr("Overlap, bytes"), m_overlapBytes);
    if (isTraining(m_request.spec.kind))
        form->addRow(tr("Negatives, %"), m_negatives);
    form->addRow(tr("Only"), m_only);
    connect(m_only, &QLineEdit::textEdited, this, &NewRunDialog::read);
}

void NewRunDialog::read() {
    if (!m_problem)
        return; // still building
    QString problem;
    for (const auto& [key, editor] : m_editors) {
        const auto* box = qobject_cast<QComboBox*>(editor);
        const QString text = box ? box->currentText() : static_cast<QLineEdit*>(editor)->text();
        const Status set = setField(m_request.spec, key, text.trimmed().toStdString());
        if (!set && problem.isEmpty())
            problem = sentence(set.error());
    }
    if (const Status valid = validate(m_request.spec); !valid && problem.isEmpty())
        problem = sentence(valid.error());
    if (m_side)
        m_request.side = static_cast<Side>(m_side->currentIndex());
    if (m_useMined)
        m_request.useMined = m_useMined->isChecked();
    if (m_windowBytes) {
        m_request.data.chunk = {static_cast<size_t>(m_windowBytes->value()), static_cast<size_t>(m_overlapBytes->value())};
        m_request.data.negatives = m_negatives->value() / 100.0;
        m_request.data.only.clear();
        for (const QString& key : m_only->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            m_request.data.only.push_back(key.trimmed().toStdString());
            if (!m_project.session().taxonomy().find(m_request.data.only.back()) && problem.isEmpty())
                problem = tr("There is no clause type %1; use the keys of the taxonomy, such as governing_law.").arg(key.trimmed());
        }
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_help->setVisible(problem.isEmpty());
    m_start->setEnabled(problem.isEmpty());
}

} // namespace cw
