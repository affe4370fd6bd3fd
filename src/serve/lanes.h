// The lanes of suggestions and of whole texts: what clients ask for, and the answers.
#ifndef TERCET_SERVE_LANES_H_
#define TERCET_SERVE_LANES_H_

#include <cstddef>
#include <cstdint>

#include "http/message.h"
#include "json/fields.h"
#include "json/writer.h"
#include "serve/models.h"
#include "tercet/lanes.h"
#include "tercet/session.h"

namespace tercet::serve {

inline constexpr std::int64_t kMostLaneWords = 10;
/// Of a text whose words are measured one by one: a few seconds of work.
inline constexpr std::size_t kMostLaneBytes = 100'000;

/// The members "lanes" and "gate"; where there are none, the options stay as they are.
void read_lanes(json::Fields& fields, SessionOptions& options);

/// The members of an object that say where a word stands.
void put_measure(json::Writer& json, const LaneMeasure& measure);

/// POST /api/lanes.
http::Response text_lanes(const Models& models, const http::Request& request);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_LANES_H_
