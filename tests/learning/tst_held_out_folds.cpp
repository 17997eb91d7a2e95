#include "core/learning/held_out_folds.h"

#include <QTest>

#include <array>

using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

QStringList prompts(int count)
{
    QStringList texts;
    for (int row = 0; row < count; ++row)
        texts.append(u"prompt %1"_s.arg(row));
    return texts;
}

} // namespace

class TestHeldOutFolds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldsHaveAsManyPromptsEach()
    {
        std::array<int, 5> rows{};
        for (const quint8 fold : heldOutFolds(prompts(52), 5, 1))
            ++rows.at(fold);
        for (const int count : rows)
            QVERIFY(count == 10 || count == 11);
    }

    void equalPromptsAreInOneFold()
    {
        const QStringList twice = prompts(40) + prompts(40);
        const std::vector<quint8> folds = heldOutFolds(twice, 4, 1);
        for (size_t row = 0; row < 40; ++row)
            QCOMPARE(folds[row], folds[row + 40]);
    }

    void theSeedDrawsThem()
    {
        QVERIFY(heldOutFolds(prompts(40), 4, 1) == heldOutFolds(prompts(40), 4, 1));
        QVERIFY(heldOutFolds(prompts(40), 4, 1) != heldOutFolds(prompts(40), 4, 2));
    }

    void fewPromptsAndNoneAreSafe()
    {
        QVERIFY(heldOutFolds({}, 5, 1).empty());
        for (const quint8 fold : heldOutFolds(prompts(2), 5, 1))
            QVERIFY(fold < 5);
    }
};

QTEST_GUILESS_MAIN(TestHeldOutFolds)
#include "tst_held_out_folds.moc"
