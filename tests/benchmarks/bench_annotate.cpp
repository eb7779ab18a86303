// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How fast the annotation page is on a 500-page PDF with 1,000 spans: the whole window, offscreen, over a real project and the real reader.
// Not a test: it prints times, and what they should stay under. bench_annotate [pages] [spans]; needs CLAUSEWRIGHT_READER.
#include "app/services/result_qt.h"
#include "tests/support/long_pdf.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/widgets/minimap.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/text_view.h"

#include <QElapsedTimer>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

using namespace cw;
using namespace cw::test;

namespace {

const ContractId kLong("long"), kShort("short");
constexpr int kRounds = 12, kFrames = 600, kKeys = 300;

double milliseconds(const QElapsedTimer& clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e6; }

double percentile(std::vector<double> times, double share) {
    std::sort(times.begin(), times.end());
    return times[std::min(times.size() - 1, static_cast<size_t>(share * static_cast<double>(times.size())))];
}

void report(const char* what, const std::vector<double>& times, const char* goal) {
    std::printf("%-46s n=%-4zu p50 %8.2f  p95 %8.2f  p99 %8.2f ms   goal: %s\n", what, times.size(), percentile(times, 0.5),
                percentile(times, 0.95), percentile(times, 0.99), goal);
    std::fflush(stdout);
}

// Counts what a widget paints.
class PaintCount : public QObject {
public:
    explicit PaintCount(QWidget& widget) { widget.installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

// Down by so much, or from the end back to the top: a step that moves nothing paints nothing.
void scrollOn(QScrollBar& bar, int pixels) { bar.setValue(bar.value() == bar.maximum() ? 0 : bar.value() + pixels); }

// Out of the system's file cache, as after a restart of the machine.
void forgetFile(const QString& file) {
    const int descriptor = open(file.toLocal8Bit().constData(), O_RDONLY);
    if (descriptor < 0)
        return;
    fdatasync(descriptor);
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    close(descriptor);
}

bool write(const QString& name, const std::string& bytes) {
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size());
}

// A cell of each type with its share of spans, spread over the whole text.
std::vector<Cell> cellsWithSpans(const Taxonomy& taxonomy, const std::string& text, size_t spans) {
    std::vector<Cell> cells(taxonomy.types().size());
    for (size_t i = 0; i < cells.size(); ++i) {
        cells[i].clause = taxonomy.types()[i].key;
        cells[i].state = CellState::Present;
        cells[i].flags.valueToReview = true;
        cells[i].annotator = "Mia Kern";
    }
    for (size_t i = 0; i < spans; ++i) {
        const size_t begin = text.size() / spans * i;
        const ByteRange range{begin, std::min(text.size(), begin + 110)};
        cells[i % cells.size()].spans.push_back({range, text.substr(range.begin, range.size())});
    }
    return cells;
}

class Bench {
public:
    bool prepare(int pages, size_t spans);
    void firstPage();
    void opening();
    void scrolling();
    void keys();
    void textView();

private:
    AnnotatePage& page() { return *qobject_cast<AnnotatePage*>(m_fixture.window->page(QStringLiteral("annotate"))); }
    PageView& pages() { return *page().findChild<PageView*>(); }
    void show(const ContractId& contract) { m_fixture.window->openContract(contract, {}); }
    double timeToPicture(const ContractId& contract);
    void settle();

    WindowFixture m_fixture;
    QString m_folder, m_original;
};

bool Bench::prepare(int pages, size_t spans) {
    m_folder = m_fixture.makeProject();
    const QString file = m_fixture.path("long.pdf"), other = m_fixture.path("short.pdf");
    if (m_folder.isEmpty() || !write(file, longPdf(pages)) || !write(other, longPdf(1)))
        return false;
    auto session = StoreSession::open(m_folder, OpenMode::ReadWrite, StoreSession::Fallback::None,
                                       currentIdentity(m_fixture.settings->annotator()), m_fixture.clock);
    if (!session)
        return false;
    QElapsedTimer clock;
    clock.start();
    const ImportReport report = importNow(**session, {file, other}, {});
    std::printf("import of %d pages and 1 page: %.0f ms, %zu contracts\n", pages, milliseconds(clock), report.added.size());
    const auto text = (*session)->store().contracts().text(kLong);
    const auto contract = (*session)->store().contracts().get(kLong);
    const Taxonomy& taxonomy = (*session)->store().taxonomy();
    if (!text || !contract)
        return false;
    const Status saved = (*session)->store().annotations().setAll(kLong, cellsWithSpans(taxonomy, *text, spans), "bench");
    if (!saved)
        std::printf("%s\n", saved.error().message().c_str());
    m_original = m_folder + QStringLiteral("/documents/") + toQString(contract->documentSha256);
    std::printf("text: %zu bytes, spans: %zu\n", text->size(), spans);
    return saved.ok();
}

void Bench::settle() {
    for (int i = 0; i < 20; ++i)
        QTest::qWait(20);
}

double Bench::timeToPicture(const ContractId& contract) {
    PaintCount paints(*pages().viewport());
    std::optional<int> before; // paints when the picture came: the next one shows it, perhaps in the same round of events
    auto* renderer = pages().findChild<PageRenderer*>();
    const auto connection = QObject::connect(renderer, &PageRenderer::pageReady, renderer, [&] { before = before.value_or(paints.count); });
    QElapsedTimer clock;
    clock.start();
    show(contract);
    while ((!before || paints.count == *before) && clock.elapsed() < 20'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QObject::disconnect(connection);
    return milliseconds(clock);
}

void Bench::firstPage() {
    std::vector<double> cold, warm;
    for (int round = 0; round < kRounds; ++round) {
        m_fixture.window.reset();
        m_fixture.openWindow(m_folder);
        forgetFile(m_original);
        cold.push_back(timeToPicture(kLong));
        settle();
        show(kShort);
        settle();
        warm.push_back(timeToPicture(kLong));
        settle();
    }
    report("first page, new window, file not in memory", cold, "1000");
    report("first page, contract opened before", warm, "200");
}

void Bench::opening() {
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round) {
        show(kShort);
        settle();
        PaintCount paints(*pages().viewport());
        QElapsedTimer clock;
        clock.start();
        show(kLong);
        while (paints.count == 0 && clock.elapsed() < 20'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        times.push_back(milliseconds(clock));
        settle();
    }
    report("open the contract, to its first paint", times, "300");
}

void Bench::scrolling() {
    QScrollBar* bar = pages().verticalScrollBar();
    PaintCount paints(*pages().viewport());
    for (const auto& [name, step] : {std::pair{"scroll frame, 80 pixels a step", 80}, std::pair{"scroll frame, 3 pages a step", 0}}) {
        bar->setValue(0);
        settle();
        std::vector<double> times;
        const int stride = step > 0 ? step : bar->maximum() / 170;
        for (int frame = 0; frame < (step > 0 ? kFrames : 165); ++frame) {
            QElapsedTimer clock;
            clock.start();
            const int before = paints.count;
            scrollOn(*bar, stride);
            while (paints.count == before)
                QCoreApplication::processEvents();
            times.push_back(milliseconds(clock));
            QTest::qWait(4); // what a wheel leaves between two steps; pictures come in here too
        }
        report(name, times, "p95 16");
    }
}

void Bench::keys() {
    PaintCount paints(*pages().viewport());
    pages().setFocus();
    std::vector<double> times;
    const size_t size = page().desk()->text().size();
    for (int i = 0; i < kKeys; ++i) {
        pages().setCaret(size / kKeys * static_cast<size_t>(i) + 40);
        pages().reveal({pages().caret(), pages().caret() + 1});
        QTest::qWait(10);
        const auto key = i % 3 == 0 ? std::pair{Qt::Key_Space, Qt::NoModifier} : std::pair{Qt::Key_Right, Qt::ShiftModifier};
        QElapsedTimer clock;
        clock.start();
        const int before = paints.count;
        QTest::keyClick(&pages(), key.first, key.second);
        while (paints.count == before)
            QCoreApplication::processEvents();
        times.push_back(milliseconds(clock));
    }
    report("key to painted highlight", times, "p99 50");
}

void Bench::textView() {
    auto* text = page().findChild<TextView*>();
    PaintCount paints(*text->viewport());
    pages().setFocus();
    QElapsedTimer clock;
    clock.start();
    press(*m_fixture.window, {Qt::Key_T}, Qt::ControlModifier);
    while (paints.count == 0 && clock.elapsed() < 60'000)
        QCoreApplication::processEvents();
    report("the text view, shown for the first time", {milliseconds(clock)}, "none");
    std::vector<double> times;
    text->verticalScrollBar()->setValue(0);
    settle();
    for (int frame = 0; frame < kFrames; ++frame) {
        clock.start();
        const int before = paints.count;
        scrollOn(*text->verticalScrollBar(), 80);
        while (paints.count == before)
            QCoreApplication::processEvents();
        times.push_back(milliseconds(clock));
    }
    report("scroll frame of the text view", times, "p95 16");
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Bench bench;
    if (!bench.prepare(arguments.value(1, QStringLiteral("500")).toInt(), arguments.value(2, QStringLiteral("1000")).toULong()))
        return 1;
    bench.firstPage();
    bench.opening();
    bench.scrolling();
    bench.keys();
    bench.textView();
    return 0;
}
