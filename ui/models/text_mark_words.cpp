// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/text_mark_words.h"

#include "app/services/result_qt.h"
#include "core/text/planted_instructions.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace cw {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("TextMark", text); }

bool isHidden(TextMarkKind kind) {
    return kind == TextMarkKind::NoInk || kind == TextMarkKind::OffPage || kind == TextMarkKind::Tiny || kind == TextMarkKind::Invisible;
}

QString withDetail(const QString& words, const TextMark& mark) {
    return mark.detail.empty() ? words : tr("%1: %2").arg(words, toQString(mark.detail));
}

} // namespace

QString textMarkWords(const TextMark& mark) {
    switch (mark.kind) {
    case TextMarkKind::NoInk:
        return withDetail(tr("Hidden text: the page shows nothing here"), mark);
    case TextMarkKind::OffPage:
        return withDetail(tr("Hidden text: it lies outside the page"), mark);
    case TextMarkKind::Tiny:
        return withDetail(tr("Text that is too small to read"), mark);
    case TextMarkKind::Invisible:
        return withDetail(tr("Characters that nobody sees"), mark);
    case TextMarkKind::UnsureWord:
        return tr("Read from a scan, %1 % sure").arg(static_cast<int>(mark.confidence * 100));
    case TextMarkKind::Recognised:
        return tr("Read from a scan");
    case TextMarkKind::Inserted:
        return withDetail(tr("Inserted as a tracked change"), mark);
    case TextMarkKind::Deleted:
        return withDetail(tr("Deleted as a tracked change"), mark);
    }
    return {};
}

std::vector<TextMark> markedPlaces(const std::vector<TextMark>& marks) {
    std::vector<TextMark> out;
    std::copy_if(marks.begin(), marks.end(), std::back_inserter(out), [](const TextMark& mark) { return mark.kind != TextMarkKind::Recognised; });
    return out;
}

std::vector<MistrustedPlace> mistrustedPlaces(std::string_view text, const std::vector<TextMark>& marks) {
    std::vector<MistrustedPlace> places;
    for (const TextMark& mark : marks)
        if (isHidden(mark.kind) && mark.range.end <= text.size())
            places.push_back({mark.range, textMarkWords(mark), false});
    for (const ByteRange& range : findPlantedInstructions(text))
        places.push_back({range, tr("Reads like an instruction to a model: \u201C%1\u201D").arg(toQString(text.substr(range.begin, range.size())).simplified()), true});
    std::stable_sort(places.begin(), places.end(), [](const MistrustedPlace& a, const MistrustedPlace& b) { return a.range < b.range; });
    return places;
}

} // namespace cw
