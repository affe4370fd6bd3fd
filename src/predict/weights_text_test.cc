#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <utility>

#include "predict/mixture_weights.h"
#include "tercet/tune.h"

namespace tercet {
namespace {

template <class Table>
void fill(Table& table, double most) {
  for (double& weight : table) weight = *rc::gen::inRange(0, 1001) / 1000.0 * most;
}

template <class Table>
bool near(const Table& a, const Table& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::abs(b[i] - a[i]) > 1.0001e-4) return false;
  }
  return true;
}

RC_GTEST_PROP(WeightsText, IsReadAsItWasWritten, ()) {
  Weights weights;
  fill(weights.person, 0.999);
  fill(weights.document, 0.6);
  fill(weights.recent, 0.399);
  fill(weights.repeat, 0.999);
  const std::string text = print_weights(weights);
  const auto read = parse_weights(text, "test");
  RC_ASSERT(read.ok());
  RC_ASSERT(near(read->person, weights.person));
  RC_ASSERT(near(read->document, weights.document));
  RC_ASSERT(near(read->recent, weights.recent));
  RC_ASSERT(near(read->repeat, weights.repeat));
}

TEST(WeightsText, WhatIsLeftOutIsAsShipped) {
  const auto read = parse_weights("# a comment\n\n  document 2\t0.1 0.2 0.3 0.4\r\n", "test");
  ASSERT_TRUE(read.ok()) << read.error().message;
  Weights expected = predict::kDefaultWeights;
  for (std::size_t i = 0; i < 4; ++i) expected.document[8 + i] = 0.1 * (static_cast<double>(i) + 1);
  for (std::size_t i = 0; i < expected.document.size(); ++i)
    EXPECT_DOUBLE_EQ(read->document[i], expected.document[i]) << i;
  EXPECT_EQ(read->person, expected.person);
  EXPECT_EQ(read->recent, expected.recent);
  EXPECT_EQ(read->repeat, expected.repeat);
}

TEST(WeightsText, ErrorsNameTheLine) {
  const std::pair<std::string, std::string> wrong[] = {
      {"\nperson 5 0 0 0 0", "w:2: expected repeat, or"},
      {"person", "w:1: expected repeat, or"},
      {"persons 0 0 0 0 0", "w:1: expected repeat, or"},
      {"repeat 0.1 0.1 0.1", "w:1: expected four weights"},
      {"repeat 0.1 0.1 0.1 nan", "w:1: expected four weights"},
      {"repeat 0.1 0.1 0.1 1.0", "w:1: expected four weights"},
      {"repeat 0.1 0.1 0.1 -0.1", "w:1: expected four weights"},
      {"repeat 0.1 0.1 0.1 0.1x", "w:1: expected four weights"},
      {"repeat 0 0 0 0 0", "w:1: more than four"},
      {"document 0 0.5 0 0 0\nrecent 0 0.5 0 0 0", "w: the weights of document and recent"}};
  for (const auto& [text, message] : wrong) {
    const auto read = parse_weights(text, "w");
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().code, ErrorCode::kInvalidArgument);
    EXPECT_TRUE(read.error().message.starts_with(message)) << read.error().message;
  }
}

}  // namespace
}  // namespace tercet
