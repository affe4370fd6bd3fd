// All that TrainOptions::lanes adds to a model, in two steps: before the n-grams are packed, and
// after.
#ifndef TERCET_TRAIN_LANES_H_
#define TERCET_TRAIN_LANES_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/sink.h"
#include "model/notes.h"
#include "model/pack.h"
#include "os/memory.h"
#include "tercet/error.h"
#include "tercet/train.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/lane_text.h"
#include "train/lexicon.h"

namespace tercet::train {

struct LaneModel {
  model::LaneImage image;
  os::Memory rows;  ///< Those of the image.
  std::vector<SamplePassage> samples;
  std::vector<SamplePlace> places;  ///< Where chance is measured.
  LaneReport report;                ///< But for `bytes`.
};

/// Stage associate. None, and a warning, if the text has nothing to count.
Result<std::optional<LaneModel>> count_lanes(const Corpus& corpus, const Lexicon& lexicon,
                                             const TrainOptions& options,
                                             const TrainContext& context,
                                             std::vector<std::string>& warnings);

/// What the file says of the documents.
void append_document_notes(const Corpus& corpus, model::Notes& notes);

/// Stage null: completes the finished model file `bytes`, through the `sink` that made it. Returns
/// the size of its lane sections.
Result<std::uint64_t> finish_lanes(const LaneModel& lanes, std::span<const std::byte> bytes,
                                   core::Sink& sink, const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_LANES_H_
