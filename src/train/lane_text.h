// The text as the lanes see it: classes instead of words, some documents put aside.
#ifndef TERCET_TRAIN_LANE_TEXT_H_
#define TERCET_TRAIN_LANE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tercet/error.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/lane_classes.h"
#include "train/lexicon.h"
#include "train/records.h"
#include "train/windows.h"

namespace tercet::train {

/// A word that has a class.
struct LaneToken {
  std::uint16_t word;  ///< Its class.
  std::uint16_t gap;   ///< Tokens from the one before to it; kFar: more, or the text is another.
};
inline constexpr std::uint16_t kFar = 0xFFFF;

/// The beginning of a passage that chance is measured in.
struct SamplePassage {
  std::uint32_t number = 0;
  std::vector<WordCode> tokens;  ///< kNoWord ends a sentence.
};

/// A token of a sample passage.
struct SamplePlace {
  std::size_t passage = 0;
  std::size_t token = 0;
};

struct LaneText {
  std::vector<Records<LaneToken>> parts;  ///< What is counted.
  /// What is not, in the order of the text; where the text is too small to put anything aside, all.
  std::vector<SamplePassage> samples;
  bool put_aside = false;
};

/// Puts about one document in 64 aside, not more than kMostPlaces; of a text of fewer than 64,
/// none.
Result<LaneText> read_lane_text(const Corpus& corpus, const Lexicon& lexicon,
                                const LaneClasses& classes, const TrainContext& context);

inline constexpr std::size_t kMostPlaces = 1'500;

/// At most kMostPlaces, evenly spread, of the samples' words that have a class, and another one at
/// least two words before.
std::vector<SamplePlace> choose_places(const LaneText& text, const LaneClasses& classes);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_LANE_TEXT_H_
