#include "core/policy/policy_validation.h"
