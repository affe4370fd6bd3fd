#include "json/value.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet::json {
namespace {

TEST(Value, ReadsEveryKind) {
  const auto value = parse(R"({"a":[1,-2.5,true,null,"\u0436\n"],"b":{"c":18446744073709551615}})");
  ASSERT_TRUE(value.ok());
  const Array& array = *value->find("a")->array();
  ASSERT_EQ(array.size(), 5U);
  EXPECT_EQ(*array[0].integer(), 1);
  double number = 0;
  EXPECT_TRUE(array[1].number(number));
  EXPECT_EQ(number, -2.5);
  EXPECT_TRUE(*array[2].truth());
  EXPECT_TRUE(array[3].is_null());
  EXPECT_EQ(*array[4].string(), "ж\n");
  EXPECT_TRUE(value->find("b")->find("c")->number(number));
  EXPECT_EQ(value->find("b")->find("c")->integer(), nullptr);
}

TEST(Value, WhatIsNotThereIsNotFound) {
  const auto value = parse(R"({"a":null,"b":1,"b":2})");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->find("a"), nullptr);
  EXPECT_EQ(value->find("z"), nullptr);
  EXPECT_EQ(value->find("b")->find("c"), nullptr);
  EXPECT_EQ(*value->find("b")->integer(), 2);
}

TEST(Value, WhatIsNotJsonIsRefused) {
  for (const char* text :
       {"", "{", "{\"a\":}", "[1,]", "nul", "1 2", "\"\xFF\"", "{'a':1}", "\"\\ud800\""})
    EXPECT_FALSE(parse(text).ok()) << text;
  EXPECT_TRUE(parse(std::string(60, '[') + std::string(60, ']')).ok());
  EXPECT_FALSE(parse(std::string(100'000, '[')).ok());
  EXPECT_FALSE(parse(std::string(70, '[') + std::string(70, ']')).ok());
}

TEST(Value, TextNeedsNoPadding) {
  const std::string text = "[\"" + std::string(4094, 'x') + "\"]";
  const auto value = parse(std::string_view(text));
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->array()->front().string()->size(), 4094U);
}

}  // namespace
}  // namespace tercet::json
