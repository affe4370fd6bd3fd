#include "http/guard.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "http/ascii.h"
#include "http/json_error.h"
#include "http/secret.h"

namespace tercet::http {
namespace {

using namespace std::string_view_literals;

constexpr std::array kLoopback = {"localhost"sv, "127.0.0.1"sv, "[::1]"sv};

// Styles may be inline: the page's editor makes them at run time.
constexpr std::string_view kContentPolicy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  if (colon == std::string_view::npos || host.ends_with(']')) return host;
  const std::string_view port = host.substr(colon + 1);
  return std::all_of(port.begin(), port.end(), is_digit) ? host.substr(0, colon) : host;
}

bool is_own_origin(std::string_view origin, std::string_view host) {
  for (const std::string_view scheme : {"http://"sv, "https://"sv}) {
    if (same_name(origin.substr(0, scheme.size()), scheme))
      return !host.empty() && same_name(origin.substr(scheme.size()), host);
  }
  return false;
}

/// Without an Origin it is the browser's own doing, or no browser's.
bool is_own_page(const Request& request) {
  const std::string_view origin = request.header("Origin");
  return origin.empty() || is_own_origin(origin, request.header("Host"));
}

bool is_foreign_allowed(std::string_view origin, const GuardOptions& options) {
  return std::any_of(options.origins.begin(), options.origins.end(),
                     [&](std::string_view each) { return each == "*" || same_name(each, origin); });
}

bool is_open(std::string_view path, const GuardOptions& options) {
  return std::any_of(options.open_paths.begin(), options.open_paths.end(),
                     [&](std::string_view each) {
                       return path == each || (each.ends_with('/') && path.starts_with(each));
                     });
}

std::string_view given_key(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view authorization = request.header("Authorization");
  if (same_name(authorization.substr(0, kBearer.size()), kBearer))
    return authorization.substr(kBearer.size());
  return request.header("X-Api-Key");
}

Response forbidden(std::string_view message) { return json_error(403, message); }

Response no_key() {
  Response response =
      json_error(401, "a key is needed: Authorization: Bearer KEY", {}, {}, "invalid_api_key");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

bool is_host_allowed(const Request& request, const GuardOptions& options) {
  const std::string_view host = request.header("Host");
  const std::string_view name = without_port(host);
  const auto is_it = [&](std::string_view each) {
    return same_name(each, name) || same_name(each, host);
  };
  return std::any_of(kLoopback.begin(), kLoopback.end(), is_it) ||
         (!host.empty() && std::any_of(options.hosts.begin(), options.hosts.end(), is_it));
}

bool is_origin_allowed(const Request& request, const GuardOptions& options) {
  return is_own_page(request) || is_foreign_allowed(request.header("Origin"), options);
}

std::optional<Response> answer_preflight(const Request& request, const GuardOptions& options) {
  if (request.method != Method::kOptions) return std::nullopt;
  if (request.header("Origin").empty()) return std::nullopt;
  if (request.header("Access-Control-Request-Method").empty()) return std::nullopt;
  if (!is_origin_allowed(request, options)) return forbidden("this origin is not allowed");
  Response response;
  response.status = 204;
  response.headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
  // Which headers the client sends is its own business; that of OpenAI has a dozen.
  const std::string_view headers = request.header("Access-Control-Request-Headers");
  if (!headers.empty()) response.headers.emplace_back("Access-Control-Allow-Headers", headers);
  response.headers.emplace_back("Access-Control-Max-Age", "600");
  return response;
}

std::optional<std::size_t> find_key(std::string_view key, const GuardOptions& options) {
  std::optional<std::size_t> found;
  if (options.keys.empty()) found = 0;
  for (std::size_t i = 0; i < options.keys.size(); ++i) {
    if (same_secret(key, options.keys[i])) found = i;
  }
  return found;
}

std::optional<std::size_t> find_caller(const Request& request, const GuardOptions& options,
                                       const SignIns& sign_ins) {
  const std::string_view key = given_key(request);
  const std::string_view cookies = request.header("Cookie");
  if (!options.keys.empty() && key.empty() && !cookies.empty() && is_own_page(request))
    return sign_ins.find(cookies);
  return find_key(key, options);
}

Response too_often(std::chrono::duration<double> wait) {
  Response response = json_error(429, "too many requests; see Retry-After");
  response.headers.emplace_back("Retry-After",
                                std::to_string(static_cast<long>(std::ceil(wait.count()))));
  return response;
}

std::optional<Response> guard_origin(const Request& request, const GuardOptions& options) {
  if (!is_host_allowed(request, options))
    return forbidden("this server is not known by the name in the Host header");
  if (auto preflight = answer_preflight(request, options)) return preflight;
  if (!is_origin_allowed(request, options)) return forbidden("this origin is not allowed");
  return std::nullopt;
}

std::optional<Response> guard_key(const Request& request, const GuardOptions& options,
                                  const SignIns& sign_ins, RateLimiter& limiter,
                                  std::chrono::steady_clock::time_point now) {
  if (is_open(request.path, options)) return std::nullopt;
  const auto caller = find_caller(request, options, sign_ins);
  if (!caller) return no_key();
  const auto wait = limiter.ask(*caller, now);
  if (wait.count() > 0) return too_often(wait);
  return std::nullopt;
}

void add_guard_headers(const Request& request, const GuardOptions& options, Response& response) {
  const auto add = [&](const char* name, std::string_view value) {
    response.headers.emplace_back(name, value);
  };
  const std::string_view origin = request.header("Origin");
  if (!options.origins.empty()) add("Vary", "Origin");
  if (!origin.empty() && is_foreign_allowed(origin, options)) {
    add("Access-Control-Allow-Origin", origin);
    add("Access-Control-Expose-Headers", "Retry-After");
  }
  add("X-Content-Type-Options", "nosniff");
  add("Cross-Origin-Resource-Policy", "same-origin");
  if (response.content_type == "application/json") return;  // No page, and the answer that counts.
  add("Content-Security-Policy", kContentPolicy);
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cross-Origin-Embedder-Policy", "require-corp");
}

}  // namespace tercet::http
