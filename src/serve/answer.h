// The answers that all handlers have in common.
#ifndef TERCET_SERVE_ANSWER_H_
#define TERCET_SERVE_ANSWER_H_

#include <memory>
#include <string>
#include <string_view>

#include "http/json_error.h"
#include "http/message.h"
#include "json/fields.h"
#include "json/value.h"
#include "json/writer.h"
#include "serve/fields.h"
#include "serve/models.h"
#include "tercet/error.h"

namespace tercet::serve {

http::Response json_answer(const json::Writer& json);
/// A JSON object; kInvalidArgument if the text is anything else.
Result<json::Value> read_object(std::string_view body);
/// 400
http::Response refusal(const json::Fields& fields);
/// 404 model_not_found
http::Response no_such_model(std::string_view name);
/// JSON that a stream makes in steps.
http::Response json_answer(std::unique_ptr<http::Stream> stream);
/// Server-sent events.
http::Response event_stream(std::unique_ptr<http::Stream> stream);
/// One such event.
std::string event(const json::Writer& json);

/// Answers a body that is a JSON object and names a model that there is: by
/// `answer(Fields&, const ServedModel&)`. Others are refused.
template <class Answer>
http::Response with_model(const Models& models, const http::Request& request,
                          const Answer& answer) {
  const auto body = read_object(request.body);
  if (!body) return http::json_error(400, body.error().message);
  Fields fields(*body);
  const std::string name = fields.string({"model"});
  if (!fields.ok()) return refusal(fields.checked());
  const ServedModel* const model = models.find(name);
  return model == nullptr ? no_such_model(name) : answer(fields, *model);
}

/// "cmpl-4f1b..."; never the same twice.
std::string new_id(std::string_view prefix);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_ANSWER_H_
