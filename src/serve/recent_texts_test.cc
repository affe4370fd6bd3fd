#include "serve/recent_texts.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "serve/suggest.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

constexpr std::string_view kText =
    "We want to write a letter to Gandalf. Мы пишем письмо, and we want to read it again!\n"
    "\"Gandalf\" is what we write, ghbdtn we do not. We wnat to write to Gandalf 3.5 times. ";

/// What a session of its own offers, and the time it took left out.
std::vector<std::string> offered(Session& session) {
  const Offers offers = session.suggest();
  std::vector<std::string> out{std::string(offers.typed)};
  for (const auto list : {offers.words, offers.phrases, offers.rare, offers.genius}) {
    for (const Offer& offer : list) {
      out.emplace_back(offer.text);
      out.push_back(std::to_string(static_cast<float>(offer.probability)));
    }
  }
  return out;
}

std::string read_by(RecentTexts& texts, std::string_view text, const SessionOptions& options = {},
                    const std::vector<std::string>& languages = {}) {
  auto reading = texts.take(models().repertoire(), languages, options, text);
  EXPECT_TRUE(reading);
  std::string had = reading->session.text_before();
  reading->session.update(text, {}, true);
  texts.give_back(std::move(*reading));
  texts.trim();
  return had;
}

TEST(RecentTexts, AGrowingTextIsOfferedWhatAFreshOneIs) {
  RecentTexts texts;
  const std::vector<std::string> all;
  for (std::size_t size = 0; size <= kText.size(); ++size) {
    const std::string_view text = kText.substr(0, size);
    auto reading = texts.take(models().repertoire(), all, {}, text);
    ASSERT_TRUE(reading);
    reading->session.update(text, {}, true);
    Session fresh(models().repertoire());
    fresh.update(text, {}, true);
    ASSERT_EQ(offered(reading->session), offered(fresh)) << text;
    ASSERT_EQ(offered(reading->session), offered(fresh)) << text;
    texts.give_back(std::move(*reading));
  }
}

TEST(RecentTexts, WhatIsGoneOnFromIsNotReadAgain) {
  RecentTexts texts;
  EXPECT_EQ(read_by(texts, "We want"), "");
  EXPECT_EQ(read_by(texts, "We want to"), "We want");
  EXPECT_EQ(read_by(texts, "We went"), "");
  EXPECT_EQ(read_by(texts, "We want to go"), "We want to");
  EXPECT_EQ(read_by(texts, "We want to go"), "We want to go");
  EXPECT_EQ(read_by(texts, "We"), "");
}

TEST(RecentTexts, IsForTheSameQuestionOnly) {
  RecentTexts texts;
  EXPECT_EQ(read_by(texts, "We want"), "");
  EXPECT_EQ(read_by(texts, "We want", {.words = 3}), "");
  EXPECT_EQ(read_by(texts, "We want", {.phrases = false}), "");
  EXPECT_EQ(read_by(texts, "We want", {.repairs = false}), "");
  EXPECT_EQ(read_by(texts, "We want", {.lane_words = 3}), "");
  EXPECT_EQ(read_by(texts, "We want", {.lane_words = 3, .gate = 0.9}), "");
  EXPECT_EQ(read_by(texts, "We want to", {.lane_words = 3, .gate = 0.9}), "We want");
  EXPECT_EQ(read_by(texts, "We want", {}, {"en"}), "");
  EXPECT_EQ(read_by(texts, "We want to", {}, {"en"}), "We want");
  EXPECT_FALSE(texts.take(models().repertoire(), std::vector<std::string>{"de"}, {}, ""));
}

TEST(RecentTexts, AreTakenByOneAtATime) {
  RecentTexts texts;
  read_by(texts, "We want");
  const std::vector<std::string> all;
  const auto first = texts.take(models().repertoire(), all, {}, "We want to");
  const auto second = texts.take(models().repertoire(), all, {}, "We want to");
  EXPECT_EQ(first->session.text_before(), "We want");
  EXPECT_EQ(second->session.text_before(), "");
}

TEST(RecentTexts, TheOldestGoFirst) {
  RecentTexts texts;
  for (std::size_t i = 0; i <= RecentTexts::kMostTexts; ++i)
    read_by(texts, std::to_string(i) + ".");
  EXPECT_EQ(read_by(texts, "0. We"), "");
  EXPECT_EQ(read_by(texts, "2. We"), "2.");
}

TEST(RecentTexts, StaySmall) {
  RecentTexts texts;
  const std::size_t half = RecentTexts::kMostBytes / 2;
  EXPECT_EQ(read_by(texts, std::string(half, 'a')).size(), 0U);
  EXPECT_EQ(read_by(texts, std::string(half, 'b')).size(), 0U);
  EXPECT_EQ(read_by(texts, std::string(half, 'a')).size(), half);
  EXPECT_EQ(read_by(texts, std::string(half + 1, 'a')).size(), half);  // Now both do not fit.
  EXPECT_EQ(read_by(texts, std::string(2, 'b')).size(), 0U);
  EXPECT_EQ(read_by(texts, std::string(half + 1, 'b')).size(), 2U);
  EXPECT_EQ(read_by(texts, std::string(2 * half + 1, 'c')).size(), 0U);  // Too long alone.
  EXPECT_EQ(read_by(texts, std::string(2 * half + 1, 'c')).size(), 0U);
  EXPECT_EQ(read_by(texts, std::string(half + 1, 'b')).size(), half + 1);
}

}  // namespace
}  // namespace tercet::serve::testing
