#include "http/request_reader.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "http/ascii.h"
#include "http/target.h"

namespace tercet::http {
namespace {

namespace beast = boost::beast::http;

Method method_of(beast::verb verb) {
  switch (verb) {
    case beast::verb::get:
      return Method::kGet;
    case beast::verb::head:
      return Method::kHead;
    case beast::verb::post:
      return Method::kPost;
    case beast::verb::put:
      return Method::kPut;
    case beast::verb::delete_:
      return Method::kDelete;
    case beast::verb::options:
      return Method::kOptions;
    default:
      return Method::kOther;
  }
}

/// Whether a first line that Beast refuses is wrong in nothing but its version.
bool has_other_version(std::string_view unread) {
  const std::string_view line = unread.substr(0, unread.find("\r\n"));
  const std::size_t at = line.rfind(" HTTP/");
  return at != std::string_view::npos && line.find(' ') < at &&
         line.find_first_not_of("0123456789.", at + 6) == std::string_view::npos;
}

}  // namespace

void RequestReader::begin() {
  parser_ = std::make_unique<Parser>();
  parser_->header_limit(static_cast<std::uint32_t>(most_header_bytes_));
  parser_->body_limit(most_body_bytes_);
}

RequestReader::Progress RequestReader::read(boost::beast::flat_buffer& buffer) {
  bool waits = false;
  if (!has_head()) {
    // The head alone, so that what trails a body cannot pass for a header.
    if (!put(buffer) || (has_head() && !check_head())) return Progress::kRefused;
    waits = has_head() && !request_.header("Expect").empty();
    parser_->eager(has_head());
  }
  if (has_head() && !parser_->is_done() && buffer.size() != 0 && !put(buffer))
    return Progress::kRefused;
  if (!parser_->is_done()) return waits ? Progress::kContinues : Progress::kMore;
  request_.body = parser_->get().body();
  return Progress::kDone;
}

bool RequestReader::put(boost::beast::flat_buffer& buffer) {
  boost::system::error_code error;
  buffer.consume(parser_->put(buffer.data(), error));
  if (error == beast::error::need_more) {
    // A header's limit is Beast's business; what lies between chunks is not.
    if (!has_head() || buffer.size() <= most_header_bytes_) return true;
    error = beast::error::header_limit;
  }
  if (error) refuse(error, {static_cast<const char*>(buffer.data().data()), buffer.size()});
  return !error;
}

void RequestReader::refuse(unsigned status, std::string message) {
  refusal_ = {status, std::move(message)};
}

void RequestReader::refuse(const boost::system::error_code& error, std::string_view unread) {
  if (error == beast::error::header_limit)
    return refuse(431,
                  "the headers are longer than " + std::to_string(most_header_bytes_) + " bytes");
  if (error == beast::error::body_limit)
    return refuse(413, "the body is longer than " + std::to_string(most_body_bytes_) + " bytes");
  if (error == beast::error::bad_version && has_other_version(unread))
    return refuse(505, "this server speaks HTTP/1.1 and HTTP/1.0");
  if (error == beast::error::bad_alloc) return refuse(503, "out of memory");
  return refuse(400, "malformed request: " + error.message());
}

bool RequestReader::check_head() {
  const Message& message = parser_->get();
  take_headers();
  const auto refused = [this](unsigned status, std::string why) {
    refuse(status, std::move(why));
    return false;
  };
  const auto hosts = message.count(beast::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() == 11))
    return refused(400, "there must be one Host header");
  if (message.count(beast::field::transfer_encoding) != 0) {
    // Who counts the length of a body in another way than we do can smuggle requests.
    if (message.version() == 10) return refused(400, "HTTP/1.0 has no Transfer-Encoding");
    if (!same_name(request_.header("Transfer-Encoding"), "chunked"))
      return refused(501, "the only Transfer-Encoding is chunked");
  }
  const std::string_view expected = request_.header("Expect");
  if (!expected.empty() && !same_name(expected, "100-continue"))
    return refused(417, "the only expectation is 100-continue");
  const std::string_view coding = request_.header("Content-Encoding");
  if (!coding.empty() && !same_name(coding, "identity"))
    return refused(415, "a body must not be compressed: there is no Content-Encoding here");
  auto target = parse_target(message.target());
  if (!target.ok()) return refused(400, std::move(target).error().message);
  path_ = std::move(target->path);
  request_.path = path_;
  request_.query = target->query;
  return true;
}

void RequestReader::take_headers() {
  const Message& message = parser_->get();
  request_.method = method_of(message.method());
  request_.body = {};
  request_.headers.clear();
  for (const auto& field : message)
    request_.headers.emplace_back(field.name_string(), field.value());
}

}  // namespace tercet::http
