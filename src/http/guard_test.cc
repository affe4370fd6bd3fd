#include "http/guard.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tercet::http {
namespace {

using namespace std::chrono_literals;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

/// As a service asks it.
std::optional<Response> guard(const Request& request, const GuardOptions& options,
                              RateLimiter& limiter) {
  auto refused = guard_origin(request, options);
  return refused ? std::move(refused) : guard_key(request, options, SignIns(), limiter, {});
}

Request request(Headers headers, Method method = Method::kGet, std::string_view path = "/api/x") {
  Request request;
  request.method = method;
  request.path = path;
  request.headers = std::move(headers);
  return request;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [each, value] : response.headers) {
    if (each == name) return value;
  }
  return {};
}

TEST(Host, MustBeOurs) {
  GuardOptions options;
  options.hosts = {"tercet.example", "other.example:8080", "192.0.2.7"};
  for (const std::string_view host :
       {"localhost", "localhost:7373", "LOCALHOST", "127.0.0.1", "127.0.0.1:1", "[::1]",
        "[::1]:7373", "tercet.example", "Tercet.Example:99", "other.example:8080", "192.0.2.7:1"})
    EXPECT_TRUE(is_host_allowed(request({{"host", host}}), options)) << host;
  for (const std::string_view host :
       {"", "evil.example", "localhost.evil.example", "evil.localhost", "localhost:7373.evil",
        "other.example", "other.example:8081", "127.0.0.2", "[::2]", "::1", "localhost:80:90",
        "tercet.example.", ":80", "localhost@evil.example"})
    EXPECT_FALSE(is_host_allowed(request({{"Host", host}}), options)) << host;
  EXPECT_FALSE(is_host_allowed(request({}), options));
}

TEST(Origin, MustBeOursOrListed) {
  GuardOptions options;
  options.origins = {"https://friend.example"};
  const auto allowed = [&](std::string_view origin) {
    return is_origin_allowed(request({{"Host", "localhost:7373"}, {"Origin", origin}}), options);
  };
  EXPECT_TRUE(is_origin_allowed(request({{"Host", "localhost:7373"}}), options));
  for (const std::string_view origin :
       {"http://localhost:7373", "https://localhost:7373", "https://friend.example"})
    EXPECT_TRUE(allowed(origin)) << origin;
  for (const std::string_view origin :
       {"null", "http://localhost", "http://localhost:73", "http://localhost:7373.evil.example",
        "http://evil.example", "http://friend.example", "https://friend.example:8443",
        "https://sub.friend.example", "file://", "ftp://localhost:7373", "localhost:7373"})
    EXPECT_FALSE(allowed(origin)) << origin;
  EXPECT_FALSE(is_origin_allowed(request({{"Origin", "http://"}}), options));
  options.origins = {"*"};
  EXPECT_TRUE(allowed("http://evil.example"));
}

TEST(Preflight, IsAnsweredForThoseListed) {
  GuardOptions options;
  options.origins = {"https://friend.example"};
  options.keys = {"secret"};
  RateLimiter limiter(0, 1, 1);
  const auto ask = [&](std::string_view origin) {
    const Request asked = request({{"Host", "localhost"},
                                   {"Origin", origin},
                                   {"Access-Control-Request-Method", "POST"},
                                   {"Access-Control-Request-Headers", "authorization,x-stainless"}},
                                  Method::kOptions);
    auto response = guard(asked, options, limiter);
    EXPECT_TRUE(response.has_value());
    add_guard_headers(asked, options, *response);
    return std::move(*response);
  };
  const Response yes = ask("https://friend.example");
  EXPECT_EQ(yes.status, 204U) << "without a key: browsers send none here";
  EXPECT_EQ(header(yes, "Access-Control-Allow-Origin"), "https://friend.example");
  EXPECT_EQ(header(yes, "Access-Control-Allow-Headers"), "authorization,x-stainless");
  EXPECT_NE(header(yes, "Access-Control-Allow-Methods").find("POST"), std::string::npos);
  EXPECT_EQ(header(yes, "Vary"), "Origin");
  const Response no = ask("https://evil.example");
  EXPECT_EQ(no.status, 403U);
  EXPECT_EQ(header(no, "Access-Control-Allow-Origin"), "");
  EXPECT_FALSE(answer_preflight(request({}, Method::kOptions), options).has_value());
}

TEST(Key, IsAskedForWhereThereIsOne) {
  GuardOptions options;
  const auto find_caller = [](const Request& asked, const GuardOptions& given) {
    return http::find_caller(asked, given, SignIns());
  };
  EXPECT_EQ(find_caller(request({}), options), 0U);
  options.keys = {"first", "second"};
  EXPECT_EQ(find_caller(request({{"Authorization", "Bearer first"}}), options), 0U);
  EXPECT_EQ(find_caller(request({{"authorization", "bearer second"}}), options), 1U);
  EXPECT_EQ(find_caller(request({{"X-Api-Key", "second"}}), options), 1U);
  EXPECT_EQ(find_caller(request({{"Authorization", "Basic x"}, {"X-Api-Key", "first"}}), options),
            0U);
  for (const std::string_view key :
       {"", "firs", "firstt", "FIRST", "first ", "firstfirst", "secondfirst"}) {
    EXPECT_EQ(find_caller(request({{"X-Api-Key", key}}), options), std::nullopt) << key;
    const std::string bearer = "Bearer " + std::string(key);
    EXPECT_EQ(find_caller(request({{"Authorization", bearer}}), options), std::nullopt) << key;
  }
  EXPECT_EQ(find_caller(request({}), options), std::nullopt);
  options.keys = {""};
  EXPECT_EQ(find_caller(request({{"X-Api-Key", ""}}), options), std::nullopt);
}

TEST(Key, OfABrowserThatHasSignedInIsItsCookie) {
  GuardOptions options;
  options.keys = {"first", "second"};
  options.origins = {"*"};
  SignIns sign_ins;
  const std::string header = sign_ins.add(1, false);
  const std::string_view cookie = std::string_view(header).substr(0, header.find(';'));
  const auto caller = [&](Headers more) {
    more.emplace_back("Host", "localhost:7373");
    return find_caller(request(std::move(more)), options, sign_ins);
  };
  EXPECT_EQ(caller({{"Cookie", cookie}}), 1U);
  EXPECT_EQ(caller({{"Cookie", cookie}, {"Origin", "http://localhost:7373"}}), 1U);
  EXPECT_EQ(caller({{"Cookie", cookie}, {"X-Api-Key", "first"}}), 0U);
  EXPECT_EQ(caller({{"Cookie", cookie}, {"X-Api-Key", "wrong"}}), std::nullopt);
  EXPECT_EQ(caller({{"Cookie", "tercet_sign_in=1"}}), std::nullopt);
  EXPECT_EQ(caller({{"Cookie", "first"}}), std::nullopt);
  // Of another port: the same site, so that the browser sends the cookie.
  EXPECT_EQ(caller({{"Cookie", cookie}, {"Origin", "http://localhost:8080"}}), std::nullopt)
      << "a listed page has a key of its own";
  options.keys.clear();
  EXPECT_EQ(caller({{"Cookie", "tercet_sign_in=1"}}), 0U);
}

TEST(Limiter, FillsAgain) {
  const RateLimiter::Clock::time_point start{1h};
  RateLimiter limiter(2, 3, 2);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.ask(0, start).count(), 0);
  EXPECT_DOUBLE_EQ(limiter.ask(0, start).count(), 0.5);
  EXPECT_EQ(limiter.ask(1, start).count(), 0) << "each has its own";
  EXPECT_DOUBLE_EQ(limiter.ask(0, start + 250ms).count(), 0.25);
  EXPECT_EQ(limiter.ask(0, start + 500ms).count(), 0);
  EXPECT_GT(limiter.ask(0, start + 500ms).count(), 0);
  EXPECT_GT(limiter.ask(0, start + 400ms).count(), 0) << "a clock that another thread read before";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.ask(0, start + 1h).count(), 0);
  EXPECT_GT(limiter.ask(0, start + 1h).count(), 0) << "never more than the burst";
  RateLimiter none(0, 1, 1);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(none.ask(0, start).count(), 0);
}

TEST(Guard, ChecksInItsOrder) {
  GuardOptions options;
  options.keys = {"secret"};
  options.open_paths = {"/livez", "/assets/"};
  RateLimiter limiter(1, 1, 1);
  const auto status = [&](Headers headers, std::string_view path = "/api/x") {
    const auto refused = guard(request(std::move(headers), Method::kGet, path), options, limiter);
    if (refused) {
      EXPECT_EQ(refused->content_type, "application/json");
      EXPECT_EQ(header(*refused, "Retry-After"), refused->status == 429 ? "1" : "");
      EXPECT_EQ(header(*refused, "WWW-Authenticate"), refused->status == 401 ? "Bearer" : "");
    }
    return refused ? refused->status : 200;
  };
  EXPECT_EQ(status({{"Host", "evil.example"}, {"X-Api-Key", "secret"}}), 403U);
  EXPECT_EQ(status({{"Host", "evil.example"}}, "/livez"), 403U);
  EXPECT_EQ(status({{"Host", "localhost"}, {"Origin", "http://evil.example"}}, "/livez"), 403U);
  EXPECT_EQ(status({{"Host", "localhost"}}), 401U);
  EXPECT_EQ(status({{"Host", "localhost"}}, "/assets/app.js"), 200U);
  EXPECT_EQ(status({{"Host", "localhost"}}, "/assets"), 401U);
  EXPECT_EQ(status({{"Host", "localhost"}}, "/livez/x"), 401U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(status({{"Host", "localhost"}}, "/livez"), 200U);
  EXPECT_EQ(status({{"Host", "localhost"}, {"X-Api-Key", "secret"}}), 200U);
  EXPECT_EQ(status({{"Host", "localhost"}, {"X-Api-Key", "secret"}}), 429U);
  EXPECT_EQ(status({{"Host", "localhost"}}), 401U) << "who has no key learns no limits";
}

TEST(GuardHeaders, ComeWithEverything) {
  GuardOptions options;
  Response page;
  page.content_type = "text/html; charset=utf-8";
  add_guard_headers(request({}), options, page);
  EXPECT_EQ(header(page, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header(page, "Cross-Origin-Opener-Policy"), "same-origin");
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'self'"), std::string::npos);
  EXPECT_EQ(policy.find("script-src"), std::string::npos) << "the default holds for scripts";
  EXPECT_EQ(header(page, "Access-Control-Allow-Origin"), "");
  Response data;
  add_guard_headers(request({{"Origin", "http://evil.example"}}), options, data);
  EXPECT_EQ(header(data, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(data, "Access-Control-Allow-Origin"), "");
}

}  // namespace
}  // namespace tercet::http
