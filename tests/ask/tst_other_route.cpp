#include "tests/support/policy_builder.h"
#include "ui/ask/other_route.h"

#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace headgate::tests;
using namespace Qt::StringLiterals;

namespace {

engine::Hop call(const char *node, const QString &title, qint64 nanos)
{
    engine::Hop hop;
    hop.node = {QString::fromLatin1(node)};
    hop.title = title;
    hop.attempt = 1;
    hop.cost = Money::fromNanos(nanos);
    hop.usage.freshInput = 1000;
    hop.usage.output = 500;
    return hop;
}

engine::Hop gate(const char *node, double score, double threshold)
{
    engine::Hop hop;
    hop.node = {QString::fromLatin1(node)};
    hop.title = u"Gate 1"_s;
    hop.score = score;
    hop.threshold = threshold;
    return hop;
}

engine::RunTrace escalated()
{
    engine::RunTrace trace;
    trace.hops = {call("small", u"Small"_s, 2'000), gate("gate", 0.47, 0.62),
                  call("large", u"Large"_s, 410'000)};
    trace.answeringHop = 2;
    return trace;
}

engine::RunTrace accepted()
{
    engine::RunTrace trace;
    trace.startedAt = QDateTime(QDate(2026, 11, 1), QTime(12, 0), Qt::UTC);
    trace.hops = {call("small", u"Small"_s, 2'000), gate("gate", 0.8, 0.6)};
    trace.answeringHop = 0;
    return trace;
}

} // namespace

class TestOtherRoute final : public QObject
{
    Q_OBJECT

private:
    catalog::ModelCatalog m_catalog;
    policy::PolicyDocument m_document = twoStageCascade().document();

private Q_SLOTS:
    void afterAnEscalationTheLaterCallsWouldHaveBeenSaved()
    {
        const auto route = otherRoute(escalated(), m_document, m_catalog);
        QVERIFY(route && !route->accepted);
        QCOMPARE(route->gate, policy::NodeId{u"gate"_s});
        QCOMPARE(route->model, u"Small"_s);
        QCOMPARE(route->difference->nanos(), -410'000);
        QVERIFY(qAbs(route->margin() + 0.15) < 1e-9);
        QCOMPARE(otherRouteSentence(*route),
                 u"Gate 1 scored 0.47 and asks for 0.62 (−0.15). Accepted there, Small would have "
                 "answered for $0.00041 less."_s);
    }

    void anAcceptedAnswerIsPricedByTheNextModel()
    {
        const auto route = otherRoute(accepted(), m_document, m_catalog);
        QVERIFY(route && route->accepted && route->estimated);
        QCOMPARE(route->model, u"large"_s);
        // 1,000 tokens in at 1 USD and 500 out at 2 USD per million.
        QCOMPARE(route->difference->nanos(), 2'000'000);
        QVERIFY2(otherRouteSentence(*route).contains(u"about $0.002 more"_s),
                 qPrintable(otherRouteSentence(*route)));
    }

    void theFirstGateThatEscalatedDecides()
    {
        engine::RunTrace trace = escalated();
        trace.hops.append(gate("gate2", 0.9, 0.5));
        QCOMPARE(otherRoute(trace, m_document, m_catalog)->gate, policy::NodeId{u"gate"_s});
    }

    void anUnknownPriceIsSaidAndNotCounted()
    {
        engine::RunTrace trace = escalated();
        trace.hops[2].costOrigin = engine::CostOrigin::UnknownPrice;
        const auto route = otherRoute(trace, m_document, m_catalog);
        QVERIFY(!route->difference);
        QVERIFY(otherRouteSentence(*route).contains(u"not known"_s));
    }

    void aChangedPolicyTellsNoMoreThanItKnows()
    {
        policy::PolicyDocument other;
        const auto route = otherRoute(accepted(), other, m_catalog);
        QVERIFY(route && route->model.isEmpty() && !route->difference);
        QCOMPARE(otherRouteSentence(*route), u"Gate 1 scored 0.80, which reaches 0.60 (+0.20)."_s);
    }

    void withoutAGateThereIsNone()
    {
        engine::RunTrace trace;
        trace.hops = {call("small", u"Small"_s, 2'000)};
        QVERIFY(!otherRoute(trace, m_document, m_catalog));
    }
};

QTEST_MAIN(TestOtherRoute)
#include "tst_other_route.moc"
