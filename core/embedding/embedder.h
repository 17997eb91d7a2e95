#pragma once

#include "core/common/result.h"
#include "core/learning/matrix.h"
#include "core/providers/embedding.h"

#include <QStringList>

#include <qcoro/qcorotask.h>

#include <functional>
#include <optional>
#include <stop_token>

namespace headgate::embedding {

// Texts as an embedder sees them, and what that took.
struct EmbeddedTexts {
  // One row a text, in their order: of length one, or zeros for a text that
  // says nothing to the embedder, an empty one above all. Every number is
  // finite.
  learning::DenseMatrix vectors;
  bool called =
      false; // an endpoint was asked; false: all were known, and it is free
  // Of the calls:
  QString provider{};
  QString model{}; // the provider's id
  QString servedModel{};
  catalog::TokenUsage usage{}; // estimated where the provider tells none
  std::optional<Money>
      reportedCost{};     // where the provider says what it charged
  bool simulated = false; // the simulated fleet answered
};

// Turns texts into points that lie near each other where the texts are alike.
// What one embedder made is not to be compared with what another one made.
class Embedder {
public:
  virtual ~Embedder() = default;

  // What artifacts keep of it, to find it again (embedder_name.h).
  virtual QString name() const = 0;
  // Of each vector; 0: not known before the first answer.
  virtual qsizetype size() const = 0;
  // Any texts are allowed; all of them or none. Told after each step how many
  // are done. Ends soon after `stop` is requested (Cancelled). The embedder
  // outlives the task, which runs on the thread that it was started on.
  using Progress = std::function<void(qsizetype done)>;
  virtual QCoro::Task<Result<EmbeddedTexts>>
  embed(QStringList texts, std::stop_token stop, Progress progress) = 0;
};

} // namespace headgate::embedding
