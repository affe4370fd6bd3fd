// The document says of routes and limits what the code does. That answers are as it describes them
// is shown by tests/clients.
#include "serve/api_document.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/server.h"
#include "serve/generation_fields.h"
#include "serve/service.h"
#include "serve/service_testing.h"
#include "serve/suggest.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

const json::Value& document() {
  static const json::Value kDocument = parsed(api_document());
  return kDocument;
}

/// What a reference stands for; others as they are.
const json::Value& resolved(const json::Value& schema) {
  const json::Value* const reference = schema.find("$ref");
  if (reference == nullptr) return schema;
  const std::string_view name = std::string_view(*reference->string()).substr(2);  // "#/"
  const json::Value* found = &document();
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    found = found->find(name.substr(begin, end - begin));
    if (found == nullptr) throw std::runtime_error(*reference->string() + " is not there");
    begin = end + 1;
  }
  return *found;
}

json::Object members_of(const json::Value& value, std::string_view name) {
  const json::Value* const found = value.find(name);
  return found == nullptr || found->object() == nullptr ? json::Object() : *found->object();
}

/// Of an object's schema and of all that it consists of.
json::Object properties_of(const json::Value& schema) {
  json::Object out = members_of(resolved(schema), "properties");
  if (const json::Value* const parts = resolved(schema).find("allOf")) {
    for (const json::Value& part : *parts->array()) {
      for (auto& property : properties_of(part)) out.push_back(std::move(property));
    }
  }
  return out;
}

std::int64_t limit(std::string_view path) {
  const json::Value value = at(document(), "components.schemas." + std::string(path));
  EXPECT_NE(value.integer(), nullptr) << path;
  return value.integer() == nullptr ? 0 : *value.integer();
}

http::Response ask(Service& service, const http::Request& request) {
  return answer_of([&](http::Reply reply) { service.answer(request, std::move(reply)); });
}

/// `count` times the same, in brackets.
std::string array_of(std::string_view item, std::int64_t count) {
  std::string out = "[";
  for (std::int64_t i = 0; i < count; ++i) out.append(i == 0 ? "" : ",").append(item);
  return out + ']';
}

TEST(ApiDocument, IsOfThisVersionAndAnswered) {
  Service service({}, models(), nullptr);
  EXPECT_EQ(string_in(api_document(), "info.version"),
            string_in(ask(service, get_request("/api/info")).body, "version"));
  const http::Response answer = ask(service, get_request("/openapi.json"));
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(answer.body, api_document());
}

TEST(ApiDocument, HasTheRoutesThatTheServerHas) {
  const StorePlace place;
  const Service service({}, models(), place.scribe());
  std::set<std::string> routes;
  for (const auto& [method, path] : service.routes().all()) {
    ASSERT_TRUE(method == http::Method::kGet || method == http::Method::kPost) << path;
    routes.insert((method == http::Method::kGet ? "get " : "post ") + std::string(path));
  }
  std::set<std::string> described;
  for (const auto& [path, methods] : members_of(document(), "paths")) {
    for (const auto& [method, operation] : *methods.object())
      described.insert(method + ' ' + path.substr(0, path.find('{')));
  }
  EXPECT_EQ(described, routes);
}

/// A number that is none is refused with the limits that it should have kept.
TEST(ApiDocument, HasTheLimitsOfNumbers) {
  const StorePlace place;
  Service service({}, models(), place.scribe());
  std::size_t checked = 0;
  for (const auto& [path, methods] : members_of(document(), "paths")) {
    const json::Value schema = at(methods, "post.requestBody.content.application/json.schema");
    for (const auto& [name, property] : properties_of(schema)) {
      const json::Value& limits = resolved(property);
      const bool whole =
          at(limits, "type.0").string() != nullptr && *at(limits, "type.0").string() == "integer";
      double least = 0;
      double most = 0;
      if (!at(limits, "minimum").number(least) || !at(limits, "maximum").number(most)) continue;
      const std::string body =
          fmt::format(R"({{"messages":[{{"role":"user","content":"a"}}],"{}":"no number"}})", name);
      const std::string wanted =
          whole ? fmt::format("{}: must be a whole number from {} to {}", name,
                              *at(limits, "minimum").integer(), *at(limits, "maximum").integer())
                : fmt::format("{}: must be a number from {} to {}", name, least, most);
      EXPECT_EQ(error_of(ask(service, post_request(path, body))), wanted) << path;
      ++checked;
    }
  }
  EXPECT_GT(checked, 50U);
}

TEST(ApiDocument, HasTheLimitsOfArrays) {
  const auto param = [](std::string_view name, const std::string& value) {
    const std::string body = fmt::format(R"({{"max_tokens":1,"{}":{}}})", name, value);
    return string_in(post("/v1/completions", body).body, "error.param");
  };
  const auto check = [&](std::string_view name, std::string_view item, std::int64_t most) {
    EXPECT_EQ(param(name, array_of(item, most)), "(no string)") << name;
    EXPECT_EQ(param(name, array_of(item, most + 1)), name);
  };
  check("stop", R"("x")", limit("Stops.anyOf.1.maxItems"));
  check("prompt", R"("x")", limit("Prompt.anyOf.2.maxItems"));
  check("logit_bias", "[3,1]", limit("Generation.properties.logit_bias.anyOf.2.maxItems"));
  const std::int64_t most_bias = limit("Bias.anyOf.0.maximum");
  EXPECT_EQ(param("logit_bias", fmt::format("[[3,{}]]", most_bias)), "(no string)");
  EXPECT_EQ(param("logit_bias", fmt::format("[[3,{}]]", most_bias + 1)), "logit_bias");
  EXPECT_EQ(most_bias, -limit("Bias.anyOf.0.minimum"));
  EXPECT_EQ(most_bias, 1000);
}

TEST(ApiDocument, HasTheLimitsOfTheRest) {
  EXPECT_EQ(limit("Info.properties.limits.properties.count.const"), kMostOffers);
  EXPECT_EQ(limit("Info.properties.limits.properties.text_bytes.default"),
            static_cast<std::int64_t>(http::ServerOptions().most_body_bytes));
  const std::string length =
      text_of(*document().find("components")->find("schemas")->find("Length"), "description");
  EXPECT_NE(length.find(fmt::format("more than {} are cut", kMostTokens)), std::string::npos);

  const StorePlace place;
  Service service({}, models(), place.scribe());
  const json::Value parameters =
      *document().find("paths")->find("/api/ledger")->find("get")->find("parameters");
  for (const char* index : {"2", "3"}) {  // offset, limit
    const json::Value parameter = at(parameters, index);
    const std::int64_t most = number_of(*parameter.find("schema"), "maximum");
    const std::string query = text_of(parameter, "name") + "=";
    const auto status = [&](std::int64_t value) {
      return ask(service, get_request("/api/ledger", query + std::to_string(value))).status;
    };
    EXPECT_EQ(status(most), 200U) << query;
    EXPECT_EQ(status(most + 1), 400U) << query;
  }
}

}  // namespace
}  // namespace tercet::serve::testing
