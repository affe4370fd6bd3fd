#include "serve/answer.h"

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <random>
#include <utility>

#include "core/error.h"

namespace tercet::serve {
namespace {

void field_or_null(json::Writer& json, std::string_view name, std::string_view content) {
  json.key(name);
  content.empty() ? json.null() : json.value(content);
}

}  // namespace

http::Response json_answer(const json::Writer& json) {
  http::Response out;
  out.body = json.text();
  return out;
}

http::Response error_answer(unsigned status, std::string_view type, std::string_view message,
                            std::string_view param, std::string_view code) {
  json::Writer json;
  json.begin_object().key("error").begin_object();
  json.field("message", message).field("type", type);
  field_or_null(json, "param", param);
  field_or_null(json, "code", code);
  json.end_object().end_object();
  http::Response out = json_answer(json);
  out.status = status;
  return out;
}

http::Response refusal(const Problem& problem) {
  return error_answer(400, "invalid_request_error", problem.message, problem.field);
}

http::Response no_such_model(std::string_view name) {
  const std::string message =
      fmt::format("there is no model \"{}\"; GET /v1/models lists those there are", name);
  return error_answer(404, "invalid_request_error", message, "model", "model_not_found");
}

http::Response event_stream(std::unique_ptr<http::Stream> stream) {
  http::Response out;
  out.content_type = "text/event-stream";
  out.headers.emplace_back("Cache-Control", "no-cache");
  out.stream = std::move(stream);
  return out;
}

std::string event(const json::Writer& json) { return "data: " + json.text() + "\n\n"; }

Result<json::Value> read_object(std::string_view body) {
  auto value = json::parse(body);
  if (value && value->object() == nullptr)
    return core::invalid_argument("the body must be a JSON object");
  return value;
}

std::string new_id(std::string_view prefix) {
  static const std::uint64_t start = std::random_device()();
  static std::atomic<std::uint64_t> number{0};
  return fmt::format("{}{:08x}{:08x}", prefix, start, ++number);
}

}  // namespace tercet::serve
