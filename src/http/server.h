// An HTTP/1.1 server over Boost.Asio and Boost.Beast. Only the sources behind loop.h know of these.
#ifndef TERCET_HTTP_SERVER_H_
#define TERCET_HTTP_SERVER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "http/message.h"
#include "tercet/error.h"

namespace tercet::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any that is free.
  unsigned threads = 0;    ///< 0: one per core.
  std::size_t most_connections = 1024;
  std::size_t most_header_bytes = 16UL * 1024;
  std::size_t most_body_bytes = 1024UL * 1024;
  std::size_t most_message_bytes = 1024UL * 1024;  ///< Of a WebSocket.
  /// From a request's first byte to its last.
  std::chrono::milliseconds request_time{10'000};
  /// Without a request, without taking what is sent, or without a sign of life on a WebSocket.
  std::chrono::milliseconds idle_time{60'000};
};

/// What has been done so far.
struct ServerCounts {
  std::uint64_t connections = 0;  ///< Accepted.
  std::uint64_t open = 0;         ///< Of these.
  std::uint64_t sockets = 0;      ///< Of the open ones, WebSockets.
  /// Requests that were no HTTP, too long, or too slow, and connections that were too many.
  std::uint64_t refused = 0;
};

/// Each thread has its own event loop and its own listening socket (SO_REUSEPORT). What is wrong
/// with a request before the service can be asked is answered here, as json_error() does: 400, 408,
/// 413, 417, 426, 431, 501, 503, 505. After that the connection is closed.
class Server {
 public:
  /// Listens, but does not answer yet. `service` must outlive it. kIo: the address is taken or not
  /// ours, and what to do. kInvalidArgument: it is no IP address.
  static Result<std::unique_ptr<Server>> listen(const ServerOptions& options, Service& service);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const noexcept;
  /// Answers until stop() was called and everything begun is finished, or `patience` is over.
  void run();
  /// No new connection, and none that waits for a request; WebSockets are closed with 1001. Any
  /// thread; not from a signal handler.
  void stop(std::chrono::milliseconds patience);
  ServerCounts counts() const noexcept;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_SERVER_H_
