// Lanes, as docs/API.md has them.
#ifndef TERCET_SERVE_LANES_JSON_H_
#define TERCET_SERVE_LANES_JSON_H_

#include <string_view>

#include "json/writer.h"
#include "tercet/lane_reader.h"
#include "tercet/lanes.h"

namespace tercet::serve {

/// "typical", "rare", "genius"; "none".
std::string_view name_of(Lane lane) noexcept;

/// The members of an object that say where a word stands.
void put_measure(json::Writer& json, const LaneMeasure& measure);
void put(json::Writer& json, const LanedWord& word);
void put(json::Writer& json, const LaneProfile& profile);
/// What texts of a language are compared with.
void put_references(json::Writer& json, std::string_view language);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_LANES_JSON_H_
