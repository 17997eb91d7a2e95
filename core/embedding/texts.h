#pragma once

#include <QCoreApplication>

namespace headgate::embedding {

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(headgate::embedding)
};

} // namespace headgate::embedding
