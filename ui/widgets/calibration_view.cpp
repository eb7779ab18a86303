// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/calibration_view.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/share_chart.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr std::array<double, 4> kShares = {0.05, 0.1, 0.2, 0.5};

QStringList shareWords() {
    QStringList words;
    for (const double share : kShares)
        words << QStringLiteral("%1 %").arg(QLocale().toString(100 * share, 'f', 0));
    return words;
}

QString calibrationWord(const ConfidenceReport& report) {
    if (report.calibrated == 0)
        return CalibrationView::tr("not calibrated");
    if (report.calibrated == report.cells)
        return CalibrationView::tr("calibrated");
    return CalibrationView::tr("%1 of them calibrated").arg(QLocale().toString(report.calibrated));
}

QLabel* explanation(const QString& words) {
    auto* label = new QLabel(words);
    label->setProperty("role", QStringLiteral("muted"));
    label->setWordWrap(true);
    label->setContentsMargins(16, 4, 16, 12);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

} // namespace

CalibrationView::CalibrationView(QWidget* parent)
    : QWidget(parent), m_reliabilityCard(new Card(tr("As sure as right?"))), m_reviewCard(new Card(tr("What a review would find"))),
      m_reliability(new ShareChart(tr("As sure as right?"))), m_review(new ShareChart(tr("What a review would find"))),
      m_calibrationNote(explanation(QString())), m_share(new SegmentedControl(tr("Share of the cells that is reviewed"), shareWords())) {
    const QString none = tr("This run's answers carry no margins, so nothing tells how sure it was. Constrained decoding writes them: evaluate with it.");
    m_reliability->setEmptyText(none);
    m_review->setEmptyText(none);
    m_share->setObjectName(QStringLiteral("reviewShare"));
    m_share->setCurrent(1);
    for (KeyButton* button : m_share->findChildren<KeyButton*>())
        button->setSmall(true);
    connect(m_share, &SegmentedControl::chosen, this, &CalibrationView::showReview);
    m_reliabilityCard->body()->addWidget(m_reliability, 1);
    m_reliabilityHelp = explanation(
        tr("A dot is a fifteenth of the cells, from the least sure to the surest. On the dashed line a run that is sure by 80 % is right in 80 of 100. "
           "Below it the run is too sure of itself. It is the decision between \"absent\" and a value that is judged."));
    m_reliabilityCard->body()->addWidget(m_reliabilityHelp);
    m_reliabilityCard->body()->addWidget(m_calibrationNote);
    m_reviewCard->addHeaderWidget(m_share);
    m_reviewCard->body()->addWidget(m_review, 1);
    m_reviewHelp = explanation(
        tr("A person who reads the least sure cells first finds errors faster than one who reads in any order, the dashed line. The higher the curve, the more "
           "a review of few cells is worth."));
    m_reviewCard->body()->addWidget(m_reviewHelp);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    row->setSpacing(size::kGap);
    row->addWidget(m_reliabilityCard, 1);
    row->addWidget(m_reviewCard, 1);
}

// Words of equal height, so that the two charts end on one line.
void CalibrationView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int width = (this->width() - 3 * size::kGap) / 2 - 2;
    const int height = std::max(m_reliabilityHelp->heightForWidth(width), m_reviewHelp->heightForWidth(width));
    for (QLabel* help : {m_reliabilityHelp, m_reviewHelp})
        help->setFixedHeight(height);
}

void CalibrationView::setReport(const ConfidenceReport& report, const QString& note) {
    m_report = report;
    m_calibrationNote->setText(note);
    m_calibrationNote->setVisible(!note.isEmpty());
    showReliability();
    showReview();
}

void CalibrationView::showReliability() {
    SharePicture picture{tr("sure by, %"), tr("right decisions, %"), {}, {}, tr("as sure as right"), {}};
    int most = 1;
    for (const ConfidenceBin& bin : m_report.bins)
        most = std::max(most, bin.cells);
    QStringList words;
    for (const ConfidenceBin& bin : m_report.bins) {
        const QString text = tr("%1 cells, sure by %2 to %3 %: %4 % right")
                                 .arg(QLocale().toString(bin.cells), percentText(bin.least), percentText(bin.most), percentText(bin.right));
        picture.dots.push_back({{bin.mean, bin.right}, static_cast<double>(bin.cells) / most, text});
        picture.line.emplace_back(bin.mean, bin.right);
        words << text;
    }
    m_reliability->setPicture(std::move(picture), words.join(QStringLiteral("; ")));
    QStringList notes;
    if (m_report.cells > 0) {
        const QLocale locale;
        QString error = tr("ECE %1").arg(locale.toString(m_report.calibrationError, 'f', 3));
        if (m_report.interval)
            error += QStringLiteral(" [%1, %2]").arg(locale.toString((*m_report.interval)[0], 'f', 3), locale.toString((*m_report.interval)[1], 'f', 3));
        notes << error << tr("Brier %1").arg(locale.toString(m_report.brier, 'f', 3)) << tr("n %1").arg(locale.toString(m_report.cells));
        notes << calibrationWord(m_report);
    }
    m_reliabilityCard->setNote(notes.join(QStringLiteral(" · ")));
    m_reliabilityCard->setToolTip(tr("ECE: how far, on the mean, sureness and share of right decisions are apart, over fifteen bins of equal size. "
                                     "Brier: the mean squared distance of sureness and right or wrong. Both are 0 at best. Not calibrated: the margins of "
                                     "the answers as they are; `clausewright-cli calibrate` fits what they stand for."));
}

void CalibrationView::showReview() {
    SharePicture picture{tr("cells reviewed, the least sure first, %"), tr("of all errors found, %"), {}, {}, tr("in any order"), {}};
    for (const CurvePoint& point : m_report.review)
        picture.line.emplace_back(point.share, point.value);
    const double share = kShares[static_cast<size_t>(std::max(0, m_share->current()))];
    QString words;
    if (const auto caught = errorsCaught(m_report, share)) {
        words = tr("review the least sure %1 %, find %2 % of the errors").arg(QLocale().toString(100 * share, 'f', 0), QLocale().toString(100 * *caught, 'f', 0));
        picture.named = ShareDot{{share, *caught}, 1, words};
    }
    m_review->setPicture(std::move(picture), words);
    m_reviewCard->setNote(m_report.cells > 0 ? tr("%1 wrong of %2").arg(QLocale().toString(m_report.wrong), QLocale().toString(m_report.cells)) : QString());
}

} // namespace cw
