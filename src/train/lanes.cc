#include "train/lanes.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/error.h"
#include "lanes/association_table.h"
#include "model/lane_layout.h"
#include "model/model_data.h"
#include "train/associate.h"
#include "train/lane_classes.h"
#include "train/lane_null.h"

namespace tercet::train {
namespace {

std::uint8_t band_of(std::uint64_t occurrences) noexcept {
  const auto floor = static_cast<std::uint32_t>(std::bit_width(occurrences)) - 1;
  return static_cast<std::uint8_t>(std::clamp(floor, model::kFirstBand, model::kLastBand));
}

/// As both steps call the model that the training makes.
constexpr const char* kName = "model being trained";

}  // namespace

Result<std::optional<LaneModel>> count_lanes(const Corpus& corpus, const Lexicon& lexicon,
                                             const TrainOptions& options,
                                             const TrainContext& context,
                                             std::vector<std::string>& warnings) {
  context.begin_phase("associate", 3 * (corpus.tokens + corpus.sentences));
  auto classes = find_lane_classes(corpus, lexicon, options, context);
  if (!classes) return std::move(classes).error();
  auto text = read_lane_text(corpus, lexicon, *classes, context);
  if (!text) return std::move(text).error();
  LaneModel lanes;
  lanes.places = choose_places(*text, *classes);
  if (lanes.places.empty()) {
    warnings.emplace_back(
        "the text is too small for lanes: no words that are met 20 times in 5 documents stand near "
        "each other; give more text");
    return std::optional<LaneModel>();
  }
  if (!text->put_aside) {
    warnings.emplace_back(
        "what chance does for the lanes was measured in documents that were counted too: the text "
        "has fewer than 64");
  }
  auto counted = associate(text->parts, classes->occurrences, options.lane_least_count, context);
  if (!counted) return std::move(counted).error();

  lanes.samples = std::move(text->samples);
  lanes.rows = std::move(counted->rows);
  lanes.report.documents = corpus.passages.documents;
  lanes.report.indexes = corpus.indexes;
  lanes.report.classes = static_cast<std::uint32_t>(classes->occurrences.size());
  lanes.report.pairs = counted->pairs;
  model::LaneImage& image = lanes.image;
  image.parameters.classes = lanes.report.classes;
  image.parameters.window = kNearWords;
  image.parameters.least_count = options.lane_least_count;
  image.word_classes = std::move(classes->of_word);
  image.row_offsets = std::move(counted->row_offsets);
  image.rows = lanes.rows.bytes();
  image.totals = std::move(counted->totals);
  for (const std::uint64_t occurrences : classes->occurrences)
    image.bands.push_back(band_of(occurrences));
  return std::optional(std::move(lanes));
}

void append_document_notes(const Corpus& corpus, model::Notes& notes) {
  notes.emplace_back("documents", std::to_string(corpus.passages.documents));
  for (const std::string& index : corpus.indexes) notes.emplace_back("index", index);
}

Result<std::uint64_t> finish_lanes(const LaneModel& lanes, std::span<const std::byte> bytes,
                                   core::Sink& sink, const TrainContext& context) {
  auto model = internal::ModelData::parse(bytes, kName, false, nullptr);
  if (!model) return std::move(model).error();
  auto parsed = lanes::AssociationTable::parse(**model, kName);
  if (!parsed) return std::move(parsed).error();
  const std::optional<lanes::AssociationTable> table = std::move(*parsed);
  if (!table) return core::damaged(kName, "no lanes");
  auto null = measure_lane_null(**model, *table, lanes.samples, lanes.places, context);
  if (!null) return std::move(null).error();
  TERCET_TRY(model::write_lane_null((*model)->container(), *null, sink));
  std::uint64_t size = 0;
  for (const format::SectionEntry& section : (*model)->container().sections())
    if (section.kind >= format::SectionKind::kLaneParameters) size += section.bytes;
  return size;
}

}  // namespace tercet::train
