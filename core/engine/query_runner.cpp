#include "core/engine/query_runner.h"
