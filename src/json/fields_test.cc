#include "json/fields.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace tercet::json {
namespace {

Value value(std::string_view text) { return *parse(text); }

TEST(Fields, ReadsWhatIsThere) {
  const Value object = value(
      R"({"text":"a","on":true,"count":3,"share":1,"tags":["x","y"],"null":null,"other":[]})");
  std::string text;
  std::string missing = "as it was";
  bool on = false;
  std::int64_t count = 0;
  double share = 0;
  std::vector<std::string> tags;
  Fields fields(object);
  fields.read("text", text).read("on", on).read("count", count, 1, 3).read("share", share, 0, 1);
  fields.read("tags", tags).read("null", missing).read("none", missing);
  EXPECT_TRUE(fields.ok()) << fields.error();
  EXPECT_EQ(text, "a");
  EXPECT_TRUE(on);
  EXPECT_EQ(count, 3);
  EXPECT_EQ(share, 1);
  EXPECT_EQ(tags, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(missing, "as it was");
}

template <class... Arguments>
std::string complaint(std::string_view text, Arguments... arguments) {
  const Value object = value(text);
  Fields fields(object);
  fields.read("x", arguments...);
  return fields.error();
}

TEST(Fields, NamesWhatIsWrong) {
  std::string text;
  bool on = false;
  std::int64_t count = 7;
  double share = 0;
  std::vector<std::string> tags;
  EXPECT_EQ(Fields(value("[]")).error(), "the request must be a JSON object");
  EXPECT_EQ(complaint<std::string&>(R"({"x":1})", text), "x: must be a string");
  EXPECT_EQ(complaint<bool&>(R"({"x":1})", on), "x: must be true or false");
  for (const char* wrong : {R"({"x":0})", R"({"x":11})", R"({"x":1.5})", R"({"x":"1"})"})
    EXPECT_EQ((complaint<std::int64_t&, std::int64_t, std::int64_t>(wrong, count, 1, 10)),
              "x: must be a whole number from 1 to 10");
  EXPECT_EQ(count, 7);
  for (const char* wrong : {R"({"x":11.0})", R"({"x":1e300})", R"({"x":-0.5})"})
    EXPECT_NE((complaint<std::int64_t&, std::int64_t, std::int64_t>(wrong, count, 1, 10)), "");
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (const char* wrong : {R"({"x":9223372036854775808})", R"({"x":9223372036854775808.0})"})
    EXPECT_NE((complaint<std::int64_t&, std::int64_t, std::int64_t>(wrong, count, 0, kMost)), "");
  EXPECT_EQ((complaint<std::int64_t&, std::int64_t, std::int64_t>(R"({"x":3.0})", count, 1, 10)),
            "");
  EXPECT_EQ(count, 3) << "a whole number, as some write it";
  EXPECT_EQ((complaint<double&, double, double>(R"({"x":2.5})", share, 0, 2)),
            "x: must be a number from 0 to 2");
  EXPECT_EQ(complaint<std::vector<std::string>&>(R"({"x":["a",1]})", tags),
            "x: must be an array of strings");
}

TEST(Fields, TheFirstErrorStays) {
  const Value object = value(R"({"a":1,"b":2})");
  std::string text;
  Fields fields(object);
  fields.read("a", text).read("b", text);
  EXPECT_EQ(fields.wrong(), "a");
}

}  // namespace
}  // namespace tercet::json
