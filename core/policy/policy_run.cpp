#include "core/policy/policy_run.h"
