// What the ways to measure a text have in common.
#ifndef TERCET_API_EVALUATION_H_
#define TERCET_API_EVALUATION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "tercet/error.h"
#include "tercet/evaluate.h"

namespace tercet::api {

/// What the person wrote before, and what is measured.
struct Parts {
  std::string_view learnt;
  std::string_view typed;
};
Parts parts(std::string_view document, bool own);

Status check_slots(const EvaluateOptions& options);

/// How many words of each document count, if `most_words` count in all; 0: no limit.
std::vector<std::uint64_t> word_limits(std::uint64_t most_words, std::size_t documents,
                                       const std::function<std::uint64_t(std::size_t)>& words_of);

double percentile(std::vector<float>& values, double share);

/// How far all settings together are. One thread at a time.
class Progress {
 public:
  Progress(const std::function<void(double fraction)>& report, std::size_t bytes);
  void add(std::size_t bytes);

 private:
  const std::function<void(double fraction)>& report_;
  double bytes_;
  std::size_t done_ = 0;
};

}  // namespace tercet::api

#endif  // TERCET_API_EVALUATION_H_
