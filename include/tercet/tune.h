// How much each part of what is learnt counts, and fitting that to text.
#ifndef TERCET_TUNE_H_
#define TERCET_TUNE_H_

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "tercet/model.h"

namespace tercet {

struct EvaluateOptions;

/// Each part's share of what the parts above it leave; src/predict/mixture.h has the formula.
struct Weights {
  /// [4 x words of the longest context that the part has + those that the model has, up to 3]
  std::array<double, 20> person{}, document{}, recent{};
  std::array<double, 4> repeat{};  ///< After 5, 6 to 8, 9 to 15, and more equal words.
};

/// Of a weights file; what it leaves out is as shipped. kInvalidArgument: `name`, line, and reason.
Result<Weights> parse_weights(std::string_view text, std::string_view name);
std::string print_weights(const Weights& weights);

/// Expectation maximisation on the text, while it gains 1e-4 of the log-likelihood. Of the options
/// count text, index, own, weights (to begin with), threads, progress (of one pass) and stop. The
/// same weights whatever the threads. `report` hears the perplexity at first and after each
/// iteration. Errors: those of evaluate().
Result<Weights> tune(const Model& model, const EvaluateOptions& options, unsigned iterations,
                     const std::function<void(double perplexity)>& report = {});

}  // namespace tercet

#endif  // TERCET_TUNE_H_
