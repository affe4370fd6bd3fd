// Whatever a client sends to the real routes over a real connection gets the right status and an
// error as docs/API.md has it, and spoils nothing for the next one.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.h"
#include "http/testing.h"
#include "serve/service.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using namespace std::chrono_literals;
using http::Answer;
using http::Client;

constexpr const char* kKey = "X-Api-Key: sesame\r\n";

struct Route {
  http::Method method;
  std::string path;
};

std::vector<Route> routes() {
  using http::Method;
  std::vector<Route> all = {
      {Method::kPost, "/api/suggest"},       {Method::kPost, "/api/lanes"},
      {Method::kGet, "/api/info"},           {Method::kGet, "/metrics"},
      {Method::kGet, "/api/session"},        {Method::kGet, "/api/ledger"},
      {Method::kGet, "/api/ledger/stats"},   {Method::kPost, "/api/ledger/forget"},
      {Method::kPost, "/api/ledger/undo"},   {Method::kGet, "/api/ledger/export"},
      {Method::kPost, "/api/ledger/import"}, {Method::kGet, "/api/ledger/blocks"},
      {Method::kPost, "/api/ledger/blocks"},
  };
  for (const ClientRoute& each : client_routes()) all.push_back({each.method, each.path});
  return all;
}

/// Where a JSON object is expected.
std::vector<std::string> object_routes() {
  std::vector<std::string> paths;
  for (const Route& each : routes()) {
    if (each.method == http::Method::kPost && each.path != "/api/ledger/undo" &&
        each.path != "/api/ledger/import")
      paths.push_back(each.path);
  }
  return paths;
}

class BadInput : public ::testing::Test {
 protected:
  explicit BadInput(http::ServerOptions options = {}) {
    ServiceOptions guarded;
    guarded.guard.keys = {"sesame"};
    guarded.guard.open_paths = {"/livez"};
    service_ = std::make_unique<Service>(guarded, models(), place_.scribe());
    options.threads = 2;
    auto server = http::Server::listen(options, *service_);
    if (!server.ok()) throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    thread_ = std::jthread([this] { server_->run(); });
  }
  ~BadInput() override {
    // Others are served as if nothing had been.
    EXPECT_EQ(ask("GET /api/info").status, 200);
    server_->stop(5s);
  }

  Answer send(const std::string& bytes) const { return Client(server_->port()).ask(bytes); }
  /// `line`: method and target. The key is given.
  Answer ask(const std::string& line, const std::string& body = {}) const {
    return send(line + " HTTP/1.1\r\nHost: localhost\r\n" + kKey +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

  static void expect_error(const Answer& answer, int status, const std::string& what) {
    EXPECT_EQ(answer.status, status) << what << ": " << answer.body.substr(0, 200);
    EXPECT_EQ(answer.header("Content-Type"), "application/json") << what;
    const json::Value body = parsed(answer.body);
    const json::Value* const error = body.find("error");
    ASSERT_NE(error, nullptr) << what;
    ASSERT_NE(error->object(), nullptr) << what;
    EXPECT_EQ(error->object()->size(), 4U) << what;
    EXPECT_GT(text_of(*error, "message").size(), 5U) << what;
    EXPECT_NE(text_of(*error, "type"), "-") << what;
  }

  StorePlace place_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<http::Server> server_;
  std::jthread thread_;
};

TEST_F(BadInput, IsNoObject) {
  const std::vector<std::string> bodies = {
      "", "{", "}", "[]", "null", "1", "\"x\"", "{a:1}", "{\"a\":1}x", "{,}", "{\"prompt\":\"",
      std::string(5000, '['),
      // Not UTF-8, a surrogate alone, a NUL, a number that is none.
      "{\"prompt\":\"\xff\"}", R"({"prompt":"\ud800"})", std::string("{\0}", 3), R"({"a":1e})"};
  for (const std::string& path : object_routes()) {
    for (const std::string& body : bodies)
      expect_error(ask("POST " + path, body), 400, path + ' ' + body.substr(0, 40));
  }
  for (const std::string& text : {std::string(), std::string("tercet-store\t1\nnonsense\n"),
                                  std::string("\xff\xfe"), std::string("{}")})
    expect_error(ask("POST /api/ledger/import", text), 400, "import " + text);
}

TEST_F(BadInput, HasWrongTypes) {
  struct Case {
    const char* path;
    const char* body;
    const char* param;
  };
  for (const Case& each : std::vector<Case>{
           {"/api/suggest", R"({"before":1})", "before"},
           {"/api/suggest", R"({"count":"5"})", "count"},
           {"/api/suggest", R"({"count":1.5})", "count"},
           {"/api/suggest", R"({"phrases":0})", "phrases"},
           {"/api/suggest", R"({"languages":"en"})", "languages"},
           {"/api/suggest", R"({"lanes":11})", "lanes"},
           {"/api/suggest", R"({"gate":1.1})", "gate"},
           {"/api/lanes", R"({"text":["a"]})", "text"},
           {"/api/lanes", R"({"text":"a","language":1})", "language"},
           {"/api/lanes", R"({"text":"a","gate":"bold"})", "gate"},
           {"/api/ledger/forget", R"({"word":["a"]})", "word"},
           {"/api/ledger/forget", R"({"since":-1})", "since"},
           {"/api/ledger/blocks", R"({"word":"a","meaning":1})", "meaning"},
           {"/api/sign-in", R"({"key":null,"key":{}})", "key"},
           {"/v1/completions", R"({"prompt":{}})", "prompt"},
           {"/v1/completions", R"({"max_tokens":"x"})", "max_tokens"},
           {"/v1/completions", R"({"prompt":"a","n":1000000})", "n"},
           {"/v1/completions", R"({"prompt":"a","temperature":[]})", "temperature"},
           {"/v1/completions", R"({"prompt":"a","stop":7})", "stop"},
           {"/v1/completions", R"({"prompt":[1,-7]})", "prompt"},
           {"/v1/completions", R"({"model":5})", "model"},
           {"/v1/chat/completions", R"({"messages":"hello"})", "messages"},
           {"/v1/chat/completions", R"({"messages":[{"role":1}]})", "messages"},
           {"/completion", R"({"prompt":"a","n_predict":{}})", "n_predict"},
           {"/infill", R"({"input_prefix":7})", "input_prefix"},
           {"/tokenize", R"({"content":7})", "content"},
           {"/detokenize", R"({"tokens":["a"]})", "tokens"},
       }) {
    const Answer answer = ask(std::string("POST ") + each.path, each.body);
    expect_error(answer, 400, std::string(each.path) + ' ' + each.body);
    EXPECT_EQ(string_in(answer.body, "error.param"), each.param) << each.path << each.body;
  }
}

TEST_F(BadInput, IsTooLong) {
  const std::string megabytes(10'000'000, 'x');
  for (const Route& each : routes()) {
    if (each.method == http::Method::kPost)
      expect_error(ask("POST " + each.path, megabytes), 413, each.path);
  }
  expect_error(ask("GET /api/info", megabytes), 413, "a GET");
  expect_error(ask("GET /api/ledger?search=" + std::string(20'000, 'x')), 431, "a query");
}

TEST_F(BadInput, HasNoRouteOrAnotherMethod) {
  for (const char* line :
       {"GET /api", "GET /api/", "GET /api/nothing", "POST /v1", "POST /v1/nothing",
        "GET /V1/models", "GET /api/info/", "POST /api/suggest/x", "GET /v1/models/none",
        "GET /openapi", "DELETE /nothing", "BREW /nothing", "GET /assets/none.js",
        "GET /.git/config"})
    expect_error(ask(line), 404, line);
  for (const Route& each : routes()) {
    for (const char* method : {"PUT", "DELETE", "PATCH", "TRACE", "BREW"}) {
      const Answer answer = ask(method + (' ' + each.path));
      expect_error(answer, 405, each.path);
      EXPECT_NE(answer.header("Allow"), "") << each.path;
    }
  }
  expect_error(ask("GET /api/session"), 426, "no WebSocket");
}

TEST_F(BadInput, TriesTricksWithThePath) {
  for (const char* target :
       {"/api/../api/info", "/api/%2e%2e/api/info", "/%2e%2e%2f%2e%2e%2fetc/passwd", "/..",
        "/../../etc/passwd", "/api/info%00", "/api/info%0d%0aX:y", "/%5c..%5cetc", "/api\\info",
        "/api/%ff", "/api/%zz", "/api/%", "api/info", "/api/info#x", "/%c0%ae%c0%ae/"})
    expect_error(ask(std::string("GET ") + target), 400, target);
  for (const char* target :
       {"//api/info", "/api//info", "/api/./info", "/api/%2fetc/passwd", "/assets/", "/index.html/",
        "/api/info;x", "/%252e%252e/etc/passwd", "http://localhost//etc/passwd", "/~root"})
    expect_error(ask(std::string("GET ") + target), 404, target);
}

TEST_F(BadInput, IsForeign) {
  const std::string upgrade =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  std::vector<Route> all = routes();
  all.push_back({http::Method::kGet, "/"});
  all.push_back({http::Method::kGet, "/livez"});
  all.push_back({http::Method::kPost, "/api/sign-in"});
  for (const Route& each : all) {
    const std::string line =
        (each.method == http::Method::kGet ? "GET " : "POST ") + each.path + " HTTP/1.1\r\n";
    for (const std::string who : {"Host: evil.example\r\n", "Host: localhost.evil.example\r\n",
                                  "Host: localhost\r\nOrigin: https://evil.example\r\n",
                                  "Host: localhost\r\nOrigin: http://localhost:1\r\n",
                                  "Host: localhost\r\nOrigin: null\r\n"}) {
      const std::string head = line + who + kKey + "Content-Length: 0\r\n";
      expect_error(send(head + "\r\n"), 403, each.path + ' ' + who);
      if (each.path == "/api/session")
        expect_error(send(head + upgrade + "\r\n"), 403, each.path + ' ' + who);
    }
  }
}

TEST_F(BadInput, HasNoKey) {
  for (const Route& each : routes()) {
    const std::string line =
        (each.method == http::Method::kGet ? "GET " : "POST ") + each.path + " HTTP/1.1\r\n";
    for (const char* key :
         {"", "X-Api-Key: sesam\r\n", "X-Api-Key: \r\n", "Authorization: Bearer sesame2\r\n",
          "Authorization: Basic sesame\r\n", "Cookie: tercet_sign_in=sesame\r\n"}) {
      const Answer answer = send(line + "Host: localhost\r\n" + key + "Content-Length: 0\r\n\r\n");
      expect_error(answer, 401, each.path + ' ' + key);
      EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer") << each.path;
    }
  }
}

TEST_F(BadInput, IsCutOff) {
  const std::string head = std::string("POST /api/suggest HTTP/1.1\r\nHost: localhost\r\n") + kKey +
                           "Content-Length: 50\r\n\r\n{\"before\":";
  {
    Client half(server_->port());
    half.send(head);
    half.end_writing();
    expect_error(half.answer(), 400, "half a body");
  }
  for (int i = 0; i < 20; ++i) {
    Client gone(server_->port());
    gone.send(i % 2 == 0 ? head
                         : "GET /api/ledger/export HTTP/1.1\r\nHost: localhost\r\n" +
                               std::string(kKey) + "\r\n");
    gone.reset();  // Before its answer.
  }
  EXPECT_TRUE(http::soon([&] { return server_->counts().open == 0; }));
}

class SlowInput : public BadInput {
 protected:
  SlowInput()
      : BadInput([] {
          http::ServerOptions options;
          options.request_time = 300ms;
          return options;
        }()) {}
};

TEST_F(SlowInput, IsNotWaitedFor) {
  const std::string head = std::string("Host: localhost\r\n") + kKey;
  for (const std::string& path : object_routes()) {
    Client slow(server_->port());
    slow.send("POST " + path + " HTTP/1.1\r\n" + head + "Content-Length: 9\r\n\r\n{\"b");
    expect_error(slow.answer(), 408, path);
  }
  Client silent(server_->port());
  silent.send("GET /api/info HTTP/1.1\r\n" + head);
  expect_error(silent.answer(), 408, "no end of its head");
}

}  // namespace
}  // namespace tercet::serve::testing
