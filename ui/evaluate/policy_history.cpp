#include "ui/evaluate/policy_history.h"

#include <QTimer>
#include <QUndoStack>

#include <algorithm>

namespace headgate::ui {

using policy::PolicyDocument;

namespace {

constexpr int kMostKept = 200; // steps; a large policy takes about half a megabyte

} // namespace

bool routesAlike(const PolicyDocument &a, const PolicyDocument &b)
{
    const auto alike = [](const policy::Node &one, const policy::Node &other) {
        return one.id == other.id && one.kind == other.kind && one.mode == other.mode &&
               one.config == other.config;
    };
    return a.models == b.models && a.limits == b.limits && a.wires == b.wires &&
           std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(), alike);
}

PolicyHistory::PolicyHistory(const policy::PolicyEditor &editor, const QUndoStack &undo,
                             QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_undo(undo)
{
    connect(&undo, &QUndoStack::indexChanged, this, &PolicyHistory::take);
    // A document that is opened clears the stack around its replacing; a step that replaces it is
    // on the stack only afterwards. Which of the two it was is known once both are through.
    auto *settle = new QTimer(this);
    settle->setSingleShot(true);
    settle->setInterval(0);
    connect(&editor, &policy::PolicyEditor::documentReplaced, settle, qOverload<>(&QTimer::start));
    connect(settle, &QTimer::timeout, this, [this] {
        if (m_undo.count() == 0)
            startAnew();
    });
    startAnew();
}

int PolicyHistory::current() const
{
    return m_undo.index();
}

void PolicyHistory::startAnew()
{
    m_policies.clear();
    take();
}

void PolicyHistory::take()
{
    drop();
    const int index = m_undo.index();
    const PolicyDocument &document = m_editor.document();
    PolicyPtr found;
    for (const int near : {index, index - 1, index + 1}) {
        const PolicyPtr there = m_policies.value(near);
        if (!found && there && routesAlike(*there, document))
            found = there;
    }
    m_policies.insert(index, found ? found : std::make_shared<const PolicyDocument>(document));
    Q_EMIT changed();
}

void PolicyHistory::drop()
{
    const int count = m_undo.count();
    const int index = m_undo.index();
    m_policies.removeIf([count, index](const auto &each) {
        return each.key() > count || std::abs(each.key() - index) > kMostKept;
    });
}

QList<PolicyHistory::Step> PolicyHistory::steps() const
{
    QList<Step> steps;
    for (int index = 0; index <= m_undo.count(); ++index)
        steps.append(
            {index, index == 0 ? tr("Start") : m_undo.text(index - 1), m_policies.value(index)});
    return steps;
}

} // namespace headgate::ui
