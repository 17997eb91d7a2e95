#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/texts.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

// {"text", "width", "height": canvas units}. Words beside the drawing: no query comes by.
NodeKind noteKind()
{
    NodeKind kind;
    kind.id = u"note"_s;
    kind.label = Texts::tr("Note");
    kind.group = NodeGroup::Note;
    kind.help = Texts::tr("Words beside the drawing; no query comes by.");
    kind.tags = {Texts::tr("comment"), Texts::tr("text"), Texts::tr("label"), Texts::tr("remark")};
    kind.hasInput = false;
    kind.fields = {
        {.key = u"text"_s,
         .label = Texts::tr("Text"),
         .type = FieldType::LongText,
         .defaultValue = "",
         .help = Texts::tr("What the note says.")},
        {.key = u"width"_s,
         .label = Texts::tr("Width"),
         .type = FieldType::Integer,
         .defaultValue = 220,
         .help = Texts::tr("Of the note on the drawing."),
         .minimum = 80,
         .maximum = 2000},
        {.key = u"height"_s,
         .label = Texts::tr("Height"),
         .type = FieldType::Integer,
         .defaultValue = 100,
         .help = Texts::tr("Of the note on the drawing."),
         .minimum = 40,
         .maximum = 2000},
    };
    kind.outPorts = [](const Json &) { return QList<Port>(); };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        return jsonString(node.config, "text").section(u'\n', 0, 0);
    };
    return kind;
}

} // namespace headgate::policy
