// What goes before a body.
#ifndef TERCET_HTTP_RESPONSE_HEAD_H_
#define TERCET_HTTP_RESPONSE_HEAD_H_

#include <string>

#include "http/message.h"

namespace tercet::http {

enum class Framing {
  kLength,   ///< The body is as long as it is.
  kChunked,  ///< It comes in pieces.
  kToEnd,    ///< It ends with the connection.
};

/// Whether an answer of this status may have a body at all.
bool may_have_body(unsigned status) noexcept;

/// Status line and headers, appended. Line ends within a header's value become spaces.
void append_head(const Response& response, Framing framing, bool keep_alive, std::string& out);

}  // namespace tercet::http

#endif  // TERCET_HTTP_RESPONSE_HEAD_H_
