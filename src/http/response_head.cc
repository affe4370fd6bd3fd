#include "http/response_head.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/beast/http/status.hpp>
#include <ctime>
#include <iterator>

namespace tercet::http {
namespace {

/// As RFC 9110 wants it; made once in a second.
std::string_view date() {
  thread_local std::time_t second = -1;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != second) {
    text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
    second = now;
  }
  return text;
}

void append_header(std::string_view name, std::string_view value, std::string& out) {
  out += name;
  out += ": ";
  for (const char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
  out += "\r\n";
}

}  // namespace

bool may_have_body(unsigned status) noexcept {
  return status >= 200 && status != 204 && status != 304;
}

void append_head(const Response& response, Framing framing, bool keep_alive, std::string& out) {
  const std::string_view reason =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(response.status));
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason);
  append_header("Date", date(), out);
  if (may_have_body(response.status)) {
    if (!response.content_type.empty()) append_header("Content-Type", response.content_type, out);
    if (framing == Framing::kLength)
      fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
    if (framing == Framing::kChunked) append_header("Transfer-Encoding", "chunked", out);
  }
  // HTTP/1.0 has to be told; HTTP/1.1 takes it for granted.
  append_header("Connection", keep_alive ? "keep-alive" : "close", out);
  for (const auto& [name, value] : response.headers) append_header(name, value, out);
  out += "\r\n";
}

}  // namespace tercet::http
