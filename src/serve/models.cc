#include "serve/models.h"

#include <algorithm>

#include "serve/clock.h"

namespace tercet::serve {
namespace {

template <class Models>
auto with_id(Models& models, std::string_view id) {
  return std::find_if(models.begin(), models.end(),
                      [id](const ServedModel& each) { return each.id == id; });
}

/// The stem, and a number behind it if another model has it.
std::string id_for(const std::filesystem::path& path, const std::vector<ServedModel>& taken) {
  const std::string stem = path.stem().string();
  std::string id = stem;
  for (int number = 2; with_id(taken, id) != taken.end(); ++number)
    id = stem + '-' + std::to_string(number);
  return id;
}

}  // namespace

Result<Models> Models::make(std::vector<OpenedModel> opened, std::string_view blocks,
                            std::string_view blocks_name) {
  std::vector<Model> models;
  models.reserve(opened.size());
  for (const OpenedModel& each : opened) models.push_back(each.model);
  auto repertoire = Repertoire::make(std::move(models), blocks, blocks_name);
  if (!repertoire) return std::move(repertoire).error();
  const std::int64_t now = unix_seconds();
  std::vector<ServedModel> served;
  served.reserve(opened.size());
  for (OpenedModel& each : opened) {
    ModelInfo info = each.model.info();
    Predictor predictor(each.model, {.punctuation = true, .blocked = {}});
    served.push_back({id_for(each.path, served), std::move(each.model), std::move(info),
                      std::move(predictor), now});
  }
  return Models(std::move(served), std::move(*repertoire));
}

const ServedModel* Models::find(std::string_view name) const noexcept {
  if (name.empty() || name == "tercet") return &models_.front();
  auto found = with_id(models_, name);
  const bool ours = name.starts_with("tercet-") || name.starts_with("tercet/");
  if (found == models_.end() && ours) found = with_id(models_, name.substr(7));
  return found == models_.end() ? nullptr : &*found;
}

}  // namespace tercet::serve
