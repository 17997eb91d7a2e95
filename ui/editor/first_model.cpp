#include "ui/editor/first_model.h"

#include "core/policy/node_kind.h"
#include "ui/common/style_sheet.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"
#include "ui/editor/model_search_popup.h"
#include "ui/editor/policy_view.h"

#include <QLabel>
#include <QPushButton>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kHeight = 0.66; // of the viewport, where its middle lies

bool isEmptyDrawing(const policy::PolicyDocument &document)
{
    return std::all_of(document.nodes.cbegin(), document.nodes.cend(), [](const auto &node) {
        return node.kind == "query"_L1 || node.kind == "answer"_L1 || node.kind == "note"_L1;
    });
}

const policy::Node *firstOf(const policy::PolicyDocument &document, QLatin1StringView kind)
{
    const auto node = std::find_if(document.nodes.cbegin(), document.nodes.cend(),
                                   [kind](const auto &each) { return each.kind == kind; });
    return node == document.nodes.cend() ? nullptr : &*node;
}

// A title is a node's own.
QString titleFor(const policy::PolicyDocument &document, const QString &wanted,
                 const QString &otherwise)
{
    const bool taken = std::any_of(document.nodes.cbegin(), document.nodes.cend(),
                                   [&](const auto &node) { return node.title == wanted; });
    return taken ? otherwise : wanted;
}

} // namespace

FirstModel::FirstModel(const Theme &theme, PolicyView &view, policy::PolicyEditor &editor,
                       QUndoStack &undo)
    : QFrame(view.viewport())
    , m_editor(editor)
    , m_undo(undo)
    , m_search(new ModelSearchPopup(theme, this))
{
    setObjectName(u"firstModel"_s);
    setAccessibleName(tr("Empty policy"));
    auto *sentence = new QLabel(tr("A policy leads each query to a model that answers it. Begin "
                                   "with one, then put gates and routes around it."));
    setRole(sentence, Role::Secondary);
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setWordWrap(true);
    sentence->setFixedWidth(360);
    auto *add = new QPushButton(tr("Add a model"));
    add->setObjectName(u"addFirstModel"_s);
    setRole(add, Role::Primary);
    auto *templates = new QPushButton(tr("Start from a template"));
    templates->setObjectName(u"startFromTemplate"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(add);
    buttons->addWidget(templates);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(sentence);
    layout->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, [this, add] {
        m_search->setModels(m_knownModels ? m_knownModels() : QList<KnownModel>());
        m_search->openBelow(*add);
    });
    connect(templates, &QPushButton::clicked, this, &FirstModel::templatesRequested);
    connect(m_search, &ModelSearchPopup::chosen, this, [this](const KnownModel &known) {
        this->add(modelOfPolicy(m_editor.document(), known));
    });
    connect(m_search, &ModelSearchPopup::byHandChosen, this, [this] {
        const policy::Model model = modelByHand(m_editor.document());
        this->add(model);
        Q_EMIT modelAdded(model.name);
    });
    connect(&editor, &policy::PolicyEditor::changed, this, &FirstModel::follow);
    view.viewport()->installEventFilter(this);
    follow();
}

void FirstModel::setKnownModels(KnownModelsSource source)
{
    m_knownModels = std::move(source);
}

void FirstModel::follow()
{
    setVisible(isEmptyDrawing(m_editor.document()));
    if (!isHidden())
        place();
}

void FirstModel::place()
{
    const QSize room = parentWidget()->size();
    resize(sizeHint());
    move((room.width() - width()) / 2, int(room.height() * kHeight) - height() / 2);
    raise();
}

// Scrolling shifts what lies in the viewport; this keeps its place.
bool FirstModel::eventFilter(QObject *watched, QEvent *event)
{
    if (!isHidden() && (event->type() == QEvent::Resize || event->type() == QEvent::Paint))
        place();
    return QFrame::eventFilter(watched, event);
}

// One step: the model, the node that calls it, its wires; what there was of a baseline stays.
void FirstModel::add(const policy::Model &model)
{
    const policy::PolicyDocument &document = m_editor.document();
    const policy::Node *query = firstOf(document, "query"_L1);
    const policy::Node *answer = firstOf(document, "answer"_L1);
    policy::Node node;
    node.id = m_editor.freeId();
    node.kind = u"model"_s;
    node.title = titleFor(document, model.name, m_editor.freeTitle(node.kind));
    node.config = policy::defaultConfig(*policy::nodeKind(node.kind));
    node.config["model"] = toStdString(model.name);
    if (query && answer)
        node.at = (query->at + answer->at) / 2;

    auto *command = new QUndoCommand(tr("Add “%1”").arg(model.name));
    if (!document.model(model.name))
        new SetModelCommand(m_editor, model, editNow(), command);
    if (document.baseline.isEmpty())
        new SetBaselineCommand(m_editor, model.name, command);
    new AddNodeCommand(m_editor, node, command);
    if (query)
        new ConnectCommand(m_editor, {query->id, u"query"_s, node.id}, command);
    if (answer)
        new ConnectCommand(m_editor, {node.id, u"answer"_s, answer->id}, command);
    m_undo.push(command);
    Q_EMIT added(node.id);
}

} // namespace headgate::ui
