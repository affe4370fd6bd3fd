#include "text/sentences.h"

#include <gtest/gtest.h>

#include <string>

namespace tercet::text {
namespace {

/// "I|go|. § You"
std::string sentences_of(std::string_view text) {
  std::string out;
  for_each_sentence(text, Tokenizer(language("en")), [&](std::span<const std::string_view> words) {
    out += out.empty() ? "" : " § ";
    for (const std::string_view word : words)
      (out += word.data() == words.front().data() ? "" : "|") += word;
  });
  return out;
}

TEST(ForEachSentence, CutsAtSentencesAndLines) {
  EXPECT_EQ(sentences_of("I go. You, Mr. Fox, stay!\nwe see\n"),
            "I|go|. § You|,|Mr|.|Fox|,|stay|! § we|see");
}

TEST(ForEachSentence, HasNoEmptyOnes) {
  EXPECT_EQ(sentences_of(""), "");
  EXPECT_EQ(sentences_of(" \n\n \n"), "");
  EXPECT_EQ(sentences_of("\n\na\n \nb"), "a § b");
}

}  // namespace
}  // namespace tercet::text
