#include <algorithm>
#include <array>
#include <utility>

#include "tercet/lane_reader.h"

namespace tercet {
namespace {

/// The share of rare words with V > 0.95 and their mean V, as measured while the lanes were
/// designed: a trigram model of the training text alone on the test texts of shared/corpora, the
/// columns [C] of section 5 of that study ("Texts"; random_words: 30 % of the words replaced by
/// random ones; sampled: drawn from the model). To be replaced by what `tercet eval --lanes` says
/// of the models and texts that are shipped.
constexpr std::array kEnglish = {
    LaneReference{"human", 0.205, 0.750}, LaneReference{"sentences_shuffled", 0.096, 0.695},
    LaneReference{"words_shuffled", 0.026, 0.638}, LaneReference{"random_words", 0.037, 0.538},
    LaneReference{"sampled", 0.014, 0.623}};
constexpr std::array kRussian = {
    LaneReference{"human", 0.225, 0.776}, LaneReference{"sentences_shuffled", 0.110, 0.712},
    LaneReference{"words_shuffled", 0.099, 0.685}, LaneReference{"random_words", 0.051, 0.555},
    LaneReference{"sampled", 0.000, 0.663}};

}  // namespace

std::span<const LaneReference> lane_references(std::string_view language) {
  if (language == "en") return kEnglish;
  if (language == "ru") return kRussian;
  return {};
}

}  // namespace tercet
