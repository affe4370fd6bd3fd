#include "serve/service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "page/assets.h"
#include "serve/service_testing.h"
#include "serve/socket_testing.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;

http::Response ask(Service& service, const http::Request& request) {
  return answer_of([&](http::Reply reply) { service.answer(request, std::move(reply)); });
}

http::Request with(http::Request request, std::string_view name, std::string_view value) {
  std::erase_if(request.headers, [&](const auto& each) { return each.first == name; });
  request.headers.emplace_back(name, value);
  return request;
}

ServiceOptions guarded() {
  ServiceOptions options;
  options.guard.keys = {"sesame"};
  options.guard.open_paths = {"/livez", "/readyz"};
  return options;
}

TEST(Service, HasTheRoutesOfItsManual) {
  const StorePlace place;
  Service service({}, models(), place.scribe());
  for (const char* path : {"/api/info", "/api/ledger", "/api/ledger/stats", "/api/ledger/export",
                           "/api/ledger/blocks", "/metrics", "/livez", "/readyz"}) {
    const http::Response response = ask(service, get_request(path));
    EXPECT_EQ(response.status, 200U) << path << response.body;
    EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff") << path;
  }
  EXPECT_EQ(ask(service, post_request("/api/suggest", "{}")).status, 200U);
  EXPECT_EQ(ask(service, post_request("/api/ledger/undo", "")).status, 200U);
  EXPECT_EQ(ask(service, post_request("/api/ledger/forget", R"({"word":"it"})")).status, 200U);
  EXPECT_EQ(ask(service, post_request("/api/ledger/blocks", R"({"word":"it"})")).status, 200U);
  const std::string exported = ask(service, get_request("/api/ledger/export")).body;
  EXPECT_EQ(ask(service, post_request("/api/ledger/import", exported)).status, 200U);
}

TEST(Service, ShowsThePageOrSaysHowToBuildIt) {
  Service service({}, models(), nullptr);
  const http::Response page = ask(service, get_request("/"));
  if (page::assets().empty()) {
    EXPECT_EQ(page.status, 404U);
    EXPECT_NE(page.body.find("npm run build"), std::string::npos);
    return;
  }
  EXPECT_EQ(page.status, 200U);
  EXPECT_TRUE(page.content_type.starts_with("text/html"));
  EXPECT_EQ(header_of(page, "Cache-Control"), "no-cache");
  const std::string tag = header_of(page, "ETag");
  EXPECT_EQ(ask(service, with(get_request("/"), "If-None-Match", tag)).status, 304U);
  for (const page::Asset& asset : page::assets()) {
    const http::Response file = ask(service, get_request(asset.path));
    EXPECT_EQ(file.body, asset.bytes) << asset.path;
  }
}

TEST(Service, RefusesWhatItHasNot) {
  Service service({}, models(), nullptr);
  for (const char* path : {"/api", "/api/", "/api/nothing", "/api/info/", "/api/suggest/x"}) {
    const http::Response response = ask(service, get_request(path));
    EXPECT_EQ(response.status, 404U) << path;
    EXPECT_EQ(error_of(response, "type"), "not_found_error") << path;
  }
  const http::Response wrong_method = ask(service, get_request("/api/suggest"));
  EXPECT_EQ(wrong_method.status, 405U);
  EXPECT_EQ(header_of(wrong_method, "Allow"), "POST, OPTIONS");
  EXPECT_EQ(ask(service, post_request("/api/info", "{}")).status, 405U);
  const http::Response session = ask(service, get_request("/api/session"));
  EXPECT_EQ(session.status, 426U);
  EXPECT_NE(error_of(session).find("WebSocket"), std::string::npos);
}

TEST(Service, HasNoLedgerIncognito) {
  Service service({}, models(), nullptr);
  for (const char* path : {"/api/ledger", "/api/ledger/stats", "/api/ledger/export"})
    EXPECT_EQ(ask(service, get_request(path)).status, 404U) << path;
  EXPECT_EQ(ask(service, post_request("/api/ledger/undo", "")).status, 404U);
  EXPECT_FALSE(*parsed(ask(service, get_request("/api/info")).body).find("learning")->truth());
}

TEST(Service, AnswersOwnPagesOnly) {
  Service service(guarded(), models(), nullptr);
  const http::Request good = with(get_request("/api/info"), "Authorization", "Bearer sesame");
  EXPECT_EQ(ask(service, good).status, 200U);
  for (const http::Request& wrong :
       {with(good, "Host", "evil.example"), with(good, "Origin", "https://evil.example"),
        with(get_request("/livez"), "Host", "evil.example"),
        with(get_request("/livez"), "Origin", "https://evil.example")}) {
    const http::Response response = ask(service, wrong);
    EXPECT_EQ(response.status, 403U) << response.body;
    EXPECT_NE(error_of(response), "-");
    EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff");
  }
}

TEST(Service, AsksForAKey) {
  Service service(guarded(), models(), nullptr);
  EXPECT_EQ(ask(service, get_request("/livez")).status, 200U);
  EXPECT_EQ(ask(service, get_request("/readyz")).status, 200U);
  for (const http::Request& wrong :
       {get_request("/api/info"), get_request("/metrics"), get_request("/nothing"),
        post_request("/api/suggest", "{}"),
        with(get_request("/api/info"), "Authorization", "Bearer wrong")}) {
    const http::Response response = ask(service, wrong);
    EXPECT_EQ(response.status, 401U) << wrong.path;
    EXPECT_EQ(error_of(response, "type"), "authentication_error") << wrong.path;
  }
}

TEST(Service, ShowsThePageToEverybody) {
  Service service(guarded(), models(), nullptr);
  EXPECT_NE(ask(service, get_request("/")).status, 401U);
  for (const page::Asset& asset : page::assets())
    EXPECT_EQ(ask(service, get_request(asset.path)).status, 200U) << asset.path;
  EXPECT_EQ(ask(service, with(get_request("/"), "Host", "evil.example")).status, 403U);
}

TEST(Service, LetsInABrowserThatHasSignedIn) {
  Service service(guarded(), models(), nullptr);
  const http::Response signed_in =
      ask(service, post_request("/api/sign-in", R"({"key":"sesame"})"));
  EXPECT_EQ(signed_in.status, 200U);
  const std::string header = header_of(signed_in, "Set-Cookie");
  const std::string cookie = header.substr(0, header.find(';'));
  EXPECT_EQ(header.find("sesame"), std::string::npos);

  const auto opened = [&](const http::Request& request) {
    return service.open_socket(request, std::make_shared<TestSocket>()) != nullptr;
  };
  const http::Request info = with(get_request("/api/info"), "Cookie", cookie);
  const http::Request session = with(get_request("/api/session"), "Cookie", cookie);
  EXPECT_EQ(ask(service, info).status, 200U);
  EXPECT_TRUE(opened(session));
  EXPECT_TRUE(opened(with(session, "Origin", "http://localhost")));
  EXPECT_FALSE(opened(with(session, "Origin", "http://localhost:8080")));
  EXPECT_FALSE(opened(with(session, "Host", "evil.example")));
  EXPECT_FALSE(opened(with(session, "Cookie", cookie.substr(0, cookie.size() - 1))));
  const http::Request foreign = post_request("/api/sign-in", R"({"key":"sesame"})");
  EXPECT_EQ(ask(service, with(foreign, "Origin", "https://evil.example")).status, 403U);
}

TEST(Service, HasARateLimit) {
  ServiceOptions options;
  options.requests_per_second = 0.001;
  options.burst = 2;
  Service service(options, models(), nullptr);
  EXPECT_EQ(ask(service, get_request("/api/info")).status, 200U);
  EXPECT_EQ(ask(service, get_request("/api/info")).status, 200U);
  const http::Response refused = ask(service, get_request("/api/info"));
  EXPECT_EQ(refused.status, 429U);
  EXPECT_NE(header_of(refused, "Retry-After"), "-");
}

TEST(Service, OpensSessions) {
  Service service(guarded(), models(), nullptr);
  const auto opened = [&](const http::Request& request) {
    return service.open_socket(request, std::make_shared<TestSocket>()) != nullptr;
  };
  const http::Request good = with(get_request("/api/session"), "X-Api-Key", "sesame");
  EXPECT_TRUE(opened(good));
  EXPECT_FALSE(opened(get_request("/api/session")));
  EXPECT_FALSE(opened(with(good, "Origin", "https://evil.example")));
  EXPECT_FALSE(opened(with(good, "Host", "evil.example")));
  EXPECT_FALSE(opened(with(get_request("/api/info"), "X-Api-Key", "sesame")));

  const auto socket = std::make_shared<TestSocket>();
  const auto session = service.open_socket(good, socket);
  session->message(R"({"type":"open","id":3,"before":"we wa"})");
  EXPECT_EQ(texts_of(socket->take("offers"), "words"), Texts{"want"});
}

TEST(Service, CountsWhatItAnswers) {
  Service service({}, models(), nullptr);
  ask(service, post_request("/api/suggest", "{}"));
  ask(service, post_request("/api/suggest", "{"));
  ask(service, get_request("/api/suggest"));
  ask(service, get_request("/nothing"));
  ask(service, with(get_request("/v1/models/en"), "Host", "evil.example"));
  service.open_socket(get_request("/api/session"), std::make_shared<TestSocket>());
  const http::Response response = ask(service, get_request("/metrics"));
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  for (const char* line :
       {"{route=\"/api/suggest\",status=\"200\"} 1\n",
        "{route=\"/api/suggest\",status=\"400\"} 1\n",
        "{route=\"/api/suggest\",status=\"405\"} 1\n", "{route=\"\",status=\"404\"} 1\n",
        "{route=\"/v1/models/\",status=\"403\"} 1\n", "{route=\"/api/session\",status=\"101\"} 1\n",
        "tercet_suggestion_seconds_count 1\n"})
    EXPECT_NE(response.body.find(line), std::string::npos) << line << response.body;
}

TEST(Service, IsNotReadyWhenItDrains) {
  Service service({}, models(), nullptr);
  EXPECT_EQ(ask(service, get_request("/readyz")).status, 200U);
  service.drain();
  EXPECT_EQ(ask(service, get_request("/readyz")).status, 503U);
  EXPECT_EQ(ask(service, get_request("/livez")).status, 200U);
}

/// Some read the models while others replace them; a session keeps those it began with.
TEST(Service, ReplacesModelsUnderLoad) {
  const auto only = [](std::size_t index) {
    const ServedModel& served = models().all()[index];
    auto made = Models::make({{served.id + ".tct", served.model}});
    EXPECT_TRUE(made.ok());
    return std::move(*made);
  };
  const Models english = only(0);
  const Models russian = only(1);
  Service service({}, english, nullptr);
  const auto socket = std::make_shared<TestSocket>();
  const auto session = service.open_socket(get_request("/api/session"), socket);
  std::atomic<int> answered = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 50; ++j) {
          const http::Response offers =
              ask(service, post_request("/api/suggest", R"({"before":"we "})"));
          EXPECT_EQ(offers.status, 200U) << offers.body;
          const Texts ids =
              texts_of(parsed(ask(service, get_request("/api/info")).body), "models", "id");
          EXPECT_TRUE(ids == Texts{"en"} || ids == Texts{"ru"});
          ++answered;
        }
      });
    }
    for (int i = 0; i < 100; ++i) service.replace(i % 2 == 0 ? russian : english);
    service.replace(russian);
  }
  EXPECT_EQ(answered, 150);
  EXPECT_EQ(texts_of(parsed(ask(service, get_request("/api/info")).body), "models", "id"),
            Texts{"ru"});
  session->message(R"({"type":"open","before":"we wa"})");
  EXPECT_EQ(texts_of(socket->take("offers"), "words"), Texts{"want"});
}

}  // namespace
}  // namespace tercet::serve::testing
