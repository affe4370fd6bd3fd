#include "text/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>
#include <utility>
#include <vector>

#include "text/nfc.h"

namespace tercet::text {
namespace {

std::string cleaned(std::string_view in) {
  std::string buffer;
  CleanStats stats;
  return std::string(clean(in, buffer, stats));
}

std::string icu_nfc(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  nfc->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
  EXPECT_TRUE(U_SUCCESS(status));
  return out;
}

// Random text in which compositions, reorderings and exclusions are frequent.
rc::Gen<std::string> gen_composable() {
  const std::vector<std::pair<char32_t, char32_t>> ranges = {
      {'A', 'z'},        {0xC0, 0x17F},    {0x300, 0x345},   {0x386, 0x3D4},     {0x400, 0x4F9},
      {0x591, 0x5EA},    {0x622, 0x655},   {0x915, 0x95F},   {0x9BE, 0x9DF},     {0xDCA, 0xDDE},
      {0xF40, 0xF84},    {0x1100, 0x1112}, {0x1161, 0x1175}, {0x11A7, 0x11C3},   {0x1E00, 0x1EFF},
      {0x1F00, 0x1FFE},  {0x2000, 0x2010}, {0x20D0, 0x20DC}, {0x2126, 0x212B},   {0x3046, 0x309A},
      {0xAC00, 0xAC40},  {0xF900, 0xFA6D}, {0xFB1D, 0xFB4E}, {0x11099, 0x110BA}, {0x1D15E, 0x1D164},
      {0x2F800, 0x2F810}};
  const auto one = rc::gen::mapcat(rc::gen::elementOf(ranges), [](auto range) {
    return rc::gen::inRange<std::uint32_t>(range.first, range.second + 1);
  });
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(one), [](const auto& points) {
    std::string text;
    for (const std::uint32_t point : points) append_code_point(point, text);
    return text;
  });
}

TEST(Clean, LeavesCleanTextUncopied) {
  for (const std::string_view text :
       {"plain ASCII, twice eight bytes and more", "Ёлка и щётка — «кавычки»…", "naïve café",
        "tab\tand\nline feed", "漢字かな", "🇷🇺👍🏽", ""}) {
    std::string buffer;
    CleanStats stats;
    const std::string_view out = clean(text, buffer, stats);
    EXPECT_EQ(out.data(), text.data());
    EXPECT_EQ(out, text);
    EXPECT_EQ(stats.bad_bytes, 0U);
  }
}

TEST(Clean, ReplacesMaximalSubparts) {
  const std::string bad = "\xEF\xBF\xBD";
  // The examples of the Unicode standard, table 3-8 and its neighbours.
  EXPECT_EQ(cleaned("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            bad + bad + bad + bad + bad + bad + bad + bad + "A");
  EXPECT_EQ(cleaned("\xED\xA0\x80"), bad + bad + bad);
  EXPECT_EQ(cleaned("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
            bad + bad + bad + bad + bad + "A" + bad + bad + "B");
  EXPECT_EQ(cleaned("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), bad + bad + bad + bad + "A");
  EXPECT_EQ(cleaned("\xD0"), bad);
  EXPECT_EQ(cleaned("при\xD0 вет"), "при" + bad + " вет");
}

TEST(Clean, CountsAndLocatesBadBytes) {
  std::string buffer;
  CleanStats stats;
  clean("good", buffer, stats);
  clean(
      "ab\xFF\xFF"
      "c",
      buffer, stats);
  clean("\xFF", buffer, stats);
  EXPECT_EQ(stats.bad_bytes, 3U);
  EXPECT_EQ(stats.first_bad_offset, 2U);
}

TEST(Clean, ControlsAndByteOrderMarks) {
  EXPECT_EQ(cleaned(std::string_view("a\0b\x01"
                                     "c\x7F"
                                     "d\r\n\te",
                                     11)),
            "a b c d \n\te");
  EXPECT_EQ(cleaned("\xC2\x85x\xC2\x9F"), " x ");
  EXPECT_EQ(cleaned("\xEF\xBB\xBFПривет\xEF\xBB\xBF!"), "Привет!");
}

TEST(Clean, Composes) {
  EXPECT_EQ(cleaned("cafe\xCC\x81"), "café");
  EXPECT_EQ(cleaned("и\xCC\x86од"), "йод");
  EXPECT_EQ(cleaned("e\xEF\xBB\xBF\xCC\x81"), "é");
  EXPECT_EQ(cleaned("\xE2\x84\xAB"), "Å");
  EXPECT_EQ(cleaned("за\xCC\x81мок"), "за\xCC\x81мок");
}

TEST(Clean, HostileRunOfMarksTakesNoQuadraticTime) {
  std::string text = "a";
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "\xCC\x81" : "\xCC\xA3";
  EXPECT_EQ(cleaned(text).size(), text.size());  // ạ is as long as a and its mark
}

RC_GTEST_PROP(Clean, AgreesWithIcu, ()) {
  const std::string text = *gen_composable();
  RC_ASSERT(cleaned(text) == icu_nfc(text));
}

RC_GTEST_PROP(Clean, AnyBytesBecomeValidNfc, (const std::string& prefix, const std::string& tail)) {
  const std::string out = cleaned(prefix + *gen_composable() + tail);
  for (std::size_t at = 0; at < out.size();) {
    const CodePoint point = decode(out, at);
    RC_ASSERT(point.valid);
    at += point.size;
  }
  RC_ASSERT(icu_nfc(out) == out);
  RC_ASSERT(cleaned(out) == out);
}

// Every single code point and, for each, what a mark behind it does.
TEST(Clean, AgreesWithIcuOnEveryCodePoint) {
  for (char32_t c = 0xA0; c < 0x30000; ++c) {
    if ((c >= 0xD800 && c < 0xE000) || c == 0xFEFF) continue;
    std::string text;
    append_code_point(c, text);
    EXPECT_EQ(cleaned(text), icu_nfc(text)) << static_cast<std::uint32_t>(c);
  }
}

TEST(Decode, RoundTripsAndCounts) {
  std::string text;
  const std::vector<char32_t> points = {0,     'a',    0x7F,    0x80,    0x7FF,
                                        0x800, 0xFFFF, 0x10000, 0x10FFFF};
  for (const char32_t point : points) append_code_point(point, text);
  std::size_t at = 0;
  for (const char32_t point : points) EXPECT_EQ(next_code_point(text, at), point);
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(code_point_count(text), points.size());
  EXPECT_EQ(previous_code_point(text, text.size()), text.size() - 4);
}

TEST(Decode, NonScalarsAreReplaced) {
  std::string text;
  append_code_point(0xD800, text);
  append_code_point(0x110000, text);
  EXPECT_EQ(text, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace tercet::text
