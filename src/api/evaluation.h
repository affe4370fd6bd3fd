// What the ways to measure a text have in common.
#ifndef TERCET_API_EVALUATION_H_
#define TERCET_API_EVALUATION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "predict/lane_model.h"
#include "tercet/error.h"
#include "tercet/evaluate.h"
#include "tercet/model.h"

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

/// As many as asked for; one per core for 0.
unsigned thread_count(const EvaluateOptions& options);

/// The lanes of a model, with the options' overrides. kUnsupported: it has none; kInvalidArgument:
/// there can be no such overrides.
Result<predict::LaneModel> lane_model(const Model& model, const EvaluateOptions& options);

/// Documents with words, all and by genre.
template <class Document>
struct Groups {
  using Documents = std::vector<const Document*>;
  explicit Groups(const std::vector<Document>& documents) {
    for (const Document& document : documents) {
      if (document.sums.words == 0) continue;
      all.push_back(&document);
      if (!document.genre.empty()) genres[document.genre].push_back(&document);
    }
  }
  Documents all;
  std::map<std::string, Documents> genres;
};

double percentile(std::vector<float>& values, double share);

/// How far all settings together are. One thread at a time.
class Progress {
 public:
  /// Of `all` bytes, or whatever is counted.
  Progress(const std::function<void(double fraction)>& report, std::size_t all);
  void add(std::size_t more);

 private:
  const std::function<void(double fraction)>& report_;
  double all_;
  std::size_t done_ = 0;
};

}  // namespace tercet::api

#endif  // TERCET_API_EVALUATION_H_
