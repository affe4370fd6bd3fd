// What the sources of the server share. With request_reader.h, the only place outside of these
// sources that knows Asio.
#ifndef TERCET_HTTP_LOOP_H_
#define TERCET_HTTP_LOOP_H_

#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <unordered_set>
#include <utility>

#include "http/message.h"
#include "http/request_reader.h"
#include "http/server.h"

namespace tercet::http {

using Clock = std::chrono::steady_clock;
using Executor = boost::asio::io_context::executor_type;
using Tcp = boost::asio::ip::tcp;
using TcpSocket = boost::asio::basic_stream_socket<Tcp, Executor>;
using TcpAcceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

/// Of all threads.
struct Common {
  ServerOptions options;
  Service& service;
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> open{0};
  std::atomic<std::uint64_t> sockets{0};
  std::atomic<std::uint64_t> refused{0};
};

/// One client. Lives on its loop's thread, and as long as the loop knows it.
class Peer : public std::enable_shared_from_this<Peer> {
 public:
  Peer() = default;
  virtual ~Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// Called now and then: leaves if its time is over.
  virtual void check_time(Clock::time_point now) = 0;
  /// Finishes what it has begun, then leaves.
  virtual void stop() = 0;
  /// Leaves.
  virtual void drop() = 0;
};

/// One thread's event loop and listening socket. Shared with all who may want to reach the thread
/// later, even if the server is gone by then.
class Loop : public std::enable_shared_from_this<Loop> {
 public:
  explicit Loop(std::shared_ptr<Common> shared);

  boost::system::error_code listen(const Tcp::endpoint& endpoint);
  Tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  /// Returns when stop() was called and no peer is left.
  void run();
  /// Any thread.
  void stop(std::chrono::milliseconds patience);

  void add(std::shared_ptr<Peer> peer) { peers_.insert(std::move(peer)); }
  void remove(const std::shared_ptr<Peer>& peer);
  bool is_stopping() const noexcept { return stopping_; }

  const std::shared_ptr<Common> common;  // Before the context, whose handlers use it to the last.
  boost::asio::io_context context{1};

 private:
  void accept();
  void accepted(TcpSocket socket);
  void watch_time();
  void begin_stop(std::chrono::milliseconds patience);
  template <class Function>
  void for_peers(Function function);

  TcpAcceptor acceptor_;
  Timer accept_timer_;
  Timer watch_timer_;
  Timer patience_timer_;
  std::unordered_set<std::shared_ptr<Peer>> peers_;
  bool stopping_ = false;
};

/// Answers the requests of a new connection.
void serve(Loop& loop, TcpSocket socket);
/// Tells a connection that is one too many.
void turn_away(Loop& loop, TcpSocket socket);

/// Whether the request wants a WebSocket.
bool wants_socket(const RequestReader::Message& message);
/// The status that says what is wrong with that; 0: nothing.
unsigned socket_refusal(const RequestReader::Message& message);
/// Makes `socket` a WebSocket, if the service agrees; else leaves it as it is.
bool open_socket(Loop& loop, TcpSocket& socket, const RequestReader& reader);

}  // namespace tercet::http

#endif  // TERCET_HTTP_LOOP_H_
