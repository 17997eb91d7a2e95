#include "core/policy/policy_format.h"
#include "core/policy/policy_validation.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

constexpr int kGrid = 20;

QString pathOf(const QString &name)
{
    return u":/headgate/policies/"_s + name;
}

PolicyDocument example(const QString &name)
{
    const auto loaded = readPolicyFile(pathOf(name + u".headgate"_s));
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().message));
    return loaded->document;
}

// The title of the node that a titled node's port leads to.
QString next(const PolicyDocument &document, const QString &title, const QString &port)
{
    for (const Node &node : document.nodes) {
        if (node.title != title)
            continue;
        const auto target = document.target(node.id, port);
        return target ? document.node(*target)->title : u"(nowhere)"_s;
    }
    return u"(no such node)"_s;
}

} // namespace

class TestExamplePolicies final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shipsAllOfThem()
    {
        QCOMPARE(QDir(pathOf({})).entryList(QDir::Files, QDir::Name).join(u' '),
                 u"failover-pair.headgate frugal-cascade.headgate rule-router.headgate "
                 u"weighted-split.headgate"_s);
    }

    void eachIsReadyToRun_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : QDir(pathOf({})).entryList(QDir::Files))
            QTest::addRow("%s", qPrintable(file)) << file;
    }

    void eachIsReadyToRun()
    {
        QFETCH(const QString, file);
        QFile bytes(pathOf(file));
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        const QByteArray text = bytes.readAll();
        const auto loaded = parsePolicy(text);
        QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
        QCOMPARE(formatPolicy(loaded->document), text); // saving it unchanged changes no line

        QStringList sentences;
        for (const Problem &problem : validate(loaded->document))
            sentences.append(problem.sentence);
        QVERIFY2(sentences.isEmpty(), qPrintable(sentences.join(u'\n')));
        for (const Node &node : loaded->document.nodes) {
            QVERIFY(!node.title.isEmpty());
            QCOMPARE(int(node.at.x()) % kGrid, 0);
            QCOMPARE(int(node.at.y()) % kGrid, 0);
        }
        for (const Model &model : loaded->document.models)
            QVERIFY2(!model.price, qPrintable(model.name)); // the catalog's price, so it stays true
    }

    void theCascadeEscalatesAndFailsOver()
    {
        const PolicyDocument cascade = example(u"frugal-cascade"_s);
        QCOMPARE(cascade.baseline, u"Albatross"_s);
        QCOMPARE(next(cascade, u"Query"_s, u"query"_s), u"Finch-mini"_s);
        QCOMPARE(next(cascade, u"Gate 1"_s, u"accept"_s), u"Answer"_s);
        QCOMPARE(next(cascade, u"Gate 1"_s, u"escalate"_s), u"Heron"_s);
        QCOMPARE(next(cascade, u"Finch-mini"_s, u"error"_s), u"Heron"_s);
        QCOMPARE(next(cascade, u"Heron"_s, u"error"_s), u"Egret"_s);
        QCOMPARE(next(cascade, u"Gate 2"_s, u"escalate"_s), u"Albatross"_s);
    }

    // With the scores of refusal and truncation being 0 or 1, the weights must be such that either
    // of them alone makes the gate escalate, however sure the model was.
    void aRefusalOrACutAnswerNeverPassesAGate()
    {
        const PolicyDocument cascade = example(u"frugal-cascade"_s);
        int gates = 0;
        for (const Node &node : cascade.nodes) {
            if (node.kind != u"gate")
                continue;
            ++gates;
            double sum = 0;
            for (const Json &scorer : node.config["scorers"])
                sum += scorer["weight"].get<double>();
            for (const Json &scorer : node.config["scorers"]) {
                if (scorer["kind"] != "log_probability")
                    QVERIFY(1 - scorer["weight"].get<double>() / sum <
                            node.config["threshold"].get<double>());
            }
        }
        QCOMPARE(gates, 2);
    }
};

QTEST_GUILESS_MAIN(TestExamplePolicies)
#include "tst_example_policies.moc"
