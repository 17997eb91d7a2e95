#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/routers/router.h"

namespace headgate::routers {

// Below it a query counts as unlike all that a model was trained on: as far off lay one in fifty of
// the prompts that training had held out.
inline constexpr double kLeastFamiliarity = 0.02;

// The model that the config's "artifact" names. NeedsTraining where it names none, InvalidInput
// where the model predicts something else than is wanted; else as the shelf says.
[[nodiscard]] Result<std::shared_ptr<const learning::TrainedModel>>
modelOf(const Json &config, learning::TargetKind wanted, const learning::ArtifactShelf &artifacts);

// What the model reads of a query. Fails with a few words where it wants an embedding and there is
// none, or one of another size.
[[nodiscard]] Result<learning::PromptInput> inputFor(const learning::PromptModel &model,
                                                     QStringView prompt,
                                                     const RouterInputs &inputs);

// "unlike what it was trained on (familiarity 0.01)"
QString unfamiliarText(double familiarity);
// What pushed a prediction: "“prove”, “integral” pushed", or "like “Prove that …” (0.83)"; empty
// where nothing did.
QString reasonsText(const QList<learning::Reason> &reasons);
// On one line and short, between quotes.
QString quoted(const QString &text);
QString figure(double value); // two decimals

} // namespace headgate::routers
