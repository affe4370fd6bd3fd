#include "serve/sign_in.h"

#include <chrono>
#include <string>

#include "http/json_error.h"
#include "json/fields.h"
#include "serve/answer.h"

namespace tercet::serve {
namespace {

/// Of all browsers together: enough for those who mistype, too few for those who guess.
constexpr double kTriesPerSecond = 0.2;
constexpr double kTriesAtOnce = 10;

}  // namespace

SignInDesk::SignInDesk(const http::GuardOptions& guard)
    : guard_(guard), tries_(kTriesPerSecond, kTriesAtOnce, 1) {}

http::Response SignInDesk::answer(const http::Request& request) {
  const auto asked = json::parse(request.body);
  if (!asked) return http::json_error(400, asked.error().message);
  std::string key;
  json::Fields fields(*asked);
  fields.read("key", key);
  if (!fields.ok()) return refusal(fields);
  const auto wait = tries_.ask(0, std::chrono::steady_clock::now());
  if (wait.count() > 0) return http::too_often(wait);
  const auto number = http::find_key(key, guard_);
  if (!number)
    return http::json_error(401, "this is not a key of this server", {}, "key", "invalid_api_key");
  http::Response response =
      json_answer(json::Writer().begin_object().field("ok", true).end_object());
  if (guard_.keys.empty()) return response;
  const bool encrypted = request.header("Origin").starts_with("https:");
  response.headers.emplace_back("Set-Cookie", sign_ins_.add(*number, encrypted));
  return response;
}

}  // namespace tercet::serve
