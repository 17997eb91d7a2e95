#include "core/policy/compiled_policy.h"
