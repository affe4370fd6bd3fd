// A text that is there already: in which lane each of its words is, and what they say of it
// together. docs/LANES.md says what that is worth.
#ifndef TERCET_LANE_READER_H_
#define TERCET_LANE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"
#include "tercet/lanes.h"
#include "tercet/session.h"

namespace tercet {

/// A word, as it stands in the text; signs have no lane.
struct LanedWord {
  std::size_t begin = 0;  ///< Its bytes in the text as given.
  std::size_t end = 0;
  float surprise_bits = 0;  ///< At most 100. Of a word that is not known: of any such word.
  LaneMeasure measure;      ///< Of the whole word: what is typed of it plays no part.
};

/// What the words of a text say of it together.
struct LaneProfile {
  std::uint64_t words = 0;
  double typical = 0;            ///< Mean of 1 - U,
  double rare = 0;               ///< of U (1 - V),
  double genius = 0;             ///< and of U V: all three add up to 1.
  std::uint64_t rare_words = 0;  ///< Words of meaning with U > 0.9.
  double supported = 0;          ///< The share of these with V > kCarefulGate,
  double mean_fit = 0;           ///< and their mean V.
};

struct LanedDocument {
  std::string genre;  ///< Empty where no index says more.
  LaneProfile profile;
};

struct LaneReadOptions {
  /// Of the model that reads; empty: of the one that knows most words at the text's beginning.
  std::string_view language;
  std::string_view index;   ///< Of its documents, as evaluate() has it; empty: it is one.
  double gate = kBoldGate;  ///< V that makes a word genius.
};

/// Reads as a session would that is told the text word by word: each document teaches the model as
/// it goes on. One thread; movable. Measured with the default English model on one core of an AMD
/// EPYC: 0.1 ms a word at a document's beginning, and more as it goes on, as it has taught more:
/// 0.25 ms in the mean over 16 000 words, 0.6 over 70 000.
class LaneReader {
 public:
  /// kUnsupported: that model was trained without lanes. kInvalidArgument: there is no model of the
  /// language, or the index is not one of this text.
  static Result<LaneReader> open(const Repertoire& repertoire, std::string text,
                                 const LaneReadOptions& options = {});
  ~LaneReader();
  LaneReader(LaneReader&&) noexcept;
  LaneReader& operator=(LaneReader&&) noexcept;

  /// The next word; nothing at the end.
  std::optional<LanedWord> next();

  const std::string& text() const noexcept;
  const std::string& language() const noexcept;
  /// Of all words so far.
  LaneProfile profile() const;
  /// The documents whose words have been read, the last one as far as it has.
  std::vector<LanedDocument> documents() const;

 private:
  struct Parts;
  explicit LaneReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Texts of a kind, to compare others with: what profile() would say of their rare words.
struct LaneReference {
  std::string_view name;  ///< human, sentences_shuffled, words_shuffled, random_words, sampled.
  double supported;
  double mean_fit;
};

/// Of a language; none where nobody has measured them.
std::span<const LaneReference> lane_references(std::string_view language);

}  // namespace tercet

#endif  // TERCET_LANE_READER_H_
