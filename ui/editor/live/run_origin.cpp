#include "ui/editor/live/run_origin.h"

#include "core/policy/named_models.h"
#include "ui/editor/node_look.h"

namespace headgate::ui {

bool runsSimulated(const policy::PolicyDocument &document)
{
    return std::any_of(
        document.nodes.cbegin(), document.nodes.cend(), [&document](const policy::Node &node) {
            const QStringList names = policy::modelsNamedBy(node);
            return std::any_of(names.cbegin(), names.cend(), [&document](const QString &name) {
                const policy::Model *model = document.model(name);
                return model && isSimulatedProvider(model->provider);
            });
        });
}

} // namespace headgate::ui
