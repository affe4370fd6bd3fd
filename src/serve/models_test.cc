#include "serve/models.h"

#include <gtest/gtest.h>

#include "serve/testing.h"

namespace tercet::serve {
namespace {

using testing::models;

TEST(Models, NoneIsAnError) {
  const auto made = Models::make({});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::kInvalidArgument);
}

TEST(Models, AreFoundByTheirNames) {
  ASSERT_EQ(models().all().size(), 3U);
  const ServedModel* const english = &models().all()[0];
  const ServedModel* const russian = &models().all()[1];
  for (const char* name : {"", "tercet", "en", "tercet-en", "tercet/en"})
    EXPECT_EQ(models().find(name), english) << name;
  for (const char* name : {"ru", "tercet-ru", "tercet/ru"})
    EXPECT_EQ(models().find(name), russian) << name;
  for (const char* name : {"de", "tercet-", "tercet-tercet-en", "en ", "gpt-4o"})
    EXPECT_EQ(models().find(name), nullptr) << name;
}

TEST(Models, OfOneStemGetNumbers) {
  const Model model = models().all()[0].model;
  const auto made = Models::make({{"a/en.tct", model}, {"b/en.tct", model}, {"c/en.tct", model}});
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made->all()[0].id, "en");
  EXPECT_EQ(made->all()[1].id, "en-2");
  EXPECT_EQ(made->all()[2].id, "en-3");
}

TEST(Models, SayWhatTheyAre) {
  const ServedModel& english = models().all()[0];
  EXPECT_EQ(english.info.language, "en");
  EXPECT_EQ(english.info.order, 5U);
  EXPECT_GT(english.created, 1'600'000'000);
  EXPECT_TRUE(english.predictor.offers(english.model.id(".")));
}

}  // namespace
}  // namespace tercet::serve
