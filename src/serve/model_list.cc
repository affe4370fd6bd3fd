#include "serve/answer.h"
#include "serve/handlers.h"

namespace tercet::serve {
namespace {

void write_model(json::Writer& json, const ServedModel& model) {
  json.begin_object().field("id", model.id).field("object", "model");
  json.field("created", model.created).field("owned_by", "tercet").key("meta").begin_object();
  json.field("n_vocab", model.model.vocabulary_size()).field("order", model.info.order);
  json.field("size", model.info.file_bytes).end_object().end_object();
}

}  // namespace

http::Response answer_models(const Models& models, Metrics&, const http::Request&) {
  json::Writer json;
  json.begin_object().field("object", "list").key("data").begin_array();
  for (const ServedModel& model : models.all()) write_model(json, model);
  json.end_array().end_object();
  return json_answer(json);
}

http::Response answer_model(const Models& models, Metrics&, const http::Request& request) {
  const std::string_view name = request.path.substr(request.path.find("models/") + 7);
  const ServedModel* const model = models.find(name);
  if (model == nullptr || name.empty()) return no_such_model(name);
  json::Writer json;
  write_model(json, *model);
  return json_answer(json);
}

}  // namespace tercet::serve
