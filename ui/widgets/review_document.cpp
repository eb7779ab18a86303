// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/review_document.h"

#include "app/services/result_qt.h"
#include "core/text/hidden_text.h"
#include "ui/appearance.h"
#include "ui/project.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/text_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace cw {

struct ReviewDocument::Source {
    explicit Source(const std::string& text) : ranges(text) {}
    TextRanges ranges;
    std::vector<PageSize> pages;
    std::vector<LineBox> lines;
    std::vector<TextMark> marks;
    QString file; // of a PDF whose lines are known; empty: the text is shown
};

ReviewDocument::ReviewDocument(QWidget* parent)
    : QWidget(parent), m_place(new QLabel), m_hidden(new QLabel), m_warning(new QFrame), m_warningWords(new QLabel), m_warningRow(new QHBoxLayout(m_warning)),
      m_views(new QStackedWidget), m_pageView(new PageView), m_textView(new TextView) {
    setObjectName(QStringLiteral("reviewDocument"));
    m_pageView->setAccessibleName(tr("The contract's pages"));
    m_textView->setAccessibleName(tr("The contract's text"));
    m_views->addWidget(m_pageView);
    m_views->addWidget(m_textView);
    m_hidden->setProperty("role", QStringLiteral("meta"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->addWidget(m_place);
    head->addStretch();
    head->addWidget(m_hidden);
    auto* strip = new QWidget;
    strip->setFixedHeight(36);
    strip->setLayout(head);
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    m_warning->setProperty("role", QStringLiteral("warning"));
    m_warning->setFixedHeight(size::kMessageBar);
    m_warningWords->setObjectName(QStringLiteral("mistrusted"));
    m_warningWords->setProperty("role", QStringLiteral("warning"));
    m_warningWords->setTextFormat(Qt::PlainText);
    m_warningWords->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a contract's words don't widen the window
    m_warningRow->setContentsMargins(12, 0, 12, 0);
    m_warningRow->addWidget(m_warningWords, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(strip);
    column->addWidget(rule);
    column->addWidget(m_warning);
    column->addWidget(m_views, 1);
    showWarning();
    connect(m_pageView, &ContractView::viewChanged, this, &ReviewDocument::showPlace);
    for (ContractView* each : {static_cast<ContractView*>(m_pageView), static_cast<ContractView*>(m_textView)})
        connect(each, &ContractView::clauseClicked, this, [this](int clause) {
            if (clause >= 0 && clause < static_cast<int>(m_fields.size()))
                Q_EMIT fieldChosen(toQString(m_fields[static_cast<size_t>(clause)]));
        });
}

ReviewDocument::~ReviewDocument() { clear(); }

void ReviewDocument::clear() {
    m_pageView->setDocument({}, {}, nullptr, nullptr, nullptr);
    m_textView->setText({}, nullptr);
    m_source.reset();
    m_contract = {};
    m_text.clear();
    m_places.clear();
    m_shownPlace = -1;
    showWarning();
}

void ReviewDocument::setContract(Project* project, const ContractId& contract, const std::string& frozen) {
    if (contract == m_contract && m_source)
        return;
    clear();
    m_contract = contract;
    m_text = frozen;
    m_source = std::make_unique<Source>(m_text);
    m_frozen = true;
    ContractStore* store = project ? &project->store().contracts() : nullptr;
    const auto known = store ? store->get(contract) : Result<Contract>(Error{});
    const auto text = known ? store->text(contract) : Result<std::string>(Error{});
    if (text && *text == frozen) { // else the places of the answers are those of another text
        m_frozen = false;
        if (auto marks = store->marks(contract))
            m_source->marks = std::move(*marks);
        auto lines = store->lines(contract);
        auto pages = store->pages(contract);
        if (known->mediaType == "application/pdf" && lines && pages && !lines->empty()) {
            m_source->lines = std::move(*lines);
            m_source->pages = std::move(*pages);
            m_source->file = toQString((project->store().documentsFolder() / known->documentSha256).string());
        }
    }
    m_pageView->setDocument(m_source->file, m_text, &m_source->ranges, &m_source->pages, &m_source->lines);
    m_textView->setText(m_text, &m_source->ranges);
    if (m_frozen)
        m_source->marks = findInvisible(m_text); // all that a text tells without its document
    view().setTextMarks(m_source->marks);
    m_places = mistrustedPlaces(m_text, m_source->marks);
    std::vector<ByteRange> instructions;
    for (const MistrustedPlace& place : m_places)
        if (place.isInstruction)
            instructions.push_back(place.range);
    view().setHits(std::move(instructions));
    m_views->setCurrentWidget(&view());
    m_hidden->setText(m_frozen ? tr("as frozen with the run") : m_places.empty() ? tr("hidden text: none \u00B7 written to a model: none") : QString());
    showPlace();
    showWarning();
}

void ReviewDocument::showWarning() {
    m_warning->setVisible(!m_places.empty());
    if (m_places.empty())
        return m_warningWords->clear();
    const auto count = static_cast<int>(m_places.size());
    const auto instructions = static_cast<int>(std::count_if(m_places.begin(), m_places.end(), [](const MistrustedPlace& place) { return place.isInstruction; }));
    QStringList kinds;
    if (count > instructions)
        kinds << tr("text that nobody sees: %1").arg(count - instructions);
    if (instructions > 0)
        kinds << tr("words that read like an instruction to a model: %1").arg(instructions);
    m_warningWords->setText(m_shownPlace < 0 ? tr("Look twice at this contract's answers. It has %1.").arg(kinds.join(tr(", and ")))
                                             : tr("%1 of %2. %3").arg(m_shownPlace + 1).arg(count).arg(m_places[static_cast<size_t>(m_shownPlace)].words));
    m_warningWords->setToolTip(m_warningWords->text());
}

void ReviewDocument::showNextMistrusted() {
    if (m_places.empty())
        return;
    m_shownPlace = (m_shownPlace + 1) % static_cast<int>(m_places.size());
    goTo(m_places[static_cast<size_t>(m_shownPlace)].range);
    showWarning();
}

void ReviewDocument::addWarningButton(QWidget* button) { m_warningRow->addWidget(button); }

bool ReviewDocument::showsPages() const { return m_source && !m_source->file.isEmpty(); }

ContractView& ReviewDocument::view() const { return showsPages() ? static_cast<ContractView&>(*m_pageView) : *m_textView; }

QWidget* ReviewDocument::pane() const { return &view(); }

void ReviewDocument::showPlace() {
    if (!m_source)
        return;
    m_place->setText(showsPages()     ? tr("Page %1 of %2").arg(m_pageView->currentPage() + 1).arg(m_source->pages.size())
                     : m_text.empty() ? tr("The run keeps no text of this contract")
                                      : tr("The contract's text"));
}

void ReviewDocument::setRows(const ReviewSheet& sheet) {
    std::vector<SpanMark> marks;
    m_fields.clear();
    for (const ReviewRow& row : sheet.rows) {
        if (!row.a)
            continue;
        const auto add = [&](const std::vector<ByteRange>& ranges, SpanMark::Line line, const QString& who) {
            for (const ByteRange& range : ranges)
                if (!range.empty() && range.end <= m_text.size())
                    marks.push_back({range, row.code, row.letter, tr("%1, %2").arg(row.title, who), static_cast<int>(m_fields.size()), line, row.chosen});
        };
        add(row.a->goldRanges, SpanMark::Line::Saved, tr("gold"));
        add(row.a->predictedRanges, SpanMark::Line::AnswerA, tr("A"));
        if (row.b)
            add(row.b->predictedRanges, SpanMark::Line::AnswerB, tr("B"));
        m_fields.push_back(row.key);
    }
    view().setMarks(std::move(marks));
}

// Where the gold is; else where A, else where B took something.
void ReviewDocument::revealField(const ReviewRow& row) {
    const auto firstOf = [&](const std::vector<ByteRange>& ranges) {
        for (const ByteRange& range : ranges)
            if (!range.empty() && range.end <= m_text.size())
                return range;
        return ByteRange();
    };
    ByteRange place = row.a ? firstOf(row.a->goldRanges) : ByteRange();
    if (place.empty() && row.a)
        place = firstOf(row.a->predictedRanges);
    if (place.empty() && row.b)
        place = firstOf(row.b->predictedRanges);
    if (!place.empty())
        goTo(place);
}

void ReviewDocument::goTo(ByteRange place) {
    // Once the page is laid out: only then does a view know where the place lies.
    QTimer::singleShot(0, this, [this, place, contract = m_contract] {
        if (contract != m_contract || !m_source)
            return;
        view().setCaret(place.begin);
        view().reveal(place);
        showPlace();
    });
}

} // namespace cw
