// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/run_form.h"

#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "ui/appearance.h"
#include "ui/project.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/strategy_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <filesystem>

namespace cw {

namespace {

QSpinBox* spinBox(const QString& name, int least, int most, int value) {
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

// The shortest way to write it that the field reads back: 4e-5.
QString rateText(double rate) { return shortNumber(rate, QLocale::c()); }

} // namespace

RunForm::RunForm(Project& project, const RunRequest& request, QWidget* parent) : QWidget(parent), m_project(project), m_request(request) {
    auto* row = new QHBoxLayout(this);
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
    m_built = true;
    read();
}

QFormLayout* RunForm::addForm(int column) {
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_forms[column] << form;
    return form;
}

// What a run is and learns from stands left, how it learns right; what most runs leave as it is stands folded under its group.
QFormLayout* RunForm::section(const QString& group, bool advanced, bool isFirst) {
    const bool left = group == QLatin1String("Model") || group == QLatin1String("LoRA") || group == QLatin1String("Preference") ||
                      group == QLatin1String("Sweep") || group == QLatin1String("Data");
    QVBoxLayout* column = m_columns[left ? 0 : 1];
    QFormLayout* form = addForm(left ? 0 : 1);
    const QString title = tr(group.toUtf8().constData());
    if (advanced) {
        m_fold = new Fold(isFirst ? title : tr("More of %1").arg(title));
        m_fold->setObjectName(QStringLiteral("fold_") + group);
        auto* content = new QWidget;
        content->setLayout(form);
        form->setContentsMargins(0, 0, 0, 0);
        m_fold->setContent(content);
        column->addWidget(m_fold);
        return form;
    }
    m_fold = nullptr;
    auto* head = new QLabel(title);
    head->setProperty("role", QStringLiteral("section"));
    if (column->count() > 0)
        column->addSpacing(8);
    column->addWidget(head);
    column->addLayout(form);
    return form;
}

// The fields of all sections of a column begin on one line.
void RunForm::alignFields() {
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

// A folder that the project has a name for shows as the name.
QComboBox* RunForm::modelBox(bool adapters, const std::string& folder) {
    auto* box = new QComboBox;
    box->setEditable(true); // a folder may be typed
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    if (adapters)
        box->addItem(QString());
    QString shown = toQString(folder);
    if (auto models = m_project.store().models().all())
        for (const ModelRecord& model : *models)
            if ((model.kind == "adapter") == adapters) {
                box->addItem(toQString(model.name));
                if ((m_project.store().folder() / model.folder).lexically_normal() == std::filesystem::path(folder))
                    shown = toQString(model.name);
            }
    if (!shown.isEmpty())
        box->setCurrentText(shown);
    return box;
}

QWidget* RunForm::editorFor(const RunField& field) {
    if (field.key == "model" || field.key == "adapter") {
        QComboBox* box = modelBox(field.key == "adapter", fieldText(m_request.spec, field));
        connect(box, &QComboBox::currentTextChanged, this, &RunForm::read);
        return box;
    }
    if (!field.choices.empty()) {
        auto* box = new QComboBox;
        for (const std::string& choice : field.choices)
            box->addItem(toQString(choice));
        box->setCurrentText(toQString(fieldText(m_request.spec, field)));
        connect(box, &QComboBox::currentTextChanged, this, &RunForm::read);
        return box;
    }
    auto* edit = new QLineEdit(toQString(fieldText(m_request.spec, field)));
    connect(edit, &QLineEdit::textEdited, this, &RunForm::read);
    return edit;
}

void RunForm::addField(QFormLayout* form, const RunField& field) {
    QWidget* editor = editorFor(field);
    editor->setObjectName(QStringLiteral("field_") + toQString(field.key));
    editor->setAccessibleName(toQString(field.title));
    editor->setToolTip(toQString(field.help));
    form->addRow(toQString(field.title), editor);
    m_editors[field.key] = editor;
    if (m_fold)
        m_folds[field.key] = m_fold;
    if (field.key == "learning_rate")
        form->addRow(QString(), rateHint());
}

void RunForm::buildFields() {
    std::vector<const RunField*> fields = runFieldsOf(m_request.spec.kind);
    std::vector<std::string> groups;
    for (const RunField* field : fields)
        if (std::find(groups.begin(), groups.end(), field->group) == groups.end())
            groups.push_back(field->group);
    for (const std::string& group : groups) {
        bool isFirst = true;
        for (const bool advanced : {false, true}) {
            QFormLayout* form = nullptr;
            for (const RunField* field : fields)
                if (field->group == group && field->advanced == advanced) {
                    if (!form)
                        form = section(toQString(group), advanced, isFirst);
                    isFirst = false;
                    addField(form, *field);
                }
        }
    }
}

QWidget* RunForm::rateHint() {
    m_rateHint = new QLabel;
    m_rateHint->setObjectName(QStringLiteral("rateHint"));
    m_rateHint->setProperty("role", QStringLiteral("meta"));
    m_rateHint->setWordWrap(true);
    m_useRate = new KeyButton(QString());
    m_useRate->setObjectName(QStringLiteral("useRate"));
    m_useRate->setSmall(true);
    connect(m_useRate, &QPushButton::clicked, this, [this] {
        if (auto* edit = qobject_cast<QLineEdit*>(m_editors.at("learning_rate"))) {
            edit->setText(rateText(suggestedLearningRate(m_request.spec.kind, true)));
            edit->setFocus();
            read();
        }
    });
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(4);
    column->addWidget(m_rateHint);
    column->addWidget(m_useRate, 0, Qt::AlignLeft);
    return box;
}

// A smaller rate is offered in words, and taken only when a person takes it.
void RunForm::showRateHint() {
    if (!m_rateHint)
        return;
    const RunSpec& spec = m_request.spec;
    const double suggested = suggestedLearningRate(spec.kind, true);
    const bool warm = !spec.adapter.empty() && spec.kind != RunKind::Dpo;
    m_rateHint->parentWidget()->setVisible(warm && spec.learningRate > 1.01 * suggested);
    m_useRate->setText(tr("Use %1").arg(rateText(suggested)));
    m_useRate->setAccessibleName(tr("Use the learning rate %1").arg(rateText(suggested)));
    m_rateHint->setText(tr("A warm start: %1, a fifth of the usual rate, keeps more of what the adapter has learnt.").arg(rateText(suggested)));
}

void RunForm::buildDataFields() {
    QFormLayout* form = section(QStringLiteral("Data"), false, true);
    if (m_request.spec.kind == RunKind::Dpo) {
        m_useMined = new QCheckBox(tr("Also pairs that nobody ranked yet"));
        m_useMined->setChecked(m_request.useMined);
        m_useMined->setToolTip(tr("A mined pair sets the reference answer against the malformed output."));
        form->addRow(QString(), m_useMined);
        connect(m_useMined, &QCheckBox::toggled, this, &RunForm::read);
        return;
    }
    buildSplitBox(form);
    if (!makesAdapter(m_request.spec.kind)) {
        m_side = new QComboBox;
        m_side->addItems({tr("train"), tr("validation"), tr("test")});
        m_side->setCurrentIndex(static_cast<int>(m_request.side));
        m_side->setAccessibleName(tr("Contracts of"));
        form->addRow(tr("Contracts of"), m_side);
        connect(m_side, &QComboBox::currentIndexChanged, this, &RunForm::read);
    }
    const DatasetOptions& chosen = m_request.data;
    m_windowBytes = spinBox(tr("Window, bytes"), 100, 200000, static_cast<int>(chosen.chunk.maxBytes));
    m_overlapBytes = spinBox(tr("Overlap, bytes"), 0, 20000, static_cast<int>(chosen.chunk.overlapBytes));
    m_negatives = spinBox(tr("Negatives, percent"), 0, 100, static_cast<int>(100 * chosen.negatives + 0.5));
    QStringList only;
    for (const std::string& key : chosen.only)
        only << toQString(key);
    m_only = new QLineEdit(only.join(QStringLiteral(", ")));
    m_only->setAccessibleName(tr("Only these clauses"));
    m_only->setPlaceholderText(tr("all; or governing_law, parties"));
    m_strategy = strategyBox(chosen.chunk.strategy);
    m_stubBytes = stubBox(chosen.chunk.stubBytes, m_strategy);
    form->addRow(tr("Cut by"), m_strategy);
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &RunForm::read);
    form->addRow(tr("Window, bytes"), m_windowBytes);
    form->addRow(tr("Overlap, bytes"), m_overlapBytes);
    form->addRow(tr("Stub, bytes"), m_stubBytes);
    if (makesAdapter(m_request.spec.kind))
        form->addRow(tr("Negatives, %"), m_negatives);
    else
        m_negatives->setParent(this), m_negatives->hide();
    form->addRow(tr("Only"), m_only);
    connect(m_only, &QLineEdit::textEdited, this, &RunForm::read);
    for (QSpinBox* box : {m_windowBytes, m_overlapBytes, m_stubBytes, m_negatives})
        connect(box, &QSpinBox::valueChanged, this, &RunForm::read);
}

// The splits of the project; one that a request names and that isn't there any more is said when the run is to start.
void RunForm::buildSplitBox(QFormLayout* form) {
    m_split = new QComboBox;
    m_split->setObjectName(QStringLiteral("runSplit"));
    m_split->setAccessibleName(tr("Split"));
    m_split->setToolTip(tr("Which contracts are for training, validation and test: a run's split can't be changed any more."));
    if (const auto splits = m_project.store().splits().all())
        for (const Split& split : *splits)
            m_split->addItem(toQString(split.name));
    const QString chosen = toQString(m_request.data.split);
    if (m_split->findText(chosen) < 0 && m_split->count() == 0)
        m_split->addItem(chosen);
    m_split->setCurrentIndex(std::max(0, m_split->findText(chosen)));
    form->addRow(tr("Split"), m_split);
    connect(m_split, &QComboBox::currentIndexChanged, this, &RunForm::read);
}

void RunForm::markInvalid(const std::string& key, bool invalid) {
    QWidget* editor = m_editors.at(key);
    if (editor->property("invalid").toBool() == invalid)
        return;
    editor->setProperty("invalid", invalid);
    editor->style()->unpolish(editor);
    editor->style()->polish(editor);
}

void RunForm::readFields() {
    for (const auto& [key, editor] : m_editors) {
        const auto* box = qobject_cast<QComboBox*>(editor);
        const QString text = box ? box->currentText() : static_cast<QLineEdit*>(editor)->text();
        const Status set = setField(m_request.spec, key, text.trimmed().toStdString());
        markInvalid(key, !set);
        if (!set && m_problem.isEmpty())
            m_problem = sentence(set.error());
        if (const auto fold = m_folds.find(key); !set && fold != m_folds.end())
            fold->second->setOpen(true); // what is wrong must be seen
    }
    if (const Status valid = validate(m_request.spec); !valid && m_problem.isEmpty())
        m_problem = sentence(valid.error());
}

void RunForm::readData() {
    if (m_split)
        m_request.data.split = m_split->currentText().toStdString();
    if (m_side)
        m_request.side = static_cast<Side>(m_side->currentIndex());
    if (m_useMined)
        m_request.useMined = m_useMined->isChecked();
    if (!m_windowBytes)
        return;
    ChunkSettings& chunk = m_request.data.chunk;
    chunk.strategy = static_cast<ChunkStrategy>(m_strategy->currentIndex());
    chunk.maxBytes = static_cast<size_t>(m_windowBytes->value());
    chunk.overlapBytes = static_cast<size_t>(m_overlapBytes->value());
    chunk.stubBytes = static_cast<size_t>(m_stubBytes->value());
    m_request.data.negatives = m_negatives->value() / 100.0;
    m_request.data.only.clear();
    for (const QString& key : m_only->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (key.trimmed().isEmpty())
            continue;
        m_request.data.only.push_back(key.trimmed().toStdString());
        if (!m_project.session().taxonomy().find(m_request.data.only.back()) && m_problem.isEmpty())
            m_problem = tr("There is no clause type %1; use the keys of the taxonomy, such as governing_law.").arg(key.trimmed());
    }
}

void RunForm::read() {
    if (!m_built)
        return;
    m_problem.clear();
    readFields();
    readData();
    showRateHint();
    Q_EMIT changed();
}

} // namespace cw
