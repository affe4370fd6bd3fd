#include "json/writer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace tercet::json {
namespace {

std::string of(auto value) {
  Writer json;
  json.value(value);
  return json.text();
}

TEST(Writer, Nests) {
  Writer json;
  json.begin_object().field("a", 1).key("b").begin_array();
  json.value(1).begin_object().end_object().begin_array().end_array().value(true);
  json.end_array().key("c").begin_object().field("d", "e").end_object().end_object();
  EXPECT_EQ(json.text(), R"({"a":1,"b":[1,{},[],true],"c":{"d":"e"}})");
}

TEST(Writer, StartsAnewAfterClear) {
  Writer json;
  json.begin_array().value(1).end_array();
  json.clear();
  json.begin_array().value(2).end_array();
  EXPECT_EQ(json.text(), "[2]");
}

TEST(Writer, GivesAwayWhatIsWritten) {
  Writer list;
  list.value(1).begin_object().field("a", "b").end_object();
  Writer json;
  json.begin_array().values(list);
  EXPECT_EQ(json.take(), R"([1,{"a":"b"})");
  json.values({}).values(list).end_array();
  EXPECT_EQ(json.take(), R"(,1,{"a":"b"}])");
}

TEST(Writer, EscapesStrings) {
  EXPECT_EQ(of(R"(say "a\b")"), R"("say \"a\\b\"")");
  EXPECT_EQ(of("\n\t\r\x01\x1f\x7f"), R"("\n\t\u000d\u0001\u001f\u007f")");
  EXPECT_EQ(of(std::string_view("a\0b", 3)), R"("a\u0000b")");
  EXPECT_EQ(of("слово 字 😀"), "\"слово 字 😀\"");
}

TEST(Writer, MendsInvalidUtf8) {
  EXPECT_EQ(of("a\xff\xc3z"), "\"a\uFFFD\uFFFDz\"");
  EXPECT_EQ(of("\xed\xa0\x80").find('\xed'), std::string::npos) << "a lone surrogate";
}

TEST(Writer, WritesTheShortestNumber) {
  EXPECT_EQ(of(0.1F), "0.1");
  EXPECT_EQ(of(0.1), "0.1");
  EXPECT_EQ(of(-4.0), "-4");
  EXPECT_EQ(of(1e-30), "1e-30");
  EXPECT_EQ(of(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(of(std::uint8_t{3}), "3");
  EXPECT_EQ(of(-7), "-7");
}

TEST(Writer, HasNoInfinity) {
  EXPECT_EQ(of(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(of(-std::numeric_limits<float>::infinity()), "null");
  EXPECT_EQ(of(std::numeric_limits<double>::quiet_NaN()), "null");
}

}  // namespace
}  // namespace tercet::json
