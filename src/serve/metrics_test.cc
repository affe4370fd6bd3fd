#include "serve/metrics.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace tercet::serve {
namespace {

TEST(Histogram, CountsUpToEachBound) {
  Histogram histogram;
  for (const double seconds : {0.0, 25e-6, 26e-6, 0.002, 0.1, 7.0}) histogram.add(seconds);
  std::string bare;
  histogram.print("t", "", bare);
  EXPECT_EQ(bare,
            "t_bucket{le=\"2.5e-05\"} 2\n"
            "t_bucket{le=\"5e-05\"} 3\n"
            "t_bucket{le=\"0.0001\"} 3\n"
            "t_bucket{le=\"0.00025\"} 3\n"
            "t_bucket{le=\"0.0005\"} 3\n"
            "t_bucket{le=\"0.001\"} 3\n"
            "t_bucket{le=\"0.0025\"} 4\n"
            "t_bucket{le=\"0.005\"} 4\n"
            "t_bucket{le=\"0.01\"} 4\n"
            "t_bucket{le=\"0.025\"} 4\n"
            "t_bucket{le=\"0.05\"} 4\n"
            "t_bucket{le=\"0.1\"} 5\n"
            "t_bucket{le=\"+Inf\"} 6\n"
            "t_sum 7.102051\n"
            "t_count 6\n");
  std::string labelled;
  histogram.print("t", "a=\"b\"", labelled);
  EXPECT_TRUE(labelled.starts_with("t_bucket{a=\"b\",le=\"2.5e-05\"} 2\n")) << labelled;
  EXPECT_TRUE(labelled.ends_with("t_sum{a=\"b\"} 7.102051\nt_count{a=\"b\"} 6\n")) << labelled;
}

TEST(Metrics, AreLinesOfPrometheus) {
  Metrics metrics;
  metrics.sessions = 2;
  metrics.picks = 3;
  metrics.words_learnt = 4;
  metrics.store_troubles = 7;
  metrics.tokens_generated = 5;
  metrics.generations = 6;
  metrics.count("/api/suggest", 200);
  metrics.count("/api/suggest", 200);
  metrics.count("/api/suggest", 400);
  const std::string text = metrics.print();
  for (const char* line :
       {"tercet_sessions_total 2", "tercet_picks_total 3", "tercet_words_learnt_total 4",
        "tercet_store_troubles_total 7", "tercet_tokens_generated_total 5", "tercet_generations 6",
        "tercet_suggestion_seconds_count 0",
        "tercet_requests_total{route=\"/api/suggest\",status=\"200\"} 2",
        "tercet_requests_total{route=\"/api/suggest\",status=\"400\"} 1"})
    EXPECT_NE(text.find("\n" + std::string(line) + "\n"), std::string::npos) << line << '\n'
                                                                             << text;
}

/// Each value stands under the TYPE of its own name, which comes once, below its HELP.
TEST(Metrics, AreDescribed) {
  Metrics metrics;
  metrics.count("/", 200);
  std::istringstream lines(metrics.print());
  std::set<std::string> described;
  std::string name;
  std::string helped;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      helped = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_GT(line.size(), 7 + helped.size() + 5) << line;
    } else if (line.starts_with("# TYPE ")) {
      name = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_EQ(name, helped);
      EXPECT_TRUE(described.insert(name).second) << name;
    } else {
      EXPECT_TRUE(line.starts_with(name)) << line;
      EXPECT_NE(line.find_first_of("0123456789", line.rfind(' ')), std::string::npos) << line;
    }
  }
  EXPECT_EQ(described.size(), 8U);
}

TEST(Metrics, CountFromManyThreads) {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&metrics] {
        for (int j = 0; j < 1000; ++j) {
          metrics.count("/", 200);
          metrics.suggestions.add(1e-6);
        }
      });
    }
  }
  const std::string text = metrics.print();
  EXPECT_NE(text.find("{route=\"/\",status=\"200\"} 4000\n"), std::string::npos) << text;
  EXPECT_NE(text.find("tercet_suggestion_seconds_count 4000\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace tercet::serve
