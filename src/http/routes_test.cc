#include "http/routes.h"

#include <gtest/gtest.h>

namespace tercet::http {
namespace {

/// The answer, which comes at once.
Response ask(const RouteTable& routes, Method method, std::string_view path) {
  Request request;
  request.method = method;
  request.path = path;
  Response response;
  response.status = 0;
  routes.answer(request, [&](Response given) { response = std::move(given); });
  return response;
}

RouteTable::Handler says(std::string text) {
  return [text](const Request&, const Reply& reply) {
    Response response;
    response.body = text;
    reply(std::move(response));
  };
}

std::string allow(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Allow") return value;
  }
  return {};
}

class Routes : public testing::Test {
 protected:
  void SetUp() override {
    routes.add(Method::kGet, "/a", says("a"));
    routes.add(Method::kPost, "/a", says("posted"));
    routes.add(Method::kPost, "/only", says("only"));
    routes.add(Method::kGet, "/files/", says("files"));
    routes.add(Method::kGet, "/files/deep/", says("deep"));
    routes.add(Method::kGet, "/files/one", says("one"));
  }
  RouteTable routes;
};

TEST_F(Routes, FindsTheLongest) {
  EXPECT_EQ(ask(routes, Method::kGet, "/a").body, "a");
  EXPECT_EQ(ask(routes, Method::kPost, "/a").body, "posted");
  EXPECT_EQ(ask(routes, Method::kGet, "/files/").body, "files");
  EXPECT_EQ(ask(routes, Method::kGet, "/files/x/y/z").body, "files");
  EXPECT_EQ(ask(routes, Method::kGet, "/files/one").body, "one");
  EXPECT_EQ(ask(routes, Method::kGet, "/files/one/two").body, "files");
  EXPECT_EQ(ask(routes, Method::kGet, "/files/deep/x").body, "deep");
  EXPECT_EQ(ask(routes, Method::kGet, "/files/deep").body, "files");
}

TEST_F(Routes, HeadIsLikeGet) {
  EXPECT_EQ(ask(routes, Method::kHead, "/a").body, "a");
  routes.add(Method::kHead, "/a", says("head"));
  EXPECT_EQ(ask(routes, Method::kHead, "/a").body, "head");
  EXPECT_EQ(ask(routes, Method::kHead, "/only").status, 405);
}

TEST_F(Routes, KnowsWhatItDoesNotKnow) {
  for (const std::string_view path : {"/", "/b", "/files", "/a/", "/A", "/aa", "//", "x", ""}) {
    const Response response = ask(routes, Method::kGet, path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.content_type, "application/json");
    EXPECT_NE(response.body.find("not_found_error"), std::string::npos);
  }
  routes.add(Method::kGet, "/", says("all"));
  EXPECT_EQ(ask(routes, Method::kGet, "/b/c").body, "all");
  EXPECT_EQ(ask(routes, Method::kGet, "/only").status, 405) << "a path is one of its own";
}

TEST_F(Routes, NamesTheMethods) {
  const Response response = ask(routes, Method::kDelete, "/a");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(allow(response), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(ask(routes, Method::kOther, "/only").status, 405);
  EXPECT_EQ(allow(ask(routes, Method::kOther, "/only")), "POST, OPTIONS");
}

TEST_F(Routes, AnswersOptions) {
  const Response response = ask(routes, Method::kOptions, "/only");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(allow(response), "POST, OPTIONS");
  EXPECT_EQ(ask(routes, Method::kOptions, "/b").status, 404);
  routes.add(Method::kOptions, "/only", says("own"));
  EXPECT_EQ(ask(routes, Method::kOptions, "/only").body, "own");
}

TEST(JsonError, HasOneShape) {
  EXPECT_EQ(json_error(400, "count: \"x\"", "invalid_request_error", "count", "bad").body,
            R"({"error":{"message":"count: \"x\"","type":"invalid_request_error",)"
            R"("param":"count","code":"bad"}})");
  const Response response = json_error(503, "loading");
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(
      response.body,
      R"({"error":{"message":"loading","type":"unavailable_error","param":null,"code":null}})");
}

TEST(JsonError, TypesGoByStatus) {
  const auto type = [](unsigned status) {
    const std::string body = json_error(status, "").body;
    const std::size_t begin = body.find("type\":\"") + 7;
    return body.substr(begin, body.find('"', begin) - begin);
  };
  EXPECT_EQ(type(400), "invalid_request_error");
  EXPECT_EQ(type(413), "invalid_request_error");
  EXPECT_EQ(type(401), "authentication_error");
  EXPECT_EQ(type(403), "authentication_error");
  EXPECT_EQ(type(404), "not_found_error");
  EXPECT_EQ(type(429), "rate_limit_error");
  EXPECT_EQ(type(500), "server_error");
  EXPECT_EQ(type(503), "unavailable_error");
}

TEST(RouteTable, IsKnownByItsPaths) {
  RouteTable table;
  EXPECT_EQ(table.route_of("/a"), "");
  table.add(Method::kPost, "/a/", {});
  for (const Method method : {Method::kPost, Method::kGet})
    table.add(method, "/b", [](const Request&, const Reply&) {});
  EXPECT_EQ(table.route_of("/a/some/thing"), "/a/");
  EXPECT_EQ(table.route_of("/b"), "/b");
  EXPECT_EQ(table.route_of("/b/c"), "");
  const std::vector<std::pair<Method, std::string_view>> all = {{Method::kGet, "/b"},
                                                                {Method::kPost, "/b"}};
  EXPECT_EQ(table.all(), all) << "those that have a handler";
}

}  // namespace
}  // namespace tercet::http
