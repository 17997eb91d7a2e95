#pragma once

#include "tests/engine/engine_fixture.h"

// A node that calls a group of models, each with a provider that does as it is told.
namespace headgate::test {

using namespace Qt::StringLiterals;

inline Scripted down()
{
    return fails(providers::FailureClass::Transient, providers::Advice::Retry, 503);
}

inline Scripted refused()
{
    return fails(providers::FailureClass::Transport, providers::Advice::Retry);
}

inline const engine::Deployment kSmall{u"a"_s, u"small-id"_s};
inline const engine::Deployment kLarge{u"b"_s, u"large-id"_s};

// query -> first (small, else large, else spare) -> answer; no error wire.
inline policy::PolicyDocument grouped(const Json &config = Json::object())
{
    policy::PolicyDocument document = cascade();
    document.models = {model(u"large"_s, u"b"_s, 10), model(u"small"_s, u"a"_s, 1),
                       model(u"spare"_s, u"b"_s, 3)};
    Json call = callOf(u"small"_s, 0);
    call["fallbacks"] = {"large", "spare"};
    call.update(config);
    document.nodes = {node(u"in"_s, u"query"_s), node(u"first"_s, u"model"_s, call),
                      node(u"out"_s, u"answer"_s)};
    document.wires = {wire(u"in"_s, u"query"_s, u"first"_s),
                      wire(u"first"_s, u"answer"_s, u"out"_s)};
    return document;
}

struct Group : EngineFixture
{
    Group()
    {
        a->script(u"small-id"_s, {answers(u"small"_s)});
        b->script(u"large-id"_s, {answers(u"large"_s)});
        b->script(u"spare-id"_s, {answers(u"spare"_s)});
    }

    engine::RunTrace ask(const policy::PolicyDocument &document = grouped())
    {
        return run(document, query(u"?"_s));
    }
    engine::DeploymentHealth health(const engine::Deployment &deployment)
    {
        return runner.traffic().deployments.health(deployment);
    }
};

} // namespace headgate::test
