#include "ui/editor/live/run_origin.h"

#include "ui/editor/node_look.h"

namespace headgate::ui {

bool runsSimulated(const policy::PolicyDocument &document)
{
    return std::any_of(
        document.nodes.cbegin(), document.nodes.cend(), [&document](const policy::Node &node) {
            const policy::Model *model = document.model(jsonString(node.config, "model"));
            return model && isSimulatedProvider(model->provider);
        });
}

} // namespace headgate::ui
