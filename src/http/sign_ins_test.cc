#include "http/sign_ins.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet::http {
namespace {

/// What the browser sends back.
std::string cookie_of(const std::string& header) { return header.substr(0, header.find(';')); }

TEST(SignIns, KnowABrowserByItsCookie) {
  SignIns sign_ins;
  const std::string header = sign_ins.add(3, false);
  const std::string cookie = cookie_of(header);
  EXPECT_EQ(header.substr(cookie.size()), "; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_GE(cookie.size() - cookie.find('='), 64U);
  const std::string other = cookie_of(sign_ins.add(5, false));
  EXPECT_NE(cookie, other);
  EXPECT_EQ(sign_ins.find(cookie), 3U);
  EXPECT_EQ(sign_ins.find(other), 5U);
  EXPECT_EQ(sign_ins.find("theme=dark; " + cookie + "; x"), 3U);
  EXPECT_EQ(sign_ins.find("theme=dark;" + cookie), 3U);
  for (const std::string& wrong :
       {std::string(), cookie.substr(0, cookie.size() - 1), cookie + "0", "x" + cookie,
        cookie.substr(cookie.find('=') + 1), std::string("tercet_sign_in="),
        std::string("tercet_sign_in"), "x=" + cookie})
    EXPECT_EQ(sign_ins.find(wrong), std::nullopt) << wrong;
}

TEST(SignIns, KeepToTheEncryptedWayTheyCameBy) {
  SignIns sign_ins;
  EXPECT_TRUE(sign_ins.add(0, true).ends_with("; Secure"));
}

TEST(SignIns, AreSoManyAtMost) {
  SignIns sign_ins;
  const std::string first = cookie_of(sign_ins.add(0, false));
  const std::string second = cookie_of(sign_ins.add(0, false));
  for (std::size_t i = 2; i < SignIns::kMost; ++i) sign_ins.add(0, false);
  EXPECT_EQ(sign_ins.find(first), 0U);
  sign_ins.add(0, false);
  EXPECT_EQ(sign_ins.find(first), std::nullopt);
  EXPECT_EQ(sign_ins.find(second), 0U);
}

}  // namespace
}  // namespace tercet::http
