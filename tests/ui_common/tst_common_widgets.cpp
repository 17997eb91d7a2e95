#include "ui/common/card.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/mode_bar.h"
#include "ui/common/status_tag.h"
#include "ui/common/theme.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

class TestCommonWidgets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsShownOnceAndCounted()
    {
        Theme theme;
        MessageBar bar(theme);
        QVERIFY(bar.isHidden());
        bar.showMessage(MessageBar::Level::Error, u"The ledger is full."_s);
        bar.showMessage(MessageBar::Level::Error, u"The ledger is full."_s);
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.count(), 2);
        QVERIFY(bar.accessibleName().startsWith(u"The ledger is full."_s));
        bar.showMessage(MessageBar::Level::Warning, u"Another."_s);
        QCOMPARE(bar.count(), 1);
    }

    void theActionActsAndTheBarGoes()
    {
        Theme theme;
        MessageBar bar(theme);
        int acted = 0;
        bar.showMessage(MessageBar::Level::Warning, u"Stopped."_s, u"Retry"_s, [&] { ++acted; });
        QTest::mouseClick(bar.findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
        QCOMPARE(acted, 1);
        QVERIFY(bar.isHidden());
    }

    void aChoiceOffersSeveralActionsOfWhichSomeStay()
    {
        Theme theme;
        MessageBar bar(theme);
        QStringList done;
        bar.showChoice(MessageBar::Level::Warning, u"Changed on disk."_s,
                       {{u"Reload"_s, [&] { done.append(u"reload"_s); }},
                        {u"Compare"_s, [&] { done.append(u"compare"_s); }, true}});
        QTest::mouseClick(bar.findChild<QPushButton *>(u"messageAction2"_s), Qt::LeftButton);
        QVERIFY(bar.isVisible());
        QTest::mouseClick(bar.findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
        QVERIFY(!bar.isVisible());
        QCOMPARE(done, QStringList({u"compare"_s, u"reload"_s}));
        bar.showMessage(MessageBar::Level::Error, u"Gone."_s);
        QVERIFY(!bar.findChild<QPushButton *>(u"messageAction"_s));
    }

    void anActionMayShowTheNextMessage()
    {
        Theme theme;
        MessageBar bar(theme);
        bar.showMessage(MessageBar::Level::Warning, u"First."_s, u"Go"_s,
                        [&] { bar.showMessage(MessageBar::Level::Information, u"Second."_s); });
        QTest::mouseClick(bar.findChild<QPushButton *>(u"messageAction"_s), Qt::LeftButton);
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.sentence(), u"Second."_s);
    }

    void modesAreChosenByMouseAndByProgram()
    {
        Theme theme;
        ModeBar bar(theme);
        bar.addMode(1, u"home"_s, u"Home"_s, u"Ctrl+1"_s);
        bar.addMode(6, u"savings"_s, u"Savings"_s, u"Ctrl+6"_s);
        bar.show();
        QSignalSpy chosen(&bar, &ModeBar::modeChosen);
        bar.setCurrent(1);
        QCOMPARE(chosen.size(), 0);
        auto *savings = bar.findChild<QToolButton *>(u"mode-savings"_s);
        QTest::mouseClick(savings, Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toInt(), 6);
        QCOMPARE(bar.current(), 6);
        QCOMPARE(bar.width(), Theme::kModeBarWidth);
        QVERIFY(savings->toolTip().contains(u"Ctrl+6"_s));
    }

    void theTagSaysItsOriginInWords()
    {
        Theme theme;
        StatusTag tag(theme);
        QCOMPARE(tag.text(), u"SIMULATED"_s);
        const int simulated = tag.sizeHint().width();
        tag.setOrigin(Origin::Live);
        QCOMPARE(tag.text(), u"LIVE"_s);
        QCOMPARE(tag.accessibleName(), u"LIVE"_s);
        QVERIFY(tag.sizeHint().width() < simulated);
        tag.setOrigin(Origin::Mixed);
        QVERIFY(tag.text() != u"LIVE"_s);
    }

    void aFigureIsReadOutWhole()
    {
        Theme theme;
        FigureCard card(theme);
        card.setFigure(u"Saved"_s, u"65.7 %"_s, u"$402.18"_s, FigureCard::Tone::Good);
        QCOMPARE(card.accessibleName(), u"Saved: 65.7 %. $402.18"_s);
        QCOMPARE(card.figure(), u"65.7 %"_s);
    }

    void anEmptyStateHasOneMainAction()
    {
        Theme theme;
        EmptyState empty(u"savings"_s, theme);
        empty.setSentence(u"Nothing was asked yet."_s);
        auto *ask = empty.addAction(u"Ask something"_s);
        auto *open = empty.addAction(u"Open"_s);
        QCOMPARE(ask->property("role").toString(), u"primary"_s);
        QVERIFY(open->property("role").toString().isEmpty());
        empty.clearActions();
        QVERIFY(empty.findChildren<QPushButton *>().isEmpty());
    }
};

QTEST_MAIN(TestCommonWidgets)
#include "tst_common_widgets.moc"
