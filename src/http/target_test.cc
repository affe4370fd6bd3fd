#include "http/target.h"

#include <gtest/gtest.h>

namespace tercet::http {
namespace {

TEST(Target, SplitsAndDecodesOnce) {
  const auto target = parse_target("/a%20b/%D1%8F?q=%20&r");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->path, "/a b/я");
  EXPECT_EQ(target->query, "q=%20&r");
  EXPECT_EQ(parse_target("/%252e%252E")->path, "/%2e%2E");
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b") << "a plus is a space in queries only";
  EXPECT_EQ(parse_target("/?")->path, "/");
  EXPECT_EQ(parse_target("/a?b?c")->query, "b?c");
}

TEST(Target, KnowsTheOtherForms) {
  EXPECT_EQ(parse_target("http://localhost:80/a?b")->path, "/a");
  EXPECT_EQ(parse_target("HTTPS://x")->path, "/");
  EXPECT_EQ(parse_target("*")->path, "/");
}

TEST(Target, RefusesTricks) {
  for (const std::string_view text : {"",
                                      "a",
                                      "**",
                                      "//../",
                                      "/..",
                                      "/../etc/passwd",
                                      "/a/../b",
                                      "/a/%2e%2e/b",
                                      "/a%2f..%2fb",
                                      "/%2E./x",
                                      "/\\..\\x",
                                      "/a%5cb",
                                      "/a%00b",
                                      "/a%0ab",
                                      "/a%7f",
                                      "/%",
                                      "/%4",
                                      "/%zz",
                                      "/% 4",
                                      "/%+4",
                                      "/%-1",
                                      "/%0x",
                                      "/\xff",
                                      "/%ff",
                                      "/%c0%ae%c0%ae/",
                                      "/%ed%a0%80",
                                      "/a#b",
                                      "ftp://x/",
                                      "http:/x",
                                      "localhost:80"})
    EXPECT_FALSE(parse_target(text).ok()) << text;
  for (const std::string_view text : {"/...", "/..a", "/a..", "/.a", "/a/..b/c", "//a"})
    EXPECT_TRUE(parse_target(text).ok()) << text;
}

TEST(Query, FindsValues) {
  EXPECT_EQ(query_value("a=1&b=2&a=3", "a"), "1");
  EXPECT_EQ(query_value("a=1&b=2", "b"), "2");
  EXPECT_EQ(query_value("a=1&b=2", "c"), std::nullopt);
  EXPECT_EQ(query_value("", "a"), std::nullopt);
  EXPECT_EQ(query_value("a", "a"), "");
  EXPECT_EQ(query_value("&&a=&", "a"), "");
  EXPECT_EQ(query_value("a=b=c", "a"), "b=c");
  EXPECT_EQ(query_value("search=%D0%B4%D0%B0+%2B1", "search"), "да +1");
  EXPECT_EQ(query_value("%61=1", "a"), "1");
}

TEST(Query, RefusesWhatIsNotEncodedUtf8) {
  for (const std::string_view query : {"a=%", "a=%4", "a=%ff", "a=\xff"})
    EXPECT_EQ(query_value(query, "a"), std::nullopt) << query;
  EXPECT_EQ(query_value("%=1&a=2", "a"), "2");
}

}  // namespace
}  // namespace tercet::http
