#include <algorithm>
#include <array>
#include <utility>

#include "tercet/lane_reader.h"

namespace tercet {
namespace {

/// The share of rare words with V > 0.95 and their mean V, of the default models and texts that
/// they were not trained on, as
///   tercet eval models/en.tct --text en.test.txt.zst --index en.test.index.tsv --lanes
/// says of the text as it stands, of its sentences shuffled over all documents, of its words
/// shuffled within each, of random words in place of its own (random_words: as frequent, and these
/// alone measured), and of text sampled from p. docs/LANES.md has their intervals.
constexpr std::array kEnglish = {
    LaneReference{"human", 0.1605, 0.7395}, LaneReference{"sentences_shuffled", 0.0652, 0.6718},
    LaneReference{"words_shuffled", 0.1260, 0.7269}, LaneReference{"random_words", 0.0339, 0.5364},
    LaneReference{"sampled", 0.0157, 0.6056}};
constexpr std::array kRussian = {
    LaneReference{"human", 0.1881, 0.7502}, LaneReference{"sentences_shuffled", 0.0567, 0.6634},
    LaneReference{"words_shuffled", 0.1393, 0.7394}, LaneReference{"random_words", 0.0430, 0.5338},
    LaneReference{"sampled", 0.0156, 0.6013}};

}  // namespace

std::span<const LaneReference> lane_references(std::string_view language) {
  if (language == "en") return kEnglish;
  if (language == "ru") return kRussian;
  return {};
}

}  // namespace tercet
