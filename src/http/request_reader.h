// Bytes in, requests out: Beast's parser with the limits and the checks of this server.
#ifndef TERCET_HTTP_REQUEST_READER_H_
#define TERCET_HTTP_REQUEST_READER_H_

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"

namespace tercet::http {

/// What a request gets that is not passed on.
struct Refusal {
  unsigned status;
  std::string message;
};

/// One request at a time.
class RequestReader {
 public:
  using Message = boost::beast::http::request<boost::beast::http::string_body>;
  enum class Progress {
    kMore,       ///< Read more bytes.
    kContinues,  ///< The client waits for "100 Continue" before it sends the body.
    kDone,       ///< request() is whole.
    kRefused,    ///< See refusal(); the connection is of no more use.
  };

  RequestReader(std::size_t most_header_bytes, std::size_t most_body_bytes)
      : most_header_bytes_(most_header_bytes), most_body_bytes_(most_body_bytes) {
    begin();
  }
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Forgets the request that was read.
  void begin();
  /// Takes from `buffer` what belongs to this request; `buffer` is not empty.
  Progress read(boost::beast::flat_buffer& buffer);

  bool has_head() const { return parser_->is_header_done(); }
  const Request& request() const noexcept { return request_; }
  const Message& message() const { return parser_->get(); }
  bool keep_alive() const { return parser_->keep_alive(); }
  const Refusal& refusal() const noexcept { return refusal_; }

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  /// False, here and below: refused.
  bool put(boost::beast::flat_buffer& buffer);
  bool check_head();
  void refuse(unsigned status, std::string message);
  void refuse(const boost::system::error_code& error, std::string_view unread);
  void take_headers();

  std::size_t most_header_bytes_;
  std::size_t most_body_bytes_;
  std::unique_ptr<Parser> parser_;
  std::string path_;
  Request request_;
  Refusal refusal_;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_REQUEST_READER_H_
