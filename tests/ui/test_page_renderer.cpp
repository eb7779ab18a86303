// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Page pictures from the real reader process, and what happens when it dies, lies or hangs. Needs clausewright-reader.
#include "app/services/page_process.h"
#include "tests/support/pdf_builder.h"
#include "ui/widgets/page_renderer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cw;

namespace {

constexpr int kPatience = 30'000;

const auto kAlways = [] { return true; };

// Puts another program in the reader's place for as long as it lives.
class OtherReader {
public:
    OtherReader(const QString& folder, const QByteArray& script) : m_real(qgetenv("CLAUSEWRIGHT_READER")) {
        const QString name = folder + QStringLiteral("/reader.sh");
        QFile file(name);
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write("#!/bin/sh\n" + script + "\n");
        file.close();
        QFile::setPermissions(name, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("CLAUSEWRIGHT_READER", name.toLocal8Bit());
    }
    ~OtherReader() { qputenv("CLAUSEWRIGHT_READER", m_real); }

private:
    QByteArray m_real;
};

int darkPixels(const QImage& image) {
    int dark = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            dark += qGray(image.pixel(x, y)) < 128 ? 1 : 0;
    return dark;
}

} // namespace

class TestPageRenderer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPageComesOnWhitePaper();
    void aPageThatIsNotThereIsASentence();
    void aReaderThatDiedIsReplaced();
    void aLyingReaderIsCaught_data();
    void aLyingReaderIsCaught();
    void aHangingPageEndsWithASentenceThatNamesIt();
    void whatIsNotNeededAnyMoreIsGivenUp();
    void theRendererKeepsAndTells();
    void aDeadReaderIsASentenceOnThePage();
    void aHugeSizeComesSmaller();
    void goingBackNeedsNoNewReader();

private:
    QTemporaryDir m_folder;
    QString m_file;
};

void TestPageRenderer::initTestCase() {
    m_file = m_folder.filePath(QStringLiteral("page.pdf"));
    const std::string bytes = test::pdfWithLines({}, {{72, 100, "This Agreement is made on 3 April 2024."}});
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()));
}

void TestPageRenderer::aPageComesOnWhitePaper() {
    PageProcess process(m_file);
    QVERIFY(process.start());
    for (const std::uint32_t width : {306u, 612u}) {
        const auto image = process.draw({0, width, width * 792 / 612}, kAlways);
        QVERIFY2(image.ok(), image.ok() ? "" : image.error().detail.c_str());
        QCOMPARE(image->width(), int(width));
        QCOMPARE(image->pixel(2, 2), qRgb(255, 255, 255));
        const int dark = darkPixels(*image);
        QVERIFY2(dark > 50 && dark < image->width() * image->height() / 20, qPrintable(QString::number(dark)));
    }
}

void TestPageRenderer::aPageThatIsNotThereIsASentence() {
    PageProcess process(m_file);
    const auto none = process.draw({7, 100, 100}, kAlways);
    QVERIFY(!none && none.error().code == ErrorCode::BadInput);
    QCOMPARE(none.error().detail, std::string("There is no page 8 in the PDF."));
    QVERIFY(process.isRunning());
    QVERIFY(process.draw({0, 100, 100}, kAlways));
    QVERIFY(!process.draw({0, 100'000, 100'000}, kAlways));
    PageProcess broken(m_folder.filePath(QStringLiteral("none.pdf")));
    const auto unread = broken.draw({0, 100, 100}, kAlways);
    QVERIFY(!unread && unread.error().code == ErrorCode::BadInput);
}

void TestPageRenderer::aReaderThatDiedIsReplaced() {
    QFile::remove(m_folder.filePath(QStringLiteral("once")));
    const QByteArray script = "if mkdir " + m_folder.filePath(QStringLiteral("once")).toLocal8Bit() + " 2>/dev/null; then head -c 20 >/dev/null; kill -SEGV $$; fi\n" +
                              "exec " + qgetenv("CLAUSEWRIGHT_READER") + " \"$@\"";
    const OtherReader other(m_folder.path(), script);
    PageRenderer renderer;
    QSignalSpy ready(&renderer, &PageRenderer::pageReady), failed(&renderer, &PageRenderer::failed);
    renderer.setFile(m_file);
    QVERIFY(renderer.picture(0, {200, 260}).isNull());
    QVERIFY(ready.wait(kPatience));
    QCOMPARE(failed.size(), 0);
    QCOMPARE(renderer.picture(0, {200, 260}).size(), QSize(200, 260));
}

void TestPageRenderer::aLyingReaderIsCaught_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("ends") << QByteArray("exit 0");
    QTest::newRow("nonsense") << QByteArray("head -c 20 >/dev/null; printf 'nonsense nonsense nonsense'; sleep 60");
    // Version 1, page 0, 100 x 100, and 255 bytes where there must be 40,000.
    QTest::newRow("too few pixels") << QByteArray("head -c 20 >/dev/null; printf 'CWPA\\1\\0\\0\\0\\0\\0\\0\\0\\144\\0\\0\\0\\144\\0\\0\\0\\377\\0\\0\\0'; sleep 60");
    QTest::newRow("another page") << QByteArray("head -c 20 >/dev/null; printf 'CWPA\\1\\0\\0\\0\\1\\0\\0\\0\\144\\0\\0\\0\\144\\0\\0\\0\\100\\234\\0\\0'; sleep 60");
    QTest::newRow("dies within the picture") << QByteArray("head -c 20 >/dev/null; printf 'CWPA\\1\\0\\0\\0\\0\\0\\0\\0\\144\\0\\0\\0\\144\\0\\0\\0\\100\\234\\0\\0'; head -c 100 /dev/zero");
}

void TestPageRenderer::aLyingReaderIsCaught() {
    QFETCH(QByteArray, script);
    const OtherReader other(m_folder.path(), script);
    PageProcess process(m_file, 10'000);
    const auto image = process.draw({0, 100, 100}, kAlways);
    QVERIFY(!image);
    QCOMPARE(image.error().code, ErrorCode::Failed);
    QCOMPARE(image.error().detail, std::string("Page 1 can't be drawn: the document reader stopped."));
    QVERIFY(!process.isRunning());
}

void TestPageRenderer::aHangingPageEndsWithASentenceThatNamesIt() {
    const OtherReader other(m_folder.path(), "exec sleep 60");
    PageProcess process(m_file, 1'000);
    QElapsedTimer clock;
    clock.start();
    const auto image = process.draw({11, 100, 100}, kAlways);
    QVERIFY(!image && image.error().code == ErrorCode::BadInput);
    QCOMPARE(image.error().detail, std::string("Page 12 takes longer than 1 seconds to draw."));
    QVERIFY(clock.elapsed() < 10'000);
    QVERIFY(!process.isRunning());
}

void TestPageRenderer::whatIsNotNeededAnyMoreIsGivenUp() {
    const OtherReader other(m_folder.path(), "exec sleep 60");
    PageProcess process(m_file);
    int asked = 0;
    const auto image = process.draw({0, 100, 100}, [&] { return ++asked < 3; });
    QVERIFY(!image && image.error().code == ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
    QElapsedTimer clock;
    clock.start();
    {
        PageRenderer renderer;
        renderer.setFile(m_file);
        QVERIFY(renderer.picture(0, {100, 100}).isNull());
        QTest::qWait(300);
    }
    QVERIFY(clock.elapsed() < 5'000); // closing the window doesn't wait for the page
}

void TestPageRenderer::theRendererKeepsAndTells() {
    PageRenderer renderer;
    QSignalSpy ready(&renderer, &PageRenderer::pageReady);
    renderer.setFile(m_file);
    renderer.show(0, 0);
    QVERIFY(renderer.picture(0, {200, 260}).isNull());
    QVERIFY(ready.wait(kPatience));
    const QImage first = renderer.picture(0, {200, 260});
    QCOMPARE(first.size(), QSize(200, 260));
    QCOMPARE(renderer.picture(0, {400, 520}).cacheKey(), first.cacheKey()); // meanwhile
    QVERIFY(ready.wait(kPatience));
    QCOMPARE(renderer.picture(0, {400, 520}).size(), QSize(400, 520));
    renderer.setFile({});
    QVERIFY(renderer.picture(0, {400, 520}).isNull());
    QVERIFY(!ready.wait(300));
}

void TestPageRenderer::aDeadReaderIsASentenceOnThePage() {
    const OtherReader other(m_folder.path(), "exit 1");
    PageRenderer renderer;
    QSignalSpy failed(&renderer, &PageRenderer::failed);
    renderer.setFile(m_file);
    QVERIFY(renderer.picture(0, {200, 260}).isNull());
    QVERIFY(failed.wait(kPatience));
    QVERIFY(failed.front().front().toString().startsWith(QStringLiteral("Page 1 can't be drawn")));
    QCOMPARE(renderer.problem(0), failed.front().front().toString());
    QVERIFY(renderer.problem(1).isEmpty());
    QVERIFY(renderer.picture(0, {200, 260}).isNull());
    QVERIFY(!failed.wait(500)); // not again and again
    renderer.setFile({});
    QVERIFY(renderer.problem(0).isEmpty());
}

void TestPageRenderer::aHugeSizeComesSmaller() {
    PageRenderer renderer;
    QSignalSpy ready(&renderer, &PageRenderer::pageReady);
    renderer.setFile(m_file);
    const QSize wished(12'240, 15'840);
    QVERIFY(renderer.picture(0, wished).isNull());
    QVERIFY(ready.wait(kPatience)); // a small one first
    QVERIFY(renderer.picture(0, wished).width() < 3'000);
    QVERIFY(ready.wait(kPatience));
    const QSize got = renderer.picture(0, wished).size();
    QVERIFY(qint64{got.width()} * got.height() <= qint64(kMaxPagePixels));
    QVERIFY(got.width() > 4'000);
}

void TestPageRenderer::goingBackNeedsNoNewReader() {
    const QString log = m_folder.filePath(QStringLiteral("starts"));
    const OtherReader other(m_folder.path(), "echo >>" + log.toLocal8Bit() + "; exec " + qgetenv("CLAUSEWRIGHT_READER") + " \"$@\"");
    const auto startsOf = [&] {
        QFile file(log);
        return file.open(QIODevice::ReadOnly) ? file.size() : 0;
    };
    PageRenderer renderer;
    QSignalSpy ready(&renderer, &PageRenderer::pageReady);
    const auto show = [&](const QString& file) {
        renderer.setFile(file);
        (void)renderer.picture(0, {100, 130});
        return ready.wait(kPatience);
    };
    QStringList files;
    for (int i = 0; i < 4; ++i) {
        files << m_folder.filePath(QStringLiteral("copy%1.pdf").arg(i));
        QVERIFY(QFile::copy(m_file, files.back()));
        QVERIFY(show(files.back()));
    }
    QCOMPARE(startsOf(), 4);
    QVERIFY(show(files[2]) && show(files[1]));
    QCOMPARE(startsOf(), 4);
    QVERIFY(show(files[0])); // the oldest of four has gone
    QCOMPARE(startsOf(), 5);
}

QTEST_GUILESS_MAIN(TestPageRenderer)
#include "test_page_renderer.moc"
