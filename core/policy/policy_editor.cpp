#include "core/policy/policy_editor.h"
