#include "core/policy/node_kind.h"
