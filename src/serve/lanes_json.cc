#include "serve/lanes_json.h"

#include <array>
#include <cstddef>

namespace tercet::serve {

std::string_view name_of(Lane lane) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"none", "typical", "rare", "genius"};
  return kNames[static_cast<std::size_t>(lane)];
}

void put_measure(json::Writer& json, const LaneMeasure& measure) {
  json.field("lane", name_of(measure.lane)).field("unusual", measure.unusual);
  json.field("support_bits", measure.support_bits).field("fit", measure.fit);
}

void put(json::Writer& json, const LanedWord& word) {
  json.begin_object().field("begin", word.begin).field("end", word.end);
  json.field("surprise_bits", word.surprise_bits);
  put_measure(json, word.measure);
  json.end_object();
}

void put(json::Writer& json, const LaneProfile& profile) {
  json.begin_object().field("words", profile.words).field("typical", profile.typical);
  json.field("rare", profile.rare).field("genius", profile.genius);
  json.field("rare_words", profile.rare_words).field("supported", profile.supported);
  json.field("mean_fit", profile.mean_fit).end_object();
}

void put_references(json::Writer& json, std::string_view language) {
  json.begin_array();
  for (const LaneReference& each : lane_references(language)) {
    json.begin_object().field("name", each.name).field("supported", each.supported);
    json.field("mean_fit", each.mean_fit).end_object();
  }
  json.end_array();
}

}  // namespace tercet::serve
