#include "random_document.h"

#include "core/common/secrets.h"
#include "core/policy/policy_format.h"
#include "core/policy/policy_validation.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

// A cascade of two models without any problem.
constexpr const char *kCascade = R"({
  "baseline": "Large", "format": "headgate.policy", "name": "cascade", "version": 1,
  "models": {
    "Large": {"model": "large", "provider": "p", "price": {"input": 2, "output": 8}},
    "Small": {"model": "small", "provider": "p", "price": {"input": 1, "output": 2}}
  },
  "nodes": [
    {"id": "q", "kind": "query", "title": "Query"},
    {"id": "s", "kind": "model", "title": "Small", "config": {"model": "Small", "timeout_s": 30}},
    {"id": "g", "kind": "gate", "title": "Gate 1",
     "config": {"scorers": [{"kind": "log_probability"}], "threshold": 0.5}},
    {"id": "l", "kind": "model", "title": "Large", "config": {"model": "Large", "timeout_s": 30}},
    {"id": "a", "kind": "answer", "title": "Answer", "at": [900, 0]}
  ],
  "wires": [["q", "query", "s"], ["s", "answer", "g"], ["g", "accept", "a"],
            ["g", "escalate", "l"], ["l", "answer", "a"]]
})";

PolicyDocument parsed(const QByteArray &text)
{
    const auto loaded = parsePolicy(text);
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().message));
    return loaded->document;
}

PolicyDocument cascade()
{
    return parsed(kCascade);
}

Node &nodeOf(PolicyDocument &document, const QString &id)
{
    return *std::find_if(document.nodes.begin(), document.nodes.end(),
                         [&](const Node &node) { return node.id.value == id; });
}

QStringList codesOf(const QList<Problem> &problems)
{
    QStringList codes;
    for (const Problem &problem : problems)
        codes.append(problem.code);
    return codes;
}

QString listed(const QList<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines.append(u"%1 [%2 %3 %4] %5"_s.arg(problem.code, problem.node.value, problem.port,
                                               problem.field, problem.sentence));
    return lines.join(u'\n');
}

// A policy with this node alone, wired to nothing.
QList<Problem> problemsOfNode(const QString &kind, const QByteArray &config)
{
    PolicyDocument document = cascade();
    document.nodes.append({.id = {u"x"_s}, .kind = kind, .config = parseJson(config).value()});
    QList<Problem> found;
    for (const Problem &problem : validate(document)) {
        if (problem.node.value == u"x" && problem.code != u"unreachable" &&
            problem.code != u"port-not-wired")
            found.append(problem);
    }
    return found;
}

using Change = std::function<void(PolicyDocument &)>;

struct Case
{
    const char *name;
    Change spoil;
    const char *code;
    const char *node; // "" : of the whole policy
    bool mends;
    bool warning = false;
};

void wire(PolicyDocument &document, const char *from, const char *port, const char *to)
{
    document.wires.append(
        {{QString::fromLatin1(from)}, QString::fromLatin1(port), {QString::fromLatin1(to)}});
}

const QList<Case> &cases()
{
    static const QList<Case> all{
        {"no query",
         [](auto &d) {
             d.nodes.removeFirst();
             d.wires.removeFirst();
         },
         "no-query", "", true},
        {"two queries",
         [](auto &d) {
             d.nodes.append({.id = {u"q2"_s}, .kind = u"query"_s, .title = u"More"_s});
             wire(d, "q2", "query", "s");
         },
         "many-queries", "q2", true},
        {"no answer",
         [](auto &d) {
             d.nodes.removeLast();
             d.wires.removeIf([](const Wire &w) { return w.to.value == u"a"; });
         },
         "no-answer", "", true},
        {"unreachable",
         [](auto &d) {
             d.nodes.append({.id = {u"b"_s}, .kind = u"answer"_s, .title = u"Other"_s});
         },
         "unreachable", "b", true, true},
        {"port not wired", [](auto &d) { d.wires.removeLast(); }, "port-not-wired", "l", true},
        {"same id", [](auto &d) { d.nodes[1].id = d.nodes[3].id; }, "duplicate-id", "l", true},
        {"no id", [](auto &d) { d.nodes[3].id = {}; }, "no-id", "", true},
        {"same title", [](auto &d) { nodeOf(d, u"l"_s).title = u"Small"_s; }, "duplicate-title",
         "l", true, true},
        {"wire to nowhere", [](auto &d) { wire(d, "s", "error", "nowhere"); }, "dangling-wire", "s",
         true},
        {"wire from nowhere", [](auto &d) { wire(d, "nowhere", "x", "s"); }, "dangling-wire", "s",
         true},
        {"wire from no port", [](auto &d) { wire(d, "g", "maybe", "a"); }, "unknown-port", "g",
         true},
        {"two wires on a port", [](auto &d) { wire(d, "g", "accept", "l"); }, "port-wired-twice",
         "g", true},
        {"wire into the query", [](auto &d) { wire(d, "s", "error", "q"); }, "wire-into-query", "s",
         true},
        {"cycle", [](auto &d) { wire(d, "l", "error", "s"); }, "cycle", "l", true},
        {"wire to itself", [](auto &d) { wire(d, "l", "error", "l"); }, "cycle", "l", true},
        {"unknown kind", [](auto &d) { nodeOf(d, u"g"_s).kind = u"teleport"_s; }, "unknown-kind",
         "g", false},
        {"model not defined", [](auto &d) { nodeOf(d, u"s"_s).config["model"] = "small"; },
         "model-not-defined", "s", true},
        {"model not chosen", [](auto &d) { nodeOf(d, u"s"_s).config.erase("model"); },
         "field-missing", "s", false},
        {"no timeout", [](auto &d) { nodeOf(d, u"s"_s).config.erase("timeout_s"); }, "no-timeout",
         "s", true, true},
        {"model without provider", [](auto &d) { d.models[0].provider.clear(); },
         "model-without-provider", "", false},
        {"model without id", [](auto &d) { d.models[0].model.clear(); }, "model-without-id", "",
         false},
        {"negative price", [](auto &d) { d.models[0].price->output = Money::fromNanos(-1); },
         "negative-price", "", false},
        {"same model twice", [](auto &d) { d.models.append(d.models.last()); }, "duplicate-model",
         "", false},
        {"no models", [](auto &d) { d.models.clear(); }, "no-models", "", false},
        {"no baseline", [](auto &d) { d.baseline.clear(); }, "no-baseline", "", true, true},
        {"baseline not defined", [](auto &d) { d.baseline = u"Huge"_s; }, "baseline-not-defined",
         "", true},
        {"cost limit of nothing", [](auto &d) { d.limits.maxCost = Money(); }, "cost-limit-range",
         "", true},
        {"time limit below 0", [](auto &d) { d.limits.maxLatency = std::chrono::seconds(-1); },
         "latency-limit-range", "", true},
        {"field out of range", [](auto &d) { nodeOf(d, u"g"_s).config["threshold"] = 1.5; },
         "field-range", "g", true},
        {"field of a wrong type", [](auto &d) { nodeOf(d, u"g"_s).config["threshold"] = "high"; },
         "field-type", "g", true},
        {"field without a default, wrong",
         [](auto &d) { nodeOf(d, u"s"_s).config["timeout_s"] = -3; }, "field-range", "s", true},
        {"choice that there is not", [](auto &d) { nodeOf(d, u"a"_s).config["which"] = "first"; },
         "field-choice", "a", true},
        {"required field missing", [](auto &d) { nodeOf(d, u"g"_s).config.erase("scorers"); },
         "field-missing", "g", true},
        {"config that is no object", [](auto &d) { nodeOf(d, u"g"_s).config = Json::array(); },
         "field-type", "g", true},
        {"gate before any model",
         [](auto &d) {
             d.wires[0].to = {u"g"_s};
             wire(d, "l", "error", "s");
             d.wires[1].to = {u"a"_s};
         },
         "gate-without-model", "g", false},
        {"key in a title",
         [](auto &d) { nodeOf(d, u"s"_s).title = u"Small, sk-proj-abcDEF0123456789xyz"_s; },
         "key-in-policy", "s", true, true},
        {"key in a field",
         [](auto &d) { nodeOf(d, u"s"_s).config["system"] = "Use AIzaSyA0123456789abcdefghij."; },
         "key-in-policy", "s", true, true},
        {"key in the name", [](auto &d) { d.name = u"gsk_0123456789abcdefghij"_s; },
         "key-in-policy", "", true, true},
        {"key in a model's parameters",
         [](auto &d) { d.models[0].parameters["user"] = "Bearer abc.def-123"; }, "key-in-policy",
         "", true, true},
        {"key in a field that is not known",
         [](auto &d) { d.extra["note"] = Json::array({"http://ada:secret@proxy.example"}); },
         "key-in-policy", "", true, true},
        {"answer before any model", [](auto &d) { d.wires[0].to = {u"a"_s}; },
         "answer-without-model", "a", false},
    };
    return all;
}

} // namespace

class TestPolicyValidation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodPolicyHasNoProblem()
    {
        const auto problems = validate(cascade());
        QVERIFY2(problems.isEmpty(), qPrintable(listed(problems)));
        QVERIFY(!hasErrors(problems));
    }

    void findsEachProblemAndMendsIt_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < cases().size(); ++i)
            QTest::addRow("%s", cases()[i].name) << i;
    }

    void findsEachProblemAndMendsIt()
    {
        QFETCH(const int, index);
        const Case &test = cases()[index];
        PolicyDocument document = cascade();
        test.spoil(document);
        const auto problems = validate(document);
        const qsizetype at = codesOf(problems).indexOf(QString::fromLatin1(test.code));
        QVERIFY2(at >= 0, qPrintable(listed(problems)));
        const Problem &problem = problems[at];
        QCOMPARE(problem.node.value, QString::fromLatin1(test.node));
        QCOMPARE(problem.severity == Problem::Severity::Warning, test.warning);
        QVERIFY2(problem.sentence.endsWith(u'.') && !problem.sentence.contains(u"%1"_s),
                 qPrintable(problem.sentence));
        QCOMPARE(problem.mend.has_value(), test.mends);
        if (!problem.mend)
            return;
        QVERIFY(!problem.mend->label.isEmpty());
        const auto after = validate(problem.mend->apply(document));
        QVERIFY2(!codesOf(after).contains(QString::fromLatin1(test.code)),
                 qPrintable(listed(after)));
    }

    void sentencesNameThePlace()
    {
        PolicyDocument document = cascade();
        nodeOf(document, u"l"_s).title = u"Albatross"_s;
        nodeOf(document, u"l"_s).config.erase("timeout_s");
        wire(document, "l", "error", "s");
        const auto problems = validate(document);
        QCOMPARE(codesOf(problems).join(u' '), u"cycle no-timeout"_s);
        QVERIFY2(problems[0].sentence.contains(u"Small → Gate 1 → Albatross → Small"_s),
                 qPrintable(problems[0].sentence));
        QCOMPARE(problems[0].port, u"error"_s);
        QCOMPARE(problems[0].mend->label, u"Remove the wire from Albatross to Small"_s);
        QCOMPARE(problems[1].sentence,
                 u"Albatross has no timeout; a hung call would hold the query for 600 s."_s);
        QCOMPARE(problems[1].field, u"timeout_s"_s);
        QCOMPARE(problems[1].mend->label, u"Set 30 s"_s);
        const auto mended = problems[1].mend->apply(document);
        QCOMPARE(mended.node({u"l"_s})->config["timeout_s"], Json(30));
    }

    void reportsEverythingAtOnceErrorsFirst()
    {
        PolicyDocument document = cascade();
        document.baseline.clear();                                   // warning of the policy
        nodeOf(document, u"s"_s).config.erase("timeout_s");          // warning
        nodeOf(document, u"l"_s).config["retries"] = 99;             // error
        nodeOf(document, u"g"_s).config["threshold"] = -1;           // error
        nodeOf(document, u"g"_s).config["on_scorer_failure"] = true; // error
        document.models[0].provider.clear();                         // error of the policy
        QCOMPARE(codesOf(validate(document)).join(u' '),
                 u"model-without-provider field-range field-type field-range no-baseline "
                 u"no-timeout"_s);
    }

    void anEmptyPolicyOffersAStart()
    {
        const auto problems = validate({});
        QCOMPARE(codesOf(problems).join(u' '), u"empty-policy"_s);
        const auto started = problems[0].mend->apply({});
        QCOMPARE(started.nodes.size(), 2);
        QVERIFY(!codesOf(validate(started)).contains(u"no-query"_s));
    }

    void anUnwiredPortGoesToTheNearestAnswer()
    {
        PolicyDocument document = cascade();
        document.wires.removeLast();
        document.nodes.append(
            {.id = {u"far"_s}, .kind = u"answer"_s, .title = {}, .at = {5000, 0}});
        document.wires[2].to = {u"far"_s};
        const auto problems = validate(document);
        const auto at = codesOf(problems).indexOf(u"port-not-wired"_s);
        const auto mended = problems[at].mend->apply(document);
        QCOMPARE(mended.target({u"l"_s}, u"answer"_s)->value, u"a"_s);
    }

    void theFirstOfTwoWiresOfAPortStays()
    {
        PolicyDocument document = cascade();
        wire(document, "g", "accept", "l");
        wire(document, "g", "accept", "a");
        const auto problems = validate(document);
        QCOMPARE(codesOf(problems).count(u"port-wired-twice"_s), 1);
        const auto at = codesOf(problems).indexOf(u"port-wired-twice"_s);
        QCOMPARE(problems[at].mend->apply(document), cascade());
    }

    void theDearestModelIsTheBaselineOffered()
    {
        PolicyDocument document = cascade();
        document.baseline.clear();
        QCOMPARE(validate(document)[0].mend->apply(document).baseline, u"Large"_s);
        for (Model &model : document.models)
            model.price.reset(); // then the last stage's
        QCOMPARE(validate(document)[0].mend->apply(document).baseline, u"Large"_s);
    }

    void whatCannotRunYetIsAnErrorWithACodeOfItsOwn()
    {
        for (const NodeKind &kind : nodeKinds()) {
            const QString codes = codesOf(problemsOfNode(kind.id, "{}")).join(u' ');
            QCOMPARE(codes.contains(u"not-in-this-build"_s),
                     kind.runtime == Runtime::NotInThisBuild);
        }
    }

    void anAnswerFromTheCacheNeedsNoModel()
    {
        PolicyDocument document = cascade();
        document.nodes.append({.id = {u"c"_s}, .kind = u"cache"_s});
        document.wires[0].to = {u"c"_s};
        wire(document, "c", "miss", "s");
        wire(document, "c", "hit", "a");
        QCOMPARE(codesOf(validate(document)).join(u' '), u"not-in-this-build"_s);
    }

    void failoverToAGateIsAllowed()
    {
        PolicyDocument document = cascade();
        wire(document, "s", "error", "l");
        wire(document, "l", "error", "a");
        QVERIFY2(validate(document).isEmpty(), qPrintable(listed(validate(document))));
    }

    void checksTheConfigOfEachKind_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char *name, const QString &kind, const QByteArray &config,
                            const QString &codes = {}) {
            QTest::addRow("%s: %s", qPrintable(kind), name) << kind << config << codes;
        };
        const QString rule = u"rule"_s;
        row("all conditions", rule, R"({"cases": [{"name": "a", "any_keyword": ["refund"],
            "regex": "^a+$", "min_length": 1, "max_length": 9, "min_tokens": 0, "max_tokens": 5,
            "language": "de", "has_code": false, "metadata": {"tenant": "gold"}}]})");
        row("no condition", rule, R"({"cases": [{"name": "a"}]})", u"case-without-condition"_s);
        row("condition of nothing", rule, R"({"cases": [{"name": "a", "any_keyword": []}]})",
            u"case-without-condition"_s);
        row("bad pattern", rule, R"({"cases": [{"name": "a", "regex": "*oops"}]})",
            u"bad-pattern"_s);
        row("two of a name", rule,
            R"({"cases": [{"name": "a", "has_code": true}, {"name": "a", "has_code": true}]})",
            u"name-duplicate"_s);
        row("reserved", rule, R"({"cases": [{"name": "otherwise", "has_code": true}]})",
            u"name-reserved"_s);
        row("no name", rule, R"({"cases": [{"has_code": true}]})", u"case-without-name"_s);
        row("wrong types", rule,
            R"({"cases": [{"name": "a", "has_code": "yes", "min_length": -1}]})",
            u"field-range field-type"_s);
        row("least above most", rule,
            R"({"cases": [{"name": "a", "min_tokens": 9, "max_tokens": 1}]})", u"field-range"_s);
        row("no case", rule, R"({"cases": []})", u"no-cases"_s);
        row("missing", rule, "{}", u"field-missing"_s);
        row("cases that are none", rule, R"({"cases": [1]})", u"field-type"_s);

        const QString split = u"split"_s;
        row("good", split, R"({"branches": [{"name": "a", "weight": 0.9}, {"name": "b",
            "weight": 0.1}], "sticky_key": "user", "seed": 7})");
        row("sum", split,
            R"({"branches": [{"name": "a", "weight": 3}, {"name": "b", "weight": 1}]})",
            u"weights-not-one"_s);
        row("weight 0", split,
            R"({"branches": [{"name": "a", "weight": 0}, {"name": "b", "weight": 1}]})",
            u"bad-weight"_s);
        row("weight text", split, R"({"branches": [{"name": "a", "weight": "1"}]})",
            u"bad-weight"_s);
        row("two of a name", split,
            R"({"branches": [{"name": "a", "weight": 0.5}, {"name": "a", "weight": 0.5}]})",
            u"name-duplicate"_s);
        row("nameless", split, R"({"branches": [{"weight": 1}]})", u"name-empty"_s);
        row("no branch", split, R"({"branches": []})", u"no-branches"_s);
        row("seed", split, R"({"branches": [{"name": "a", "weight": 1}], "seed": 1.5})",
            u"field-type"_s);

        const QString gate = u"gate"_s;
        row("all scorers", gate, R"({"scorers": [
            {"kind": "log_probability", "weight": 2, "aggregate": "min"}, {"kind": "refusal"},
            {"kind": "truncation", "weight": 0}, {"kind": "length", "max_characters": 9},
            {"kind": "format", "format": "regex", "pattern": "^.$"},
            {"kind": "format", "format": "json_schema", "schema": {}}]})");
        row("unknown scorer", gate, R"({"scorers": [{"kind": "oracle"}]})", u"unknown-scorer"_s);
        row("no scorer", gate, R"({"scorers": []})", u"no-scorer"_s);
        row("weights of 0", gate, R"({"scorers": [{"kind": "refusal", "weight": 0}]})",
            u"no-scorer"_s);
        row("weight below 0", gate,
            R"({"scorers": [{"kind": "refusal", "weight": -1}, {"kind": "length"}]})",
            u"bad-weight"_s);
        row("option", gate, R"({"scorers": [{"kind": "log_probability", "aggregate": "max"}]})",
            u"field-choice"_s);
        row("length", gate,
            R"({"scorers": [{"kind": "length", "min_characters": 9, "max_characters": 2}]})",
            u"field-range"_s);
        row("no pattern", gate, R"({"scorers": [{"kind": "format", "format": "regex"}]})",
            u"scorer-incomplete"_s);
        row("bad pattern", gate,
            R"({"scorers": [{"kind": "format", "format": "regex", "pattern": "*"}]})",
            u"bad-pattern"_s);
        row("a judge without model", gate, R"({"scorers": [{"kind": "judge"}]})",
            u"model-not-defined"_s);
        row("a judge that is no model of the policy", gate,
            R"({"scorers": [{"kind": "judge", "model": "oracle"}]})", u"model-not-defined"_s);
        row("a scale of 0", gate,
            R"({"scorers": [{"kind": "judge", "model": "Large", "scale": 0}]})", u"field-range"_s);
        row("one sample", gate, R"({"scorers": [{"kind": "self_consistency", "samples": 1}]})",
            u"field-range"_s);
        row("eleven samples", gate,
            R"({"scorers": [{"kind": "self_consistency", "samples": 11}]})", u"field-range"_s);
        row("compared by mood", gate,
            R"({"scorers": [{"kind": "self_consistency", "compare": "mood"}]})",
            u"field-choice"_s);
        row("agreement with nobody", gate, R"({"scorers": [{"kind": "agreement", "model": ""}]})",
            u"model-not-defined"_s);
        row("no schema", gate, R"({"scorers": [{"kind": "format", "format": "json_schema"}]})",
            u"scorer-incomplete"_s);

        row("good", u"classifier"_s,
            R"({"artifact": "linear-00.hga", "labels": ["a", "b"], "floor": 0.7})", {});
        row("not trained", u"classifier"_s, R"({"labels": ["a", "b"]})", u"needs-training"_s);
        row("labels", u"classifier"_s,
            R"({"artifact": "linear-00.hga", "labels": ["a", "a", "unsure", ""]})",
            u"name-duplicate name-empty name-reserved"_s);
        row("no label", u"classifier"_s, R"({"artifact": "linear-00.hga", "labels": []})",
            u"no-labels"_s);
        row("path", u"classifier"_s, R"({"artifact": "../linear-00.hga"})", u"artifact-name"_s);
        row("absolute path", u"classifier"_s, R"({"artifact": "/tmp/linear-00.hga"})",
            u"artifact-name"_s);
        row("other file", u"classifier"_s, R"({"artifact": "linear-00.json"})",
            u"artifact-name"_s);
        row("good", u"nearest"_s, R"({"references": [{"prompt": "p", "label": "a"},
            {"prompt": "q", "label": "a"}]})",
            {});
        row("empty", u"nearest"_s, "{}", u"no-references"_s);
        row("incomplete", u"nearest"_s, R"({"references": [{"prompt": "p"}, {"label": "a"}]})",
            u"reference-incomplete reference-incomplete"_s);
        row("trained", u"nearest"_s,
            R"({"source": "trained", "artifact": "knn-00.hga", "labels": ["a", "b"]})", {});
        row("not trained", u"nearest"_s, R"({"source": "trained", "labels": ["a"]})",
            u"needs-training"_s);
        row("good", u"predictor"_s,
            R"({"models": ["Small", "Large"], "max_cost_usd": 0.01, "willingness_usd": 0.1,
                "measured": [{"model": "Small", "quality": 0.6},
                             {"model": "Large", "quality": 0.9}]})",
            {});
        row("not measured", u"predictor"_s,
            R"({"models": ["Small", "Large"], "measured": [{"model": "Small", "quality": 0.6}]})",
            u"needs-training"_s);
        row("by task", u"predictor"_s,
            R"({"models": ["Small"], "estimator": "static", "scores": [
                {"model": "Small", "task": "code", "quality": 0.6},
                {"model": "Small", "task": "any", "quality": 0.5}]})",
            {});
        row("by some task", u"predictor"_s,
            R"({"models": ["Small"], "estimator": "static", "scores": [
                {"model": "Small", "task": "code", "quality": 0.6}]})",
            u"needs-training"_s);
        row("not trained", u"predictor"_s, R"({"models": ["Small"], "estimator": "learned"})",
            u"needs-training"_s);
        row("unknown model", u"predictor"_s,
            R"({"models": ["Small", "Roc"], "estimator": "learned", "artifact": "linear-00.hga"})",
            u"model-not-defined"_s);
        row("figure of another", u"predictor"_s,
            R"({"models": ["Small"], "measured": [{"model": "Small", "quality": 0.6},
                                                  {"model": "Large", "quality": 0.9}]})",
            u"no-candidate"_s);
        row("figures out of range", u"predictor"_s,
            R"({"models": ["Small"], "measured": [{"model": "Small", "quality": 6}],
                "latencies": [{"model": "Small", "seconds": -1}]})",
            u"field-range field-range"_s);
        row("seconds alone", u"predictor"_s,
            R"({"models": ["Small"], "measured": [{"model": "Small", "quality": 0.6}],
                "second_usd": 0.001})",
            u"no-objective"_s);
        row("former weights", u"predictor"_s,
            R"({"models": ["Small"], "measured": [{"model": "Small", "quality": 0.6}],
                "cost_weight": 10})",
            u"old-weights"_s);
        row("no weight", u"predictor"_s,
            R"({"models": ["Small"], "measured": [{"model": "Small", "quality": 0.6}],
                "quality_weight": 0})",
            u"no-objective"_s);
        row("no model", u"predictor"_s, R"({"models": []})", u"no-candidates"_s);
        row("trained scorer", gate,
            R"({"scorers": [{"kind": "trained", "artifact": "linear-00.hga"}]})", {});
        row("scorer not trained", gate, R"({"scorers": [{"kind": "trained"}]})",
            u"needs-training"_s);
        row("good", u"cache"_s, R"({"match": "semantic"})", u"not-in-this-build"_s);
        row("time", u"cache"_s, R"({"time_to_live_s": 0})", u"field-range not-in-this-build"_s);
        row("retries", u"model"_s, R"({"model": "Small", "retries": 11, "timeout_s": 9})",
            u"field-range"_s);
        row("unknown fields", u"model"_s, R"({"model": "Small", "timeout_s": 9, "mood": 1})");
    }

    void checksTheConfigOfEachKind()
    {
        QFETCH(const QString, kind);
        QFETCH(const QByteArray, config);
        QFETCH(const QString, codes);
        const auto problems = problemsOfNode(kind, config);
        QStringList found = codesOf(problems);
        found.sort();
        QVERIFY2(found.join(u' ') == codes, qPrintable(listed(problems)));
    }

    void aKeyIsFoundWhereverItStandsAndNotRepeated()
    {
        const SecretKey held{QByteArrayLiteral("Tr4velling.Kestrel~over+Moor")};
        const QString key = u"Tr4velling.Kestrel~over+Moor"_s;
        PolicyDocument document = cascade();
        // The model's name stands in its node, too, and the branch's is the port of its wire.
        document.models[1].name = u"Small "_s + key;
        nodeOf(document, u"s"_s).config["model"] = toStdString(document.models[1].name);
        document.nodes.append(
            {.id = {u"x"_s},
             .kind = u"split"_s,
             .title = key,
             .config = {{"branches", {{{"name", toStdString(key)}, {"weight", 1.0}}}}}});
        document.wires[0].to = {u"x"_s};
        document.wires.append({{u"x"_s}, key, {u"s"_s}});
        document.groups.append({.id = u"g1"_s, .title = key, .nodes = {{u"s"_s}}});
        const auto problems = validate(document);
        QStringList places;
        for (const Problem &problem : problems) {
            QCOMPARE(problem.code, u"key-in-policy"_s);
            QVERIFY(problem.sentence.startsWith(u"A key of one of your providers stands in "_s));
            QVERIFY2(!problem.sentence.contains(key), qPrintable(problem.sentence));
            places.append(problem.node.value + u'.' + problem.field);
        }
        QCOMPARE(places.join(u' '), u". . s.model x. x.branches"_s);
        QCOMPARE(problems[0].mend->label, u"Take all keys out"_s);
        const PolicyDocument mended = problems[0].mend->apply(document);
        QVERIFY2(validate(mended).isEmpty(), qPrintable(listed(validate(mended))));
        QVERIFY(!formatPolicy(mended).contains(key.toUtf8()));
        QCOMPARE(mended.models[1].name, u"Small [key removed]"_s);
        QVERIFY(mended.model(jsonString(mended.node({u"s"_s})->config, "model")));
    }

    void scalesWeightsToOne()
    {
        const auto problems = problemsOfNode(
            u"split"_s,
            R"({"branches": [{"name": "a", "weight": 9}, {"name": "b", "weight": 1}]})");
        QCOMPARE(problems[0].severity, Problem::Severity::Warning);
        QCOMPARE(problems[0].mend->label, u"Scale to 1"_s);
        PolicyDocument document;
        document.nodes = {{.id = {u"x"_s}, .kind = u"split"_s}};
        const auto mended = problems[0].mend->apply(document);
        QCOMPARE(mended.nodes[0].config["branches"][0]["weight"], Json(0.9));
        QCOMPARE(mended.nodes[0].config["branches"][1]["weight"], Json(0.1));
    }

    void mendsOfAnyDocumentComeToAnEnd()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 300; ++round) {
            PolicyDocument document = tests::randomDocument(random);
            for (int step = 0;; ++step) {
                QVERIFY2(step < 200, qPrintable(listed(validate(document))));
                const auto problems = validate(document);
                const auto mendable =
                    std::find_if(problems.begin(), problems.end(),
                                 [](const Problem &problem) { return problem.mend.has_value(); });
                if (mendable == problems.end())
                    break;
                const PolicyDocument mended = mendable->mend->apply(document);
                QVERIFY2(!(mended == document), qPrintable(listed({*mendable})));
                document = mended;
            }
        }
    }

    void standsSizeAndDepth()
    {
        constexpr int kNodes = 10'000;
        PolicyDocument document = cascade();
        document.nodes.clear();
        document.wires.clear();
        document.nodes.append({.id = {u"q"_s}, .kind = u"query"_s});
        document.wires.append({{u"q"_s}, u"query"_s, {u"m0"_s}});
        const auto id = [](int i) { return NodeId{u'm' + QString::number(i)}; };
        for (int i = 0; i < kNodes; ++i) {
            document.nodes.append({.id = id(i),
                                   .kind = u"model"_s,
                                   .config = Json{{"model", "Small"}, {"timeout_s", 9}}});
            document.wires.append(
                {id(i), u"answer"_s, i + 1 < kNodes ? id(i + 1) : NodeId{u"a"_s}});
        }
        document.nodes.append({.id = {u"a"_s}, .kind = u"answer"_s});
        QVERIFY2(validate(document).isEmpty(), qPrintable(listed(validate(document)).left(500)));

        document.wires.append({id(kNodes - 1), u"error"_s, id(0)});
        const auto problems = validate(document);
        QCOMPARE(codesOf(problems).join(u' '), u"cycle"_s);
        QVERIFY2(problems[0].sentence.contains(u"m0 → m1 → m2 → … → m9997 → m9998 → m9999 → m0"_s),
                 qPrintable(problems[0].sentence));

        for (int i = 0; i < 40'000; ++i)
            document.wires.append({id(i % kNodes), u"error"_s, id(i * 7919 % kNodes)});
        const auto many = validate(document);
        QVERIFY(codesOf(many).contains(u"port-wired-twice"_s));
        QVERIFY(codesOf(many).count(u"cycle"_s) > 1000);
    }
};

QTEST_GUILESS_MAIN(TestPolicyValidation)
#include "tst_policy_validation.moc"
