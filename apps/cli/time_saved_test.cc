#include "time_saved.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tercet::cli {
namespace {

TEST(TimeSaved, FollowsTheFigures) {
  Figures figures;
  figures.words = 10;
  figures.characters = 50;
  SlotFigures of;
  of.ksr.value = 40;
  of.looks.value = 2;  // 20 lists for 20 keys saved.
  of.late_ksr.value = 30;
  of.late_looks.value = 1;
  const Reading every = reading_every_list(figures, of);
  const Reading late = reading_late_lists(figures, of);
  EXPECT_DOUBLE_EQ(keys_saved_per_look(every), 1);
  EXPECT_DOUBLE_EQ(keys_saved_per_look(late), 1.5);
  // 50 keys of 0.5 s; 30 keys and 20 looks of 0.2 s.
  EXPECT_NEAR(time_saved_percent(every, 0.5, 0.2), 100 * (25 - 15 - 4) / 25.0, 1e-9);
  EXPECT_NEAR(time_saved_percent(late, 0.5, 0.2), 100 * (25 - 17.5 - 2) / 25.0, 1e-9);
}

TEST(TimeSaved, BreaksEvenWhereNothingIsSaved) {
  for (const Reading& reading : {Reading{0.5, 0.7}, Reading{0.01, 2}, Reading{0.9, 0.1}}) {
    const double key = break_even_key_seconds(reading, 0.69);
    EXPECT_NEAR(time_saved_percent(reading, key, 0.69), 0, 1e-9);
    EXPECT_GT(time_saved_percent(reading, 1.01 * key, 0.69), 0);
    EXPECT_NEAR(time_saved_percent(reading, 2, 2 * keys_saved_per_look(reading)), 0, 1e-9);
  }
  EXPECT_TRUE(std::isinf(break_even_key_seconds({0, 1}, 0.69)));
}

}  // namespace
}  // namespace tercet::cli
