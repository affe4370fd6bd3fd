// Who may ask what: what keeps a server safe on a machine where browsers open foreign pages.
#ifndef TERCET_HTTP_GUARD_H_
#define TERCET_HTTP_GUARD_H_

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/rate_limit.h"
#include "http/sign_ins.h"

namespace tercet::http {

struct GuardOptions {
  /// Names this server may be asked for, besides localhost, 127.0.0.1 and [::1]. Without a port any
  /// port is meant.
  std::vector<std::string> hosts;
  /// Whose pages may ask, besides its own: "https://example.org", or "*" for all.
  std::vector<std::string> origins;
  /// None: nobody needs one.
  std::vector<std::string> keys;
  /// What needs no key; a path that ends in '/' stands for all below it.
  std::vector<std::string> open_paths;
};

/// By its Host header. A page of evil.example that has its own name point to this machine (DNS
/// rebinding) can ask, but not for another name than its own.
bool is_host_allowed(const Request& request, const GuardOptions& options);

/// By its Origin header, which browsers add and pages cannot change. To be asked of WebSockets,
/// too: browsers let any page open them. Without the header it is allowed.
bool is_origin_allowed(const Request& request, const GuardOptions& options);

/// What a browser asks before it lets a foreign page ask (CORS); nullopt: this is not that.
std::optional<Response> answer_preflight(const Request& request, const GuardOptions& options);

/// The key's number, found in a time that says nothing about keys; 0 where none is needed. nullopt:
/// it is none of them.
std::optional<std::size_t> find_key(std::string_view key, const GuardOptions& options);

/// Who asks: the key in `Authorization: Bearer` or `X-Api-Key`; without these the cookie of a
/// browser that has signed in, if it is for one of our own pages. As find_key().
std::optional<std::size_t> find_caller(const Request& request, const GuardOptions& options,
                                       const SignIns& sign_ins);

/// 429 with Retry-After: ask again after `wait`.
Response too_often(std::chrono::duration<double> wait);

/// Host and Origin: 403, or 204 for a preflight. nullopt: go on.
std::optional<Response> guard_origin(const Request& request, const GuardOptions& options);

/// Key and rate limit: 401, 429. `limiter` has one caller for each key, and at least one. nullopt:
/// go on.
std::optional<Response> guard_key(const Request& request, const GuardOptions& options,
                                  const SignIns& sign_ins, RateLimiter& limiter,
                                  std::chrono::steady_clock::time_point now);

/// What every answer carries, refusals included: CORS for allowed foreign pages, and what tells the
/// browser to load nothing from elsewhere, run no inline script and let nobody frame our pages.
void add_guard_headers(const Request& request, const GuardOptions& options, Response& response);

}  // namespace tercet::http

#endif  // TERCET_HTTP_GUARD_H_
