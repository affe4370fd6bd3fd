// Weights fitted to text, and the mixture itself, on trained models.
#include "tercet/tune.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "tercet/evaluate.h"
#include "tercet/verify.h"
#include "training.h"

namespace tercet::testing {
namespace {

RC_GTEST_PROP(Tune, PerplexityNeverRisesWhateverTheThreads, ()) {
  const Trained trained = train(text_of(any_corpus()), any_options(Smoothing::kModifiedKneserNey));
  const std::string text = text_of(any_corpus()) + "stranger here\nstranger here\n";
  EvaluateOptions options;
  options.text = text;
  options.own = *rc::gen::arbitrary<bool>();
  std::vector<std::string> results;
  for (const unsigned threads : {1U, 3U}) {
    options.threads = threads;
    double last = 1e300;
    const auto weights = tune(trained.model, options, 10, [&](double perplexity) {
      RC_ASSERT(perplexity <= last * (1 + 1e-9));
      last = perplexity;
    });
    RC_ASSERT(weights.ok());
    results.push_back(print_weights(*weights));
  }
  RC_ASSERT(results[0] == results[1]);
}

RC_GTEST_PROP(VerifyLearning, FindsNothingWrong, ()) {
  const Trained trained = train(text_of(any_corpus()), any_options(Smoothing::kModifiedKneserNey));
  const std::string text = text_of(any_corpus()) + "stranger here\n";
  VerifyOptions options;
  options.text = text;
  options.queries = 200;
  options.tolerance = 0.02;
  const auto report = verify_learning(trained.model, options);
  RC_ASSERT(report.ok());
  RC_ASSERT(report->queries == 200U);
  RC_ASSERT(report->mismatches == 0U);
}

}  // namespace
}  // namespace tercet::testing
