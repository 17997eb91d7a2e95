#include "core/text/token_estimate.h"
