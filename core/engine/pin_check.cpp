#include "core/engine/pin_check.h"

#include "core/engine/live_figures.h"
#include "core/engine/pinned_results.h"
#include "core/engine/texts.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;
using policy::PinnedStep;

namespace {

QString placeName(const policy::PolicyDocument &document, const policy::NodeId &id)
{
    const policy::Node *node = document.node(id);
    if (!node)
        return Texts::tr("a node that is gone (%1)").arg(id.value);
    return node->title.isEmpty() ? id.value : node->title;
}

// Of one line with other words around it.
QString shortName(const policy::RoutePin &pin)
{
    constexpr qsizetype kLength = 32;
    return pin.name.size() > kLength ? pin.name.left(kLength - 1) + u'…' : pin.name;
}

// How far a pinned query came.
struct Walk
{
    QList<PinnedStep> taken;
    // Where it had to stop for want of a recorded result, and what that is.
    std::optional<policy::NodeId> stuck;
    QString missing;
};

class Follower
{
public:
    Follower(const policy::CompiledPolicy &policy,
             const std::vector<std::unique_ptr<routers::Router>> &routers,
             const CallCost &costs, const policy::RoutePin &pin,
             std::span<const Money> worstCases)
        : m_policy(policy)
        , m_routers(routers)
        , m_figures(policy.document(), costs, nullptr)
        , m_pin(pin)
        , m_results(pin)
        , m_run(policy, worstCases)
    {
    }

    Walk follow()
    {
        while (!m_run.isOver()) {
            const policy::Step step = m_run.step(); // a copy: resolving overwrites it
            const policy::NodeIndex node = std::visit([](const auto &s) { return s.node; }, step);
            if (!resolve(step)) {
                m_walk.stuck = m_policy.node(node).id;
                return m_walk;
            }
            m_walk.taken.append({m_policy.node(node).id, portTaken(node)});
        }
        // An answer, or a model that a limit kept from being called, is nothing to resolve.
        const policy::NodeId end =
            m_policy.node(std::visit([](const auto &s) { return s.node; }, m_run.step())).id;
        if (m_walk.taken.isEmpty() || m_walk.taken.last().node != end)
            m_walk.taken.append({end, {}});
        return m_walk;
    }

private:
    bool resolve(const policy::Step &step)
    {
        if (const auto *call = std::get_if<policy::CallModel>(&step))
            return resolveCall(*call);
        if (const auto *score = std::get_if<policy::Score>(&step))
            return resolveScore(*score);
        const auto &decide = std::get<policy::Decide>(step);
        const routers::Router &router = *m_routers[size_t(decide.node)];
        if (!router.embedder().isEmpty()) {
            m_walk.missing =
                Texts::tr("%1 decides by an embedding, which only a live query asks "
                          "for")
                    .arg(placeName(m_policy.document(), m_policy.node(decide.node).id));
            return false;
        }
        const auto decision = router.decide(m_pin.query, {.models = &m_figures});
        m_run.resolve(policy::RouterResult{decision ? decision->port : -1, {}, {}});
        return true;
    }

    // Any model of the node's group may have answered when the pin was made.
    bool resolveCall(const policy::CallModel &call)
    {
        for (const policy::ModelIndex index : m_policy.step(call.node).group) {
            const policy::Model &model = m_policy.model(index);
            auto result = m_results.call(model);
            if (!result)
                continue;
            result->model = index;
            m_called.append(model.name);
            m_run.resolve(*result);
            return true;
        }
        m_walk.missing = Texts::tr("it needs a call of %1, which was not recorded for it")
                             .arg(m_policy.model(call.model).name);
        return false;
    }

    bool resolveScore(const policy::Score &score)
    {
        const policy::Node &gate = m_policy.node(score.node);
        const auto scorers = gate.config.find("scorers");
        const QString model = m_called.value(score.answer);
        const auto result =
            m_results.score(model, scorers == gate.config.end() ? Json::array() : *scorers);
        if (!result) {
            m_walk.missing = Texts::tr("%1 has not scored the answer of %2 with these scorers yet")
                                 .arg(placeName(m_policy.document(), gate.id), model);
            return false;
        }
        m_run.resolve(*result);
        return true;
    }

    QString portTaken(policy::NodeIndex node) const
    {
        const auto visits = m_run.visits();
        const auto visit = std::find_if(visits.rbegin(), visits.rend(),
                                        [node](const policy::Visit &v) { return v.node == node; });
        return visit == visits.rend() || visit->port < 0
                   ? QString()
                   : m_policy.portNames(node).value(visit->port);
    }

    const policy::CompiledPolicy &m_policy;
    const std::vector<std::unique_ptr<routers::Router>> &m_routers;
    LiveFigures m_figures;
    const policy::RoutePin &m_pin;
    PinnedResults m_results;
    policy::Run m_run;
    QList<QString> m_called; // one a call, as the machine counts them
    Walk m_walk;
};

// The first step where the walk is not the pinned one; none while it is. A walk that is stuck
// stands at its next step already.
std::optional<qsizetype> departure(const Walk &walk, const QList<PinnedStep> &pinned)
{
    for (qsizetype i = 0; i < walk.taken.size(); ++i) {
        if (i >= pinned.size() || walk.taken[i] != pinned[i])
            return i;
    }
    const qsizetype next = walk.taken.size();
    if (walk.stuck && (next >= pinned.size() || pinned[next].node != *walk.stuck))
        return next;
    if (!walk.stuck && next < pinned.size())
        return next;
    return std::nullopt;
}

class Departure
{
public:
    Departure(const policy::PolicyDocument &document, const policy::RoutePin &pin, const Walk &walk,
              qsizetype at)
        : m_document(document)
        , m_pin(pin)
        , m_walk(walk)
        , m_at(at)
    {
    }

    policy::NodeId node() const
    {
        if (samePlace())
            return m_walk.taken[m_at].node;
        if (m_at > 0)
            return m_walk.taken[m_at - 1].node;
        const auto query = std::find_if(m_document.nodes.cbegin(), m_document.nodes.cend(),
                                        [](const policy::Node &n) { return n.kind == "query"_L1; });
        return query == m_document.nodes.cend() ? policy::NodeId() : query->id;
    }

    QString sentence() const
    {
        const QString from = placeName(m_document, node());
        const QString pin = shortName(m_pin);
        if (!samePlace())
            return Texts::tr("%1 sends “%2” to %3; its pin expects %4.")
                .arg(from, pin, placeName(m_document, standing()), expectedNode());
        const PinnedStep &taken = m_walk.taken[m_at];
        const QString expected = portName(m_pin.path[m_at].port);
        if (taken.port.isEmpty())
            return Texts::tr("%1 is where “%2” ends; its pin expects %3.").arg(from, pin, expected);
        const auto next = m_document.target(taken.node, taken.port);
        return Texts::tr("%1 sends “%2” to %3 by “%4”; its pin expects %5.")
            .arg(from, pin, next ? placeName(m_document, *next) : QString(), taken.port, expected);
    }

private:
    // It stands at the pinned node and leaves it another way.
    bool samePlace() const
    {
        return m_at < m_walk.taken.size() && m_at < m_pin.path.size() &&
               m_walk.taken[m_at].node == m_pin.path[m_at].node;
    }
    policy::NodeId standing() const
    {
        return m_at < m_walk.taken.size() ? m_walk.taken[m_at].node
                                          : m_walk.stuck.value_or(policy::NodeId());
    }
    QString expectedNode() const
    {
        return m_at < m_pin.path.size() ? placeName(m_document, m_pin.path[m_at].node)
                                        : Texts::tr("its end");
    }
    static QString portName(const QString &port)
    {
        return port.isEmpty() ? Texts::tr("its end") : Texts::tr("“%1”").arg(port);
    }

    const policy::PolicyDocument &m_document;
    const policy::RoutePin &m_pin;
    const Walk &m_walk;
    qsizetype m_at;
};

} // namespace

Result<PinCheck> PinCheck::prepare(const policy::PolicyDocument &document,
                                   const routers::RouterRegistry &routers,
                                   const catalog::ModelCatalog &catalog, QDate today)
{
    auto compiled = policy::CompiledPolicy::compile(document);
    if (!compiled)
        return tl::unexpected(std::move(compiled).error());
    PinCheck check;
    check.m_policy = std::move(*compiled);
    const policy::CompiledPolicy &policy = *check.m_policy;
    check.m_routers.resize(size_t(policy.nodeCount()));
    for (policy::NodeIndex index = 0; index < policy.nodeCount(); ++index) {
        if (policy.step(index).role != policy::NodeRole::Router)
            continue;
        const policy::Node &node = policy.node(index);
        auto router = routers.create(node.kind, node.config, policy.portNames(index),
                                     policy.document().models);
        if (!router)
            return tl::unexpected(std::move(router).error());
        check.m_routers[size_t(index)] = std::move(*router);
    }
    check.m_catalog = std::make_shared<const catalog::ModelCatalog>(catalog);
    check.m_costs.emplace(*check.m_catalog, today);
    return check;
}

PinOutcome PinCheck::check(const policy::RoutePin &pin) const
{
    std::vector<Money> worst;
    if (m_policy->limits().maxCost) {
        for (const policy::Model &model : m_policy->document().models)
            worst.push_back(
                m_costs->worstCase(model, pin.query.estimatedTokens).value_or(kUnaffordable));
    }
    const Walk walk = Follower(*m_policy, m_routers, *m_costs, pin, worst).follow();
    PinOutcome outcome{.pin = pin.id};
    if (const auto at = departure(walk, pin.path)) {
        const Departure where(m_policy->document(), pin, walk, *at);
        outcome.state = PinOutcome::State::Broken;
        outcome.node = where.node();
        outcome.sentence = where.sentence();
        if (!walk.stuck)
            outcome.newPath = walk.taken;
    } else if (walk.stuck) {
        outcome.state = PinOutcome::State::Unknown;
        outcome.node = *walk.stuck;
        outcome.sentence =
            Texts::tr("“%1” cannot be checked: %2.").arg(shortName(pin), walk.missing);
    } else {
        outcome.state = PinOutcome::State::Holds;
    }
    return outcome;
}

QList<PinOutcome> checkPins(const policy::PolicyDocument &document,
                            const routers::RouterRegistry &routers,
                            const catalog::ModelCatalog &catalog, QDate today)
{
    QList<PinOutcome> outcomes;
    if (document.pins.isEmpty())
        return outcomes;
    const auto check = PinCheck::prepare(document, routers, catalog, today);
    for (const policy::RoutePin &pin : document.pins) {
        if (check)
            outcomes.append(check->check(pin));
        else
            outcomes.append({.pin = pin.id,
                             .state = PinOutcome::State::Unknown,
                             .sentence = Texts::tr("“%1” cannot be checked: %2")
                                             .arg(shortName(pin), check.error().message)});
    }
    return outcomes;
}

} // namespace headgate::engine
