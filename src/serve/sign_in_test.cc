#include "serve/sign_in.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "serve/service_testing.h"

namespace tercet::serve::testing {
namespace {

http::GuardOptions keys() {
  http::GuardOptions options;
  options.keys = {"open", "sesame"};
  return options;
}

http::Response give(SignInDesk& desk, std::string_view body) {
  return desk.answer(post_request("/api/sign-in", body));
}

TEST(SignIn, GivesACookieForAKey) {
  const http::GuardOptions options = keys();
  SignInDesk desk(options);
  const http::Response response = give(desk, R"({"key":"sesame"})");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.body, R"({"ok":true})");
  const std::string header = header_of(response, "Set-Cookie");
  EXPECT_EQ(desk.sign_ins().find(header.substr(0, header.find(';'))), 1U);
  EXPECT_NE(header.find("; HttpOnly; SameSite=Strict"), std::string::npos);
  EXPECT_EQ(header.find("Secure"), std::string::npos);
  http::Request encrypted = post_request("/api/sign-in", R"({"key":"open"})");
  encrypted.headers.emplace_back("Origin", "https://localhost");
  EXPECT_TRUE(header_of(desk.answer(encrypted), "Set-Cookie").ends_with("; Secure"));
}

TEST(SignIn, RefusesOthers) {
  const http::GuardOptions options = keys();
  SignInDesk desk(options);
  for (const std::string_view body : {R"({"key":"sesam"})", R"({"key":"sesame "})", R"({"key":""})",
                                      "{}", R"({"key":"sesame open"})"}) {
    const http::Response response = give(desk, body);
    EXPECT_EQ(response.status, 401U) << body;
    EXPECT_EQ(error_of(response, "code"), "invalid_api_key") << body;
    EXPECT_EQ(header_of(response, "Set-Cookie"), "-") << body;
  }
  for (const std::string_view body : {"", "{", "[]", R"({"key":1})", R"("sesame")"}) {
    const http::Response response = give(desk, body);
    EXPECT_EQ(response.status, 400U) << body;
    EXPECT_NE(error_of(response), "-") << body;
  }
}

TEST(SignIn, TiresOfThoseWhoGuess) {
  const http::GuardOptions options = keys();
  SignInDesk desk(options);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(give(desk, R"({"key":"wrong"})").status, 401U);
  const http::Response response = give(desk, R"({"key":"sesame"})");
  EXPECT_EQ(response.status, 429U) << "even the right one, or a guess would be seen to be right";
  EXPECT_NE(header_of(response, "Retry-After"), "-");
  EXPECT_EQ(header_of(response, "Set-Cookie"), "-");
}

TEST(SignIn, IsNotNeededWhereThereAreNoKeys) {
  const http::GuardOptions options;
  SignInDesk desk(options);
  const http::Response response = give(desk, R"({"key":"anything"})");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(header_of(response, "Set-Cookie"), "-");
}

}  // namespace
}  // namespace tercet::serve::testing
