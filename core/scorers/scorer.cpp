#include "core/scorers/scorer.h"
