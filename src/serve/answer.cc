#include "serve/answer.h"

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <random>
#include <utility>

#include "core/error.h"

namespace tercet::serve {

http::Response json_answer(const json::Writer& json) {
  http::Response out;
  out.body = json.text();
  return out;
}

http::Response json_answer(std::unique_ptr<http::Stream> stream) {
  http::Response out;
  out.stream = std::move(stream);
  out.gathered = true;
  return out;
}

http::Response refusal(const json::Fields& fields) {
  return http::json_error(400, fields.error(), {}, fields.wrong());
}

http::Response no_such_model(std::string_view name) {
  const std::string message =
      (name.empty() ? "no model is named" : fmt::format("there is no model \"{}\"", name)) +
      "; GET /v1/models lists those there are";
  return http::json_error(404, message, "invalid_request_error", "model", "model_not_found");
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
