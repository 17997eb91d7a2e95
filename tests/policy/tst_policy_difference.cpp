#include "core/policy/policy_difference.h"
#include "core/policy/policy_format.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

PolicyDocument cascade()
{
    PolicyDocument document;
    document.name = u"support"_s;
    document.models = {{.name = u"small"_s, .provider = u"local"_s, .model = u"s-1"_s}};
    document.nodes = {
        {.id = {u"q"_s}, .kind = u"query"_s, .title = u"Query"_s},
        {.id = {u"m"_s}, .kind = u"model"_s, .title = u"Small"_s, .config = {{"model", "small"}}},
        {.id = {u"a"_s}, .kind = u"answer"_s, .title = u"Answer"_s}};
    document.wires = {{{u"q"_s}, u"out"_s, {u"m"_s}}, {{u"m"_s}, u"out"_s, {u"a"_s}}};
    return document;
}

QStringList texts(const PolicyDocument &before, const PolicyDocument &after)
{
    QStringList found;
    for (const Difference &difference : differences(before, after))
        found.append(difference.text);
    return found;
}

} // namespace

class TestPolicyDifference final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalPoliciesDifferInNothing() { QVERIFY(differences(cascade(), cascade()).isEmpty()); }

    void namesAddedRemovedAndRenamedNodes()
    {
        PolicyDocument after = cascade();
        after.nodes[1].title = u"Tiny"_s;
        after.nodes.removeLast();
        after.nodes.append({.id = {u"g"_s}, .kind = u"gate"_s, .title = u"Sure?"_s});
        const QStringList found = texts(cascade(), after);
        QCOMPARE(found, QStringList({u"“Small” was renamed to “Tiny”."_s,
                                     u"“Sure?” (Gate) was added."_s,
                                     u"“Answer” (Answer) was removed."_s}));
    }

    void showsAFieldByItsLabelBeforeAndAfter()
    {
        PolicyDocument before = cascade();
        before.nodes[1] = {
            .id = {u"g"_s}, .kind = u"gate"_s, .title = u"Gate"_s, .config = {{"threshold", 0.5}}};
        PolicyDocument after = before;
        after.nodes[1].config["threshold"] = 0.7;
        QCOMPARE(texts(before, after), QStringList{u"“Gate”: Threshold 0.5 → 0.7."_s});
        after.nodes[1].config.erase("threshold");
        QCOMPARE(texts(before, after), QStringList{u"“Gate”: Threshold 0.5 → default."_s});
        after = before;
        after.nodes[1].at = {10, 20};
        QCOMPARE(texts(before, after), QStringList{u"“Gate” was moved."_s});
        after = before;
        after.nodes[1].extra["hint"] = 1;
        QCOMPARE(texts(before, after), QStringList{u"“Gate” has other settings."_s});
    }

    void tellsWhereWiresLeadNow()
    {
        PolicyDocument after = cascade();
        after.wires = {{{u"q"_s}, u"out"_s, {u"a"_s}}, {{u"m"_s}, u"error"_s, {u"a"_s}}};
        QCOMPARE(texts(cascade(), after),
                 QStringList({u"“Query” leads to “Answer” instead of “Small” (out)."_s,
                              u"“Small” now leads to “Answer” (error)."_s,
                              u"“Small” no longer leads to “Answer” (out)."_s}));
    }

    void tellsModelsAndSettings()
    {
        PolicyDocument after = cascade();
        after.models[0].model = u"s-2"_s;
        after.models.append({.name = u"large"_s});
        after.name = u"help"_s;
        after.baseline = u"large"_s;
        after.limits.maxCost = Money();
        QCOMPARE(texts(cascade(), after),
                 QStringList({u"Model “small”: provider's model s-1 → s-2."_s,
                              u"The model “large” was added."_s, u"Name: support → help."_s,
                              u"Baseline: none → large."_s, u"The limits of a query differ."_s}));
        PolicyDocument unknown = cascade();
        unknown.extra["later"] = true;
        QCOMPARE(texts(cascade(), unknown), QStringList{u"Other settings of the policy differ."_s});
        PolicyDocument turned = cascade();
        std::swap(turned.wires[0], turned.wires[1]);
        QCOMPARE(texts(cascade(), turned), QStringList{u"Only the order of entries differs."_s});
    }

    void tellsModesGroupsAndPins()
    {
        PolicyDocument after = cascade();
        after.nodes[1].mode = NodeMode::Muted;
        QCOMPARE(texts(cascade(), after), QStringList{u"“Small” was muted."_s});
        QCOMPARE(texts(after, cascade()), QStringList{u"“Small” takes part again."_s});
        after = cascade();
        after.groups.append({.id = u"g"_s, .title = u"Stage"_s, .nodes = {{u"m"_s}}});
        QCOMPARE(texts(cascade(), after), QStringList{u"The groups of nodes differ."_s});
        after = cascade();
        after.pins.append(RoutePin());
        QCOMPARE(texts(cascade(), after), QStringList{u"The pinned queries differ."_s});
    }

    void everyDifferenceOfTwoDocumentsIsSaid()
    {
        // Whatever single member changes, something is said.
        const PolicyDocument before = cascade();
        QList<PolicyDocument> changed(6, before);
        changed[0].nodes[0].kind = u"note"_s;
        changed[1].nodes[1].config = 3;
        changed[2].models[0].parameters["temperature"] = 0.1;
        changed[3].models[0].extra["x"] = 1;
        changed[4].models[0].price = Price();
        changed[5].models.clear();
        for (const PolicyDocument &after : changed)
            QCOMPARE(differences(before, after).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestPolicyDifference)
#include "tst_policy_difference.moc"
