// The models that a server has on offer.
#ifndef TERCET_SERVE_MODELS_H_
#define TERCET_SERVE_MODELS_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/recent_texts.h"
#include "tercet/error.h"
#include "tercet/model.h"
#include "tercet/predictor.h"
#include "tercet/session.h"

namespace tercet::serve {

/// A model and the file it was opened from.
struct OpenedModel {
  std::filesystem::path path;
  Model model;
};

/// What clients are told of a model, and what answers them. Cheap enough to copy once per stream.
struct ServedModel {
  std::string id;  ///< The file's stem: "en".
  Model model;
  ModelInfo info;
  Predictor predictor;   ///< Offers every token: words, numbers, signs.
  std::int64_t created;  ///< Unix seconds: when it was opened.
};

/// Immutable, but for what it remembers of texts; thread-safe. A server that reads its files again
/// makes another one.
class Models {
 public:
  /// At least one model; the first is what clients get who name none. Files of one stem get the ids
  /// "en", "en-2", ... `blocks`, `blocks_name`: as in Repertoire::make().
  static Result<Models> make(std::vector<OpenedModel> opened, std::string_view blocks = {},
                             std::string_view blocks_name = {});

  std::span<const ServedModel> all() const noexcept { return models_; }
  /// By id, with or without "tercet-" or "tercet/" before it. An empty name and "tercet" mean the
  /// first. nullptr if there is none.
  const ServedModel* find(std::string_view name) const noexcept;
  /// All of them, for sessions.
  const Repertoire& repertoire() const noexcept { return repertoire_; }
  /// Read with these models, and gone with them and their copies.
  RecentTexts& recent_texts() const noexcept { return *recent_texts_; }

 private:
  Models(std::vector<ServedModel> models, Repertoire repertoire)
      : models_(std::move(models)), repertoire_(std::move(repertoire)) {}

  std::vector<ServedModel> models_;
  Repertoire repertoire_;
  std::shared_ptr<RecentTexts> recent_texts_ = std::make_shared<RecentTexts>();
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_MODELS_H_
