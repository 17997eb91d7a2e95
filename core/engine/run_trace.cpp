#include "core/engine/run_trace.h"
