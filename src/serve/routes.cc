#include <fmt/format.h>

#include <array>

#include "serve/answer.h"
#include "serve/handlers.h"

namespace tercet::serve {
namespace {

using http::Method;

struct Route {
  Method method;
  std::string_view path;  ///< Ending with '/': and whatever follows.
  http::Response (*answer)(const Models& models, const http::Request& request);
};

constexpr std::array kRoutes{
    Route{Method::kGet, "/v1/models", answer_models},
    Route{Method::kGet, "/models", answer_models},
    Route{Method::kGet, "/v1/models/", answer_model},
    Route{Method::kPost, "/v1/completions", answer_completions},
    Route{Method::kPost, "/v1/chat/completions", answer_chat},
    Route{Method::kPost, "/completion", answer_completion},
    Route{Method::kPost, "/completions", answer_completion},
    Route{Method::kPost, "/infill", answer_infill},
    Route{Method::kPost, "/tokenize", answer_tokenize},
    Route{Method::kPost, "/detokenize", answer_detokenize},
    Route{Method::kPost, "/apply-template", answer_apply_template},
    Route{Method::kGet, "/tokenizer_info", answer_tokenizer_info},
    Route{Method::kGet, "/props", answer_props},
    Route{Method::kGet, "/slots", answer_slots},
    Route{Method::kGet, "/health", answer_health},
    Route{Method::kGet, "/v1/health", answer_health},
};

bool leads_to(const Route& route, std::string_view path) {
  return route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path;
}

http::Response wrong_method(const Route& route) {
  const std::string_view method = route.method == Method::kGet ? "GET" : "POST";
  auto out = error_answer(405, "invalid_request_error",
                          fmt::format("{} answers {} only", route.path, method));
  out.headers.emplace_back("Allow", method);
  return out;
}

}  // namespace

std::optional<http::Response> answer_client(const Models& models, const http::Request& request) {
  for (const Route& route : kRoutes) {
    if (!leads_to(route, request.path)) continue;
    const Method method = request.method == Method::kHead ? Method::kGet : request.method;
    return method == route.method ? route.answer(models, request) : wrong_method(route);
  }
  return {};
}

}  // namespace tercet::serve
