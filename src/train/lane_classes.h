// Classes of words: what the lanes count instead of words. A class is a stem with all its forms.
#ifndef TERCET_TRAIN_LANE_CLASSES_H_
#define TERCET_TRAIN_LANE_CLASSES_H_

#include <cstdint>
#include <vector>

#include "tercet/error.h"
#include "tercet/train.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/lexicon.h"

namespace tercet::train {

struct LaneClasses {
  std::vector<std::uint16_t> of_word;      ///< By word id, as section kLaneWordClasses has them.
  std::vector<std::uint64_t> occurrences;  ///< By class, from the most frequent one on.
};

/// A stem is a class if it means something by itself and is met often enough to tell with what:
/// none of its forms is among the 200 most frequent words; less than half of its occurrences have
/// fewer than three letters; less than half of those inside sentences have a capital; it occurs at
/// least 20 times, in at least 5 documents (one that goes on behind the end of a block counts as
/// two); and it is among the model::kMostClasses most frequent of such stems.
Result<LaneClasses> find_lane_classes(const Corpus& corpus, const Lexicon& lexicon,
                                      const TrainOptions& options, const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_LANE_CLASSES_H_
