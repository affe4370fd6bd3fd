#include "train/text_check.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet::train {
namespace {

void expect_refused(const std::string& head, const char* advice) {
  const Status status = check_is_text("input", head);
  ASSERT_FALSE(status.ok()) << head.substr(0, 8);
  EXPECT_EQ(status.error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(status.error().message.starts_with("input: is ")) << status.error().message;
  EXPECT_NE(status.error().message.find(advice), std::string::npos) << status.error().message;
}

TEST(TextCheck, RefusesWhatIsNoText) {
  expect_refused("\x89TCT\r\n\x1A\n", "tercet model");
  expect_refused(
      "\x7F"
      "ELF\x02\x01",
      "program");
  expect_refused("\xFF\xFEh\0i", "iconv");
  expect_refused("\xFE\xFF", "iconv");
  expect_refused("%PDF-1.7", "pdftotext");
  expect_refused("\\data\\\nngram 1=3\n", "tercet convert");
  std::string wide;  // UTF-16 without a mark.
  for (int i = 0; i < 100; ++i) wide += std::string("a\0", 2);
  expect_refused(wide, "binary data (100 of the first 200 bytes");
}

TEST(TextCheck, TakesTextOfAnyKind) {
  for (const std::string& head :
       {std::string(), std::string("a text"), std::string("\xEF\xBB\xBF text"),
        std::string("bad \xFF\xFE utf-8 \x80"), std::string("a\0b\0c\0", 6),
        std::string("the line \\data\\ later"), std::string(63, '\0')})
    EXPECT_TRUE(check_is_text("input", head).ok()) << head;
}

}  // namespace
}  // namespace tercet::train
