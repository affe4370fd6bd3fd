// What chance does: how well words fit a text that were drawn without looking at it.
#ifndef TERCET_TRAIN_LANE_NULL_H_
#define TERCET_TRAIN_LANE_NULL_H_

#include <span>
#include <vector>

#include "lanes/association_table.h"
#include "model/model_data.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/lane_text.h"

namespace tercet::train {

/// Section kLaneNull. At each place, in its own context, kDraws random classes of each band are
/// asked how many bits of support e - log2 Z the text gives them, Z over the model's full
/// distribution. They are drawn from those that may be rare or genius there: new to the text, and
/// seen after the last word, which fits the text better than most words do. The answer does not
/// depend on the threads. `table` is the model's. Errors: kCancelled.
Result<std::vector<float>> measure_lane_null(const internal::ModelData& model,
                                             const lanes::AssociationTable& table,
                                             std::span<const SamplePassage> samples,
                                             std::span<const SamplePlace> places,
                                             const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_LANE_NULL_H_
