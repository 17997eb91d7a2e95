#include "core/routers/router_registry.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestRouterRegistry final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatCannotRunYet_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("classifier") << u"classifier"_s << int(ErrorCode::NeedsTraining);
        QTest::newRow("nearest") << u"nearest"_s << int(ErrorCode::NeedsTraining);
        QTest::newRow("predictor") << u"predictor"_s << int(ErrorCode::InvalidInput);
        QTest::newRow("cache") << u"cache"_s << int(ErrorCode::Unavailable);
    }
    void refusesWhatCannotRunYet()
    {
        QFETCH(const QString, kind);
        QFETCH(const int, code);
        const auto router = routers::builtinRouters().create(kind, Json::object(), {});
        QVERIFY(!router);
        QCOMPARE(int(router.error().code), code);
        QVERIFY(!router.error().message.isEmpty());
    }

    void namesTheKnownKindsForAnUnknownOne()
    {
        const auto router = routers::builtinRouters().create(u"oracle"_s, Json::object(), {});
        QVERIFY(!router);
        QCOMPARE(router.error().code, ErrorCode::UnknownKind);
        for (const QString &word : {u"oracle"_s, u"rule"_s, u"split"_s})
            QVERIFY2(router.error().message.contains(word), qPrintable(router.error().message));
    }

    void makesARouterOfAnAddedKind()
    {
        class Always final : public routers::Router
        {
        public:
            Result<routers::Decision> decide(const policy::Query &,
                                             const routers::RouterInputs &) const override
            {
                return routers::Decision{.port = 2, .why = u"always"_s, .score = {}};
            }
        };
        routers::RouterRegistry registry;
        registry.add(
            u"always"_s,
            [](const routers::RouterParts &) -> Result<std::unique_ptr<routers::Router>> {
                return std::make_unique<Always>();
            });
        const auto router = registry.create(u"always"_s, {}, {});
        QVERIFY(router);
        QCOMPARE((*router)->decide({})->port, 2);
        QCOMPARE(registry.kinds(), QStringList{u"always"_s});
    }
};

QTEST_GUILESS_MAIN(TestRouterRegistry)
#include "tst_router_registry.moc"
