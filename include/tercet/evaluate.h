// How good suggestions are on a text: keystrokes saved, hits, perplexity. See docs/METRIC.md.
#ifndef TERCET_EVALUATE_H_
#define TERCET_EVALUATE_H_

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet {

struct EvaluateOptions {
  /// Running text, one line after the other. Of plain tokens if the model is.
  std::string_view text;
  /// Which lines belong together: lines of "first line TAB number of lines TAB genre TAB document",
  /// counted from 1. Empty: every 50 lines stand for a document, and there are no genres.
  std::string_view index;
  std::vector<std::uint32_t> slots{1, 3, 5, 10};  ///< Lengths of the list, each from 1.
  std::uint64_t most_words = 0;                   ///< Stop after so many words; 0: all.
  unsigned threads = 0;                           ///< 0: one per core.
  /// The model as trained. Otherwise each document teaches it as it is written, and what it teaches
  /// is forgotten with its end.
  bool background_only = false;
  /// The first half of each document's lines is the person's text: learnt, not measured.
  bool own = false;
  std::function<void(double fraction)> progress;
  std::stop_token stop;
};

/// A figure and its 95 % interval over documents.
struct Measured {
  double value = 0;
  double low = 0;
  double high = 0;
};

struct SlotFigures {
  std::uint32_t slots = 0;
  Measured hit;          ///< Percent of words in the list before any character is typed.
  Measured ksr;          ///< Percent of keys saved; a word ignored once is not offered again.
  Measured ksr_reoffer;  ///< The same if it is.
};

struct Figures {
  std::uint64_t documents = 0;
  std::uint64_t words = 0;       ///< Tokens that begin with a letter or a digit.
  std::uint64_t oov = 0;         ///< Of these, not in the model's vocabulary.
  std::uint64_t characters = 0;  ///< Of the words, and one space for each.
  /// Per token and sentence end. Words that neither model nor person knows are scored as `<unk>`,
  /// or left out.
  Measured perplexity;
  Measured perplexity_known;
  std::vector<SlotFigures> slots;
};

struct EvaluateReport {
  Figures all;
  std::vector<std::pair<std::string, Figures>> genres;  ///< By name; none without an index.
  double median_microseconds = 0;                       ///< Of one list, as asked for.
  double p99_microseconds = 0;
};

/// Measures what a simulated person saves who takes each word as soon as it is listed. The same
/// figures whatever the threads. Errors: kInvalidArgument (the text has no words; the index does
/// not fit the text; no slots), kCancelled.
Result<EvaluateReport> evaluate(const Model& model, const EvaluateOptions& options);

}  // namespace tercet

#endif  // TERCET_EVALUATE_H_
