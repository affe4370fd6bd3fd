#include "model/notes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <span>
#include <string>
#include <string_view>

namespace tercet::model {
namespace {

Notes round_trip(const Notes& notes) {
  const std::string text = encode_notes(notes);
  return decode_notes(std::as_bytes(std::span(text)));
}

Notes decode(std::string_view text) { return decode_notes(std::as_bytes(std::span(text))); }

TEST(Notes, RoundTrip) {
  const Notes notes{{"smoothing", "katz"}, {"source", "война и мир.txt"}, {"", ""}, {"a", ""}};
  EXPECT_EQ(round_trip(notes), notes);
  EXPECT_EQ(round_trip({}), Notes{});
}

TEST(Notes, LineEndsAndTabsBecomeSpaces) {
  EXPECT_EQ(round_trip({{"a\tb", "c\nd\te\r"}}), (Notes{{"a b", "c d e "}}));
}

TEST(Notes, AnyBytesAreRead) {
  EXPECT_EQ(decode("no tab\nkey\tvalue"), (Notes{{"key", "value"}}));
  EXPECT_EQ(decode("\n\n\t\n"), (Notes{{"", ""}}));
  EXPECT_EQ(decode("k\tv\tw\n"), (Notes{{"k", "v\tw"}}));
  EXPECT_EQ(decode(std::string_view("\0\t\xff\n", 4)), (Notes{{std::string(1, '\0'), "\xff"}}));
}

RC_GTEST_PROP(Notes, CleanNotesComeBack,
              (const std::vector<std::pair<std::string, std::string>>& raw)) {
  Notes notes;
  for (const auto& [key, value] : raw) {
    std::string clean[2] = {key, value};
    for (std::string& text : clean)
      std::erase_if(text, [](char c) { return c == '\n' || c == '\t' || c == '\r'; });
    notes.emplace_back(clean[0], clean[1]);
  }
  RC_ASSERT(round_trip(notes) == notes);
}

}  // namespace
}  // namespace tercet::model
