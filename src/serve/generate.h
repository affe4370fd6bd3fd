// Continuing a text with a model.
#ifndef TERCET_SERVE_GENERATE_H_
#define TERCET_SERVE_GENERATE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "serve/metrics.h"
#include "serve/models.h"
#include "serve/sampler.h"
#include "serve/stop_strings.h"
#include "serve/tokens.h"

namespace tercet::serve {

/// What is to be continued.
struct Prompt {
  TokenizedText content;
  Place place;
};

/// Read as a person would who goes on writing behind it: a word begun is to be completed, and is no
/// token yet. `finished`: its last word is whole.
Prompt read_prompt(const Model& model, std::string_view text, bool finished = false);
Prompt read_prompt(const Model& model, std::span<const WordId> words);

struct GenerateOptions {
  SamplingOptions sampling;
  std::size_t most_tokens = 16;
  /// End with so many sentences, the one at hand included; 0: go on with the next one for ever.
  std::size_t sentences = 0;
  std::vector<std::string> stops;
  std::size_t alternatives = 0;            ///< Of each token, so many of the best.
  std::chrono::milliseconds most_time{0};  ///< End then; 0: take your time.
  Metrics* metrics = nullptr;              ///< Counts what is made; null: nobody does.
};

/// A token of a continuation. `</s>` counts as one; in running text it writes nothing.
struct GeneratedToken : Choice {
  std::string text;                     ///< What it adds to the text.
  std::vector<Choice> best;             ///< By the model alone.
  std::vector<std::string> best_texts;  ///< What they would add.
  std::size_t offset = 0;               ///< In code points, where the continuation begins at 0.
};

enum class Finish : std::uint8_t {
  kNotYet,
  kLength,  ///< All the tokens asked for, or all the time.
  kEnd,     ///< Of the sentences asked for, or of what the model knows.
  kStop,    ///< A stop string.
};

/// What each would add to the text that `place` stands behind.
std::vector<std::string> texts_of(const Speller& place, std::span<const Choice> choices);

/// What a stream shows at once: a text, and the tokens that begin in it.
struct Chunk {
  std::string text;
  std::vector<GeneratedToken> tokens;
};

/// Makes a continuation token by token. Keeps what it needs of the model. One thread.
class Generator {
 public:
  Generator(const ServedModel& model, const Prompt& prompt, GenerateOptions options);
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;
  ~Generator();

  /// Draws one more token and replaces `chunk` by what can be shown; that may be nothing. False:
  /// the continuation had ended before.
  bool next(Chunk& chunk);
  Finish finish() const noexcept { return finish_; }
  const StopStrings& stops() const noexcept { return stops_; }
  /// Tokens drawn so far.
  std::size_t drawn() const noexcept { return drawn_; }

 private:
  bool draw(GeneratedToken& token);
  Gap gap() const {
    return {place_.state, place_.sentence_start, place_.folded,
            speller_.fits_any() ? nullptr : &speller_};
  }
  void find_best(GeneratedToken& token);
  void advance(const GeneratedToken& token);
  bool is_late() const;
  void release(Chunk& chunk);

  struct Waiting {
    GeneratedToken token;
    std::size_t begin;  ///< In the whole continuation, stop string and all.
  };

  using Clock = std::chrono::steady_clock;

  ServedModel model_;
  GenerateOptions options_;
  Sampler sampler_;
  Speller speller_;
  StopStrings stops_;
  Scratch scratch_;
  Place place_;
  std::deque<Waiting> waiting_;
  std::size_t made_ = 0;    // Bytes of text,
  std::size_t length_ = 0;  // and code points.
  std::size_t shown_ = 0;   // Of these.
  std::size_t drawn_ = 0;
  Clock::time_point begun_ = Clock::now();
  std::size_t sentences_ = 0;
  Finish finish_ = Finish::kNotYet;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_GENERATE_H_
