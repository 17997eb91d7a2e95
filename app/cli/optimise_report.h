#pragma once

#include "app/cli/optimisation.h"

namespace headgate::cli {

// Everything that a search found, the whole front included.
Json optimisationJson(const Optimisation &found);

// The same as text: single models, the front thinned to what a terminal shows, the chosen cascade.
QString optimisationText(const Optimisation &found);

} // namespace headgate::cli
