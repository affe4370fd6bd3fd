#include "text/stem.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace tercet::text {
namespace {

std::string stem(std::string_view word, std::string_view tag) {
  return std::string(Stemmer(language(tag)).stem(word));
}

TEST(Stemmer, FormsOfOneWordShareTheirStem) {
  for (const char* form : {"книга", "книги", "книгу", "книгой", "книгами"})
    EXPECT_EQ(stem(form, "ru"), "книг") << form;
  for (const char* form : {"красивый", "красивая", "красивого"})
    EXPECT_EQ(stem(form, "ru"), "красив") << form;
  for (const char* form : {"connect", "connected", "connecting", "connections"})
    EXPECT_EQ(stem(form, "en"), "connect") << form;
}

TEST(Stemmer, OtherWordsDoNot) {
  EXPECT_NE(stem("книга", "ru"), stem("кинжал", "ru"));
  EXPECT_NE(stem("house", "en"), stem("horse", "en"));
}

TEST(Stemmer, WithoutAStemmerAWordIsItsOwnStem) {
  EXPECT_EQ(stem("running", ""), "running");
  EXPECT_EQ(stem("", "en"), "");
}

RC_GTEST_PROP(Stemmer, AnyBytesAreSafe, (const std::string& word)) {
  for (const char* tag : {"en", "ru"}) RC_ASSERT(stem(word, tag).size() <= word.size());
}

TEST(Stemmer, ThreadsEachWithTheirOwn) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      const Stemmer stemmer(language("en"));
      for (int j = 0; j < 1000; ++j) EXPECT_EQ(stemmer.stem("connections"), "connect");
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace tercet::text
