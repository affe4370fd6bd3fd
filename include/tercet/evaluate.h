// How good suggestions are on a text. docs/METRIC.md defines every figure.
#ifndef TERCET_EVALUATE_H_
#define TERCET_EVALUATE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet {

/// What is added to the model as trained, while a document is typed.
struct Additions {
  bool document_ngrams = true;   ///< The n-grams of the text so far.
  bool recent_words = true;      ///< Words, the more so the more lately they were written.
  bool person_ngrams = true;     ///< Those of the text learnt before: `own`.
  bool repeats = true;           ///< How the person's text went on where it repeats itself.
  bool learning_weights = true;  ///< The weights of all these learn too.
  /// Unknown words wait until they were meant twice; words of the block lists are not listed.
  bool restraint = true;
  bool fit = false;  ///< Lists are ranked by p', how words fit the text included; needs lanes.
};

struct NamedAddition {
  std::string_view name;
  bool Additions::* member;
  bool stands_alone;  ///< It does something without the others.
};

/// All there are, to be gone through.
inline constexpr std::array kAdditions{
    NamedAddition{"document n-grams", &Additions::document_ngrams, true},
    NamedAddition{"recent words", &Additions::recent_words, true},
    NamedAddition{"person's n-grams", &Additions::person_ngrams, true},
    NamedAddition{"repeats", &Additions::repeats, true},
    NamedAddition{"learning weights", &Additions::learning_weights, false},
    NamedAddition{"restraint", &Additions::restraint, false}};

/// The model as trained.
inline constexpr Additions kNoAdditions{false, false, false, false, false, false, false};

struct EvaluateOptions {
  /// Running text, one line after the other. Of plain tokens if the model is.
  std::string_view text;
  /// Which lines belong together: lines of "first line TAB number of lines TAB genre TAB document",
  /// counted from 1. Empty: every 50 lines stand for a document, and there are no genres.
  std::string_view index;
  std::vector<std::uint32_t> slots{1, 3, 5, 10};  ///< Lengths of the list, each from 1.
  std::uint64_t most_words = 0;                   ///< Stop after so many words; 0: all.
  unsigned threads = 0;                           ///< 0: one per core.
  /// Each document teaches the model as it is written; what it teaches is forgotten with its end.
  Additions additions;
  const struct Weights* weights = nullptr;  ///< As fitted by tune(); null: as shipped.
  const struct LaneOverrides* lanes = nullptr;
  /// The first half of each document's lines is the person's text: learnt, not measured.
  bool own = false;
  std::span<const std::vector<std::string>> remembered;  ///< Sentences learnt before each document.
  std::uint64_t initials_every = 0;  ///< In evaluate_text(), try them at each such word; 0: never.
  std::function<void(double fraction)> progress;
  std::stop_token stop;
};

/// A figure and its 95 % interval over documents. NaN where there is nothing to measure.
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
  Measured looks;        ///< Lists looked at, per word.
  Measured late_ksr;     ///< Of somebody who looks at no list before the first letter,
  Measured late_looks;   ///< and the lists that are left to look at, per word.
  /// Percent of words that were in no list before they had been typed to their end.
  Measured unoffered;
  Measured unoffered_known;  ///< Of the words in the model's vocabulary,
  Measured unoffered_oov;    ///< and of the others.
};

/// Words that had so many words of their document before them.
struct CurvePoint {
  std::uint64_t begin = 0;    ///< Up to the next point's.
  std::vector<Measured> ksr;  ///< By slots.
};

struct Rates {
  /// Per token and sentence end. Words that neither model nor person knows are scored as `<unk>`,
  /// or left out.
  Measured perplexity;
  Measured perplexity_known;
  std::vector<SlotFigures> slots;
  std::vector<CurvePoint> curve;
};

struct Figures : Rates {
  std::uint64_t documents = 0;
  std::uint64_t words = 0;       ///< Tokens that begin with a letter or a digit.
  std::uint64_t oov = 0;         ///< Of these, not in the model's vocabulary.
  std::uint64_t characters = 0;  ///< Of the words, and one space for each.
};

/// Words that were listed with a probability of at least `begin` and below `end`.
struct CalibrationBin {
  double begin = 0;
  double end = 0;
  std::uint64_t listed = 0;
  double stated = 0;     ///< Their mean probability.
  double came_true = 0;  ///< The share that was the next token.
};

/// Of the longest list, before each token, whether a word or not.
struct Calibration {
  std::vector<CalibrationBin> bins;
  double error = 0;        ///< Expected calibration error (Guo et al. 2017) of all listed words,
  double first_error = 0;  ///< and of each list's first.
};

struct EvaluateReport {
  Figures all;
  std::vector<std::pair<std::string, Figures>> genres;  ///< By name; none without an index.
  Calibration calibration;
  double median_microseconds = 0;  ///< Of one list, as asked for.
  double p99_microseconds = 0;
};

struct Compared {
  Additions additions;
  EvaluateReport report;
  /// Its rates less those of the first setting, with intervals by paired resampling: both settings
  /// typed the same documents. Nothing in the first setting itself.
  Rates gain;
  std::vector<std::pair<std::string, Rates>> genre_gains;
};

/// Measures what a simulated person saves who takes each word as soon as it is listed. The same
/// figures whatever the threads. Errors: kInvalidArgument (the text has no words; the index does
/// not fit the text; no slots), kCancelled.
Result<EvaluateReport> evaluate(const Model& model, const EvaluateOptions& options);

/// The same for each of `settings`, at least one, in place of `options.additions`.
Result<std::vector<Compared>> compare(const Model& model, const EvaluateOptions& options,
                                      std::span<const Additions> settings);

/// What a key is for: spaces are ends of lines too; capitals are letters of words listed with other
/// capitals; corrections are of spaces and capitals that a pick got wrong.
enum class KeyUse : std::uint8_t { kLetter, kPick, kSpace, kSign, kCapital, kCorrection };

struct TextSlotFigures {
  std::uint32_t slots = 0;
  Measured ksr;                  ///< Percent of keys saved, every character of the text counted.
  std::array<double, 6> keys{};  ///< By KeyUse: percent of these keys.
  Measured ksr_phrases;          ///< With phrases;
  Measured shown;                ///< how many were shown per 100 words,
  Measured whole;                ///< the percentage of them that was right in whole,
  Measured part;                 ///< or from the first two words on, but not to the end,
  Measured saved;                ///< and the keys that each saved.
  double microseconds = 0;       ///< Of Session::suggest() with phrases: the median,
  double p99 = 0;                ///< and what 99 % stay below.
};

/// Of so many words found by their initials.
struct InitialsFigures {
  std::uint32_t words = 0;
  std::uint64_t tried = 0;
  Measured first;  ///< Percent of those tried that were the first phrase listed,
  Measured third;  ///< or among the first three;
  Measured saved;  ///< the keys one of these saves, if the words took as many as words do.
};

struct TextFigures {
  std::uint64_t documents = 0;
  std::uint64_t words = 0;
  std::uint64_t characters = 0;
  std::vector<TextSlotFigures> slots;
  std::vector<InitialsFigures> initials;  ///< Of 2, 3, 4 words.
};

struct TextReport : TextFigures {
  std::vector<std::pair<std::string, TextFigures>> genres;
};

/// Measures a person who writes the text as it stands, through a Session. Errors as evaluate().
Result<TextReport> evaluate_text(std::vector<Model> models, const EvaluateOptions& options);

}  // namespace tercet

#endif  // TERCET_EVALUATE_H_
