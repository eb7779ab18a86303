// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/people_dialog.h"

#include "ui/appearance.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/person_sign.h"

#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kRow = 40, kSign = 26, kInset = 4, kLeastList = 2 * kRow + 2 * kInset;
enum PersonRole { InitialsRole = Qt::UserRole, MarkRole };

Person personAt(const QModelIndex& index) {
    return {index.data(Qt::DisplayRole).toString(), index.data(InitialsRole).toString(), static_cast<PersonMark>(index.data(MarkRole).toInt())};
}

class PersonDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, kRow}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Tokens& t = tokens();
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        painter->fillRect(option.rect, selected ? t.accentFill : t.surface);
        if (selected)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
        const QRectF sign(option.rect.left() + 14, option.rect.top() + (kRow - kSign) / 2.0, kSign, kSign);
        paintPersonSign(*painter, sign, personAt(index), t.dark ? t.surface : t.sunken, QPen(t.lineStrong, 1), 10);
        painter->setPen(t.text);
        painter->setFont(uiFont(size::kBody, selected ? QFont::DemiBold : QFont::Normal));
        const QRect words = option.rect.adjusted(14 + kSign + 14, 0, -12, 0);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }
};

QIcon markIcon(PersonMark mark) {
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().text, 2));
    painter.drawPath(personOutline(mark, QRectF(6, 6, 20, 20)));
    return QIcon(pixmap);
}

// Who most likely is meant: who sits here, or for a second reading somebody else.
QString suggestion(const QList<Person>& people, const QString& current, PeopleDialog::Purpose purpose) {
    if (purpose == PeopleDialog::Purpose::SecondReader)
        for (const Person& person : people)
            if (person.name != current)
                return person.name;
    return purpose == PeopleDialog::Purpose::Work ? current : QString();
}

QLabel* muted(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("role", QStringLiteral("meta"));
    label->setWordWrap(true);
    return label;
}

} // namespace

PeopleDialog::PeopleDialog(Settings& settings, Purpose purpose, const QString& question, const QString& verb, QWidget* parent)
    : QDialog(parent), m_settings(settings), m_verb(verb), m_people(settings.people()) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("peopleDialog"));
    setWindowTitle(question);
    setAccessibleName(question);
    auto* title = new QLabel(question);
    title->setProperty("role", QStringLiteral("section"));
    title->setWordWrap(true);
    m_choose = new KeyButton(QString(), KeyButton::Kind::Primary);
    m_choose->setObjectName(QStringLiteral("peopleChoose"));
    m_choose->setDefault(true);
    auto* cancel = new KeyButton(tr("Cancel"));
    connect(m_choose, &QPushButton::clicked, this, &PeopleDialog::choose);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_choose);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(size::kGap);
    column->addWidget(title);
    column->addWidget(makeList());
    if (purpose == Purpose::Work)
        column->addWidget(m_profile = makeProfile());
    column->addSpacing(8);
    column->addLayout(foot);
    setMinimumWidth(440);
    fill(suggestion(m_people, settings.annotator(), purpose));
    at() < 0 ? m_new->setFocus() : m_list->setFocus();
}

QWidget* PeopleDialog::makeList() {
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("peopleList"));
    m_list->setAccessibleName(tr("People"));
    m_list->setItemDelegate(new PersonDelegate(m_list));
    connect(m_list, &QListWidget::currentRowChanged, this, &PeopleDialog::showCurrent);
    connect(m_list, &QListWidget::itemActivated, this, &PeopleDialog::chooseListed);
    m_new = new QLineEdit;
    m_new->setObjectName(QStringLiteral("peopleNew"));
    connect(m_new, &QLineEdit::textChanged, this, &PeopleDialog::showChoice);
    m_add = new KeyButton(tr("Add"));
    m_add->setAutoDefault(false);
    connect(m_add, &QPushButton::clicked, this, &PeopleDialog::addTyped);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_new, 1);
    row->addWidget(m_add);
    m_frame = new QFrame;
    m_frame->setProperty("role", QStringLiteral("card"));
    m_frame->setMinimumHeight(kLeastList);
    auto* inset = new QVBoxLayout(m_frame);
    inset->setContentsMargins(kInset, kInset, kInset, kInset);
    inset->addWidget(m_list);
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_frame, 1);
    column->addLayout(row);
    return box;
}

QWidget* PeopleDialog::makeProfile() {
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name"));
    m_name->setObjectName(QStringLiteral("peopleName"));
    m_initials = new QLineEdit;
    m_initials->setAccessibleName(tr("Initials"));
    m_initials->setMaxLength(3);
    m_initials->setFixedWidth(64);
    m_mark = new QComboBox;
    m_mark->setAccessibleName(tr("Mark"));
    for (int i = 0; i < kPersonMarks; ++i)
        m_mark->addItem(markIcon(static_cast<PersonMark>(i)), markWord(static_cast<PersonMark>(i)));
    m_remove = new KeyButton(tr("Remove"), KeyButton::Kind::Quiet);
    m_remove->setAutoDefault(false);
    connect(m_name, &QLineEdit::editingFinished, this, &PeopleDialog::changeCurrent);
    connect(m_initials, &QLineEdit::editingFinished, this, &PeopleDialog::changeCurrent);
    connect(m_mark, &QComboBox::activated, this, &PeopleDialog::changeCurrent);
    connect(m_remove, &QPushButton::clicked, this, &PeopleDialog::removeCurrent);
    auto* signs = new QHBoxLayout;
    signs->setSpacing(8);
    signs->addWidget(m_initials);
    signs->addWidget(m_mark);
    signs->addStretch();
    signs->addWidget(m_remove);
    auto* box = new QWidget;
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 8, 0, 0);
    form->setHorizontalSpacing(size::kGroupGap);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Initials, mark"), signs);
    form->addRow(muted(tr("The history records the name with each decision. A change of name holds from then on; what was decided keeps the name "
                          "it was decided under.")));
    return box;
}

void PeopleDialog::fill(const QString& current) {
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const Person& person : std::as_const(m_people)) {
        auto* item = new QListWidgetItem(person.name, m_list);
        item->setData(InitialsRole, person.initials);
        item->setData(MarkRole, static_cast<int>(person.mark));
        if (person.name == current)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->count() > 0 && m_profile)
        m_list->setCurrentRow(0);
    const bool any = !m_people.isEmpty();
    const bool grows = any == m_frame->isHidden();
    for (QWidget* part : std::initializer_list<QWidget*>{m_frame, m_add, m_profile})
        if (part)
            part->setVisible(any);
    if (grows)
        fit();
    m_new->setPlaceholderText(any ? tr("Name of another person") : tr("Your name"));
    m_new->setAccessibleName(m_new->placeholderText());
    showCurrent();
}

// At a large scale Qt takes the room of wrapped words from the other parts, unless told how much all of it needs.
void PeopleDialog::fit() {
    setMinimumHeight(0);
    layout()->activate();
    setMinimumHeight(layout()->minimumHeightForWidth(minimumWidth()));
    adjustSize();
}

int PeopleDialog::at() const { return m_list->currentRow(); }

// Whom the button takes: a name being typed comes before the list's.
void PeopleDialog::showChoice() {
    const QString typed = m_new->text().simplified();
    const QString name = typed.isEmpty() && at() >= 0 ? m_people[at()].name : typed;
    m_add->setEnabled(!typed.isEmpty());
    m_choose->setEnabled(!name.isEmpty());
    m_choose->setText(m_verb.arg(name).trimmed());
}

void PeopleDialog::showCurrent() {
    const bool any = at() >= 0;
    showChoice();
    if (!m_name)
        return;
    for (QWidget* field : std::initializer_list<QWidget*>{m_name, m_initials, m_mark})
        field->setEnabled(any);
    m_remove->setEnabled(any && m_people.size() > 1);
    const Person person = any ? m_people[at()] : Person();
    m_name->setText(person.name);
    m_initials->setText(person.initials);
    m_mark->setCurrentIndex(static_cast<int>(person.mark));
}

void PeopleDialog::addTyped() {
    const QString name = m_new->text().simplified();
    if (name.isEmpty())
        return;
    m_new->clear();
    const bool known = std::any_of(m_people.cbegin(), m_people.cend(), [&](const Person& person) { return person.name == name; });
    if (!known)
        m_people << newPerson(name, m_people);
    m_settings.setPeople(m_people);
    fill(name);
    m_list->setFocus();
}

void PeopleDialog::changeCurrent() {
    const QString name = m_name->text().simplified();
    const bool taken = std::any_of(m_people.cbegin(), m_people.cend(), [&](const Person& person) { return person.name == name; });
    if (at() < 0 || name.isEmpty() || (taken && name != m_people[at()].name))
        return showCurrent(); // back to what it was
    Person& person = m_people[at()];
    const bool sits = person.name == m_settings.annotator();
    const QString initials = m_initials->text().simplified();
    person = {name, initials.isEmpty() ? initialsOf(name) : initials, static_cast<PersonMark>(m_mark->currentIndex())};
    m_settings.setPeople(m_people);
    if (sits)
        m_settings.setAnnotator(name);
    fill(name);
}

void PeopleDialog::removeCurrent() {
    if (at() < 0 || m_people.size() < 2)
        return;
    m_people.removeAt(at());
    m_settings.setPeople(m_people);
    fill(m_settings.annotator());
    m_list->setFocus();
}

// A person of the list, whatever was begun below it.
void PeopleDialog::chooseListed() {
    m_new->clear();
    choose();
}

void PeopleDialog::choose() {
    if (m_new->hasFocus() || !m_new->text().simplified().isEmpty())
        addTyped();
    if (at() < 0)
        return;
    const QString name = m_people[at()].name;
    accept();
    Q_EMIT chosen(name);
}

} // namespace cw
