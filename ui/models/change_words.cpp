// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/change_words.h"

#include "app/services/result_qt.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace cw {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ChangeWords", text); }

// Names types by their titles.
class Words {
public:
    Words(const Taxonomy& before, const Taxonomy& after) : m_before(before), m_after(after) {}

    QString operator()(const EditTexts& edit) const {
        if (edit.title)
            return tr("Rename %1 to %2").arg(was(edit.key), toQString(*edit.title));
        return edit.guideline || edit.example ? tr("New guideline of %1").arg(name(edit.key)) : tr("New search terms of %1").arg(name(edit.key));
    }
    QString operator()(const AddType& edit) const { return tr("Add %1").arg(toQString(edit.type.title)); }
    QString operator()(const RetireType& edit) const { return tr("Retire %1").arg(name(edit.key)); }
    QString operator()(const ReviveType& edit) const { return tr("Bring back %1").arg(name(edit.key)); }
    QString operator()(const MergeTypes& edit) const { return tr("Merge %1 into %2").arg(names(edit.sources), name(edit.target)); }
    QString operator()(const SplitType& edit) const {
        return edit.present.empty() ? tr("Split %1 into %2; all are to be reviewed").arg(name(edit.source), names(edit.targets))
                                    : tr("Split %1 into %2; what is present goes to %3").arg(name(edit.source), names(edit.targets), names(edit.present));
    }
    QString operator()(const MoveType& edit) const {
        const std::string code = m_after.code(edit.key);
        return code.empty() ? tr("Move %1").arg(name(edit.key)) : tr("Move %1 to %2").arg(name(edit.key), toQString(code));
    }
    QString operator()(const ChangeCodes& edit) const { return tr("New codes of %1").arg(name(edit.key)); }

private:
    static QString titleIn(const Taxonomy& taxonomy, const std::string& key) {
        const ClauseType* type = taxonomy.find(key) ? taxonomy.find(key) : taxonomy.findRetired(key);
        return type ? toQString(type->title) : QString();
    }
    QString name(const std::string& key) const {
        const QString title = titleIn(m_after, key);
        return title.isEmpty() ? toQString(key) : title;
    }
    QString was(const std::string& key) const {
        const QString title = titleIn(m_before, key);
        return title.isEmpty() ? name(key) : title;
    }
    QString names(const std::vector<std::string>& keys) const {
        QStringList out;
        for (const std::string& key : keys)
            out << name(key);
        const QString last = out.isEmpty() ? QString() : out.takeLast();
        return out.isEmpty() ? last : tr("%1 and %2").arg(out.join(QStringLiteral(", ")), last);
    }

    const Taxonomy& m_before;
    const Taxonomy& m_after;
};

QString cells(int count) { return count == 1 ? tr("1 cell") : tr("%1 cells").arg(QLocale().toString(count)); }

// "12 cells change; 3 are to be reviewed."
QString rewrittenInWords(const ChangeCounts::OfType& of) {
    const QString change = of.rewritten == 1 ? tr("1 cell changes") : tr("%1 change").arg(cells(of.rewritten));
    if (of.flagged == 0)
        return change + QLatin1Char('.');
    if (of.flagged == of.rewritten)
        return of.flagged == 1 ? tr("%1 and is to be reviewed.").arg(change) : tr("%1; all are to be reviewed.").arg(change);
    return of.flagged == 1 ? tr("%1; 1 is to be reviewed.").arg(change) : tr("%1; %2 are to be reviewed.").arg(change, QLocale().toString(of.flagged));
}

QString day(const std::string& utc) {
    const QDateTime at = QDateTime::fromString(toQString(utc), Qt::ISODateWithMs).toLocalTime();
    if (!at.isValid())
        return toQString(utc);
    const bool thisYear = at.date().year() == QDate::currentDate().year();
    return QLocale().toString(at.date(), thisYear ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy"));
}

} // namespace

QStringList editsInWords(const TaxonomyChange& change, const Taxonomy& before, const Taxonomy& after) {
    QStringList out;
    for (const TaxonomyEdit& edit : change.edits)
        out << std::visit(Words(before, after), edit);
    return out;
}

QStringList countsInWords(const ChangeCounts& counts) {
    QStringList out;
    if (counts.contracts == 0)
        return {tr("No decision is touched: every cell stays as it is.")};
    out << (counts.contracts == 1 ? tr("1 contract is touched.") : tr("%1 contracts are touched.").arg(QLocale().toString(counts.contracts)));
    if (counts.all.rewritten > 0)
        out << rewrittenInWords(counts.all);
    if (counts.all.joined > 0)
        out << (counts.all.joined == 1 ? tr("1 cell holds the evidence of several types.")
                                       : tr("%1 hold the evidence of several types.").arg(cells(counts.all.joined)));
    if (counts.all.kept > 0)
        out << (counts.all.kept == 1 ? tr("1 cell is set aside with its retired type.")
                                     : tr("%1 are set aside with their retired types.").arg(cells(counts.all.kept)));
    if (counts.all.back > 0)
        out << (counts.all.back == 1 ? tr("1 cell comes back into use.") : tr("%1 come back into use.").arg(cells(counts.all.back)));
    out << tr("Nothing is deleted: what is set aside comes back when its type does.");
    return out;
}

QString guidelineNote(const std::vector<GuidelineWording>& wordings) {
    if (wordings.size() < 2)
        return {};
    const GuidelineWording& now = wordings.back();
    return now.by.empty() ? tr("guideline v%1, changed %2").arg(now.number).arg(day(now.at))
                          : tr("guideline v%1, changed %2 by %3").arg(now.number).arg(day(now.at), toQString(now.by));
}

QString wordingTitle(const GuidelineWording& wording) {
    return wording.by.empty() ? tr("v%1, as it came").arg(wording.number)
                              : tr("v%1, %2 by %3").arg(wording.number).arg(day(wording.at), toQString(wording.by));
}

} // namespace cw
