// The lanes of suggestions and of whole texts: what clients ask for, and the answers.
#ifndef TERCET_SERVE_LANES_H_
#define TERCET_SERVE_LANES_H_

#include <cstddef>
#include <cstdint>

#include "http/message.h"
#include "json/fields.h"
#include "serve/models.h"
#include "tercet/session.h"

namespace tercet::serve {

inline constexpr std::int64_t kMostLaneWords = 10;
/// Of a text whose words are measured one by one: a few seconds of work.
inline constexpr std::size_t kMostLaneBytes = 100'000;

/// The members "lanes" and "gate"; where there are none, the options stay as they are.
void read_lanes(json::Fields& fields, SessionOptions& options);

/// POST /api/lanes.
http::Response text_lanes(const Models& models, const http::Request& request);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_LANES_H_
