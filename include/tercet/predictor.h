// Suggestions: from the text before the caret to ranked words or phrases.
#ifndef TERCET_PREDICTOR_H_
#define TERCET_PREDICTOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet {

/// What to suggest for.
struct Query {
  /// Everything before the caret, UTF-8 (invalid bytes are read as U+FFFD). If it ends inside a
  /// word, that word is completed; behind a space or punctuation the next word is suggested.
  std::string_view text;
  std::size_t count = 10;  ///< Suggestions wanted.
  /// Words of each suggestion, at most 16; phrases end early at `</s>`. Their list may be shorter
  /// than `count`: the search gives up after 20 000 expansions.
  std::uint32_t words = 1;
};

struct Suggestion {
  /// The whole word or phrase, the typed prefix included, spelt for its place in the sentence.
  std::string_view text;
  float log10_probability;  ///< Of the word(s) after the context; the typed prefix plays no part.
  float surprise_bits;      ///< -log2 of the same.
  std::uint8_t order;       ///< Length of the n-gram that supplied the first word, 1..order().
};

struct Suggestions {
  std::string_view prefix;  ///< The part of the query's text that every suggestion replaces.
  std::span<const Suggestion> list;  ///< Most probable first, ties by word id.
};

struct PredictorOptions {
  /// Offer punctuation too. Off, only words, numbers and addresses are offered: picking a sign
  /// costs as many keys as typing it. Models of plain tokens always offer every token.
  bool punctuation = false;
  /// Words never offered, in any spelling.
  std::vector<std::string> blocked;
};

/// Memory of one thread's queries. Reusing it makes queries allocation-free. Movable.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

 private:
  friend class Predictor;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Suggests with one model. Immutable; any number of threads, each with its own Scratch.
class Predictor {
 public:
  explicit Predictor(Model model, const PredictorOptions& options = {});

  /// The exact best words or phrases. The result and its texts live until the scratch is used
  /// again. Never fails: a model that knows nothing gives an empty list.
  Suggestions suggest(const Query& query, Scratch& scratch) const;

  /// The exact `count` most probable ids within `range` after `state`, as ids and scores. Words
  /// that offers() denies are left out.
  struct Candidate {
    WordId word;
    Score score;
  };
  std::span<const Candidate> top(const State& state, WordRange range, std::size_t count,
                                 Scratch& scratch) const;

  const Model& model() const noexcept { return model_; }
  /// False for `<unk>`, `<s>`, `</s>`, blocked words and, unless asked for, punctuation.
  bool offers(WordId word) const noexcept;

 private:
  struct Hidden;
  Model model_;
  std::shared_ptr<const Hidden> hidden_;
};

/// One token of a text and its score.
struct ScoredToken {
  std::string_view text;  ///< As written; "</s>" for a sentence's end.
  WordId word;
  Score score;
  State state;  ///< Before the token.
};

/// Receives tokens in order; the views live for the call only.
class ScoreVisitor {
 public:
  virtual ~ScoreVisitor() = default;
  virtual void token(const ScoredToken& token) = 0;
};

/// Scores running text as training would have read it: each sentence begins after `<s>` and ends
/// with a scored `</s>`. (Training also cuts lines at 1 MiB.) Pass whole lines. Thread-safe.
void score_text(const Model& model, std::string_view lines, ScoreVisitor& visitor);

}  // namespace tercet

#endif  // TERCET_PREDICTOR_H_
