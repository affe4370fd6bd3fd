// Everything that an open model consists of.
#ifndef TERCET_MODEL_MODEL_DATA_H_
#define TERCET_MODEL_MODEL_DATA_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/container.h"
#include "model/layout.h"
#include "model/ngrams.h"
#include "model/vocabulary.h"
#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet::internal {

/// Immutable after parse(); all parts point into `bytes`, which `owner` keeps alive.
class ModelData {
 public:
  static Result<std::shared_ptr<const ModelData>> parse(std::span<const std::byte> bytes,
                                                        std::string_view name, bool verify,
                                                        std::shared_ptr<const void> owner);

  /// For the sections that not every model has.
  const format::Container& container() const noexcept { return container_; }
  const model::Ngrams& ngrams() const noexcept { return ngrams_; }
  const model::Vocabulary& vocabulary() const noexcept { return vocabulary_; }
  const model::Parameters& parameters() const noexcept { return parameters_; }
  bool plain_tokens() const noexcept { return (parameters_.flags & model::kPlainTokens) != 0; }
  const std::string& language() const noexcept { return language_; }

  ModelInfo info() const;

 private:
  std::shared_ptr<const void> owner_;
  format::Container container_;
  model::Parameters parameters_;
  model::Vocabulary vocabulary_;
  model::Ngrams ngrams_;
  std::string language_;
};

}  // namespace tercet::internal

#endif  // TERCET_MODEL_MODEL_DATA_H_
