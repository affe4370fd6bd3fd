// Help for tests: requests put together by hand, and the answers to them.
#ifndef TERCET_SERVE_SERVICE_TESTING_H_
#define TERCET_SERVE_SERVICE_TESTING_H_

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.h"
#include "serve/testing.h"

namespace tercet::serve::testing {

inline http::Request get_request(std::string_view path, std::string_view query = {}) {
  return {http::Method::kGet, path, query, {}, {{"Host", "localhost"}}};
}
inline http::Request post_request(std::string_view path, std::string_view body) {
  return {http::Method::kPost, path, {}, body, {{"Host", "localhost"}}};
}

/// Waits for the answer that `ask` is to give, from whatever thread.
inline http::Response answer_of(const std::function<void(http::Reply)>& ask) {
  const auto answer = std::make_shared<std::promise<http::Response>>();
  ask([answer](http::Response response) { answer->set_value(std::move(response)); });
  return answer->get_future().get();
}

/// "-" if there is none.
inline std::string header_of(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "-";
}

/// An error as docs/API.md has it; "-" if it has another shape.
inline std::string error_of(const http::Response& response, std::string_view member = "message") {
  const json::Value answer = parsed(response.body);
  const json::Value* const error = answer.find("error");
  return response.status >= 400 && error != nullptr ? text_of(*error, member) : "-";
}

}  // namespace tercet::serve::testing

#endif  // TERCET_SERVE_SERVICE_TESTING_H_
