// Proof that a model file does what it claims.
#ifndef TERCET_VERIFY_H_
#define TERCET_VERIFY_H_

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet {

struct VerifyOptions {
  /// Real text whose contexts are asked for; empty: contexts are walks through the model itself.
  std::string_view text;
  std::uint64_t queries = 50'000;  ///< Top-k lists compared with brute force over all words.
  std::uint64_t sums = 1'000;      ///< Contexts whose probabilities are added up.
  std::size_t count = 10;          ///< k.
  std::uint64_t seed = 1;
  double tolerance = 1e-3;  ///< Of a sum.
  std::function<void(double fraction)> progress;
  std::stop_token stop;
};

struct VerifyReport {
  std::uint64_t queries = 0;
  std::uint64_t prefixed_queries = 0;  ///< Of them, with a typed prefix.
  std::uint64_t mismatches = 0;
  std::uint64_t sums = 0;  ///< 0 for models that are not normalised.
  std::uint64_t sums_out_of_tolerance = 0;
  double greatest_deviation = 0;      ///< max |sum - 1|
  std::vector<std::string> examples;  ///< The first few failures, in words.
  bool ok() const noexcept { return mismatches == 0 && sums_out_of_tolerance == 0; }
};

/// Compares answers with brute force, half of the queries with a prefix. All cores. Checksums are
/// Model::open's business. Errors: kCancelled, kInvalidArgument (text without words).
Result<VerifyReport> verify(const Model& model, const VerifyOptions& options);
/// The same of lists and sums after `options.text` has been learnt, at up to 100 000 words.
Result<VerifyReport> verify_learning(const Model& model, const VerifyOptions& options);

}  // namespace tercet

#endif  // TERCET_VERIFY_H_
