#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/loop.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using websocket::close_code;

using Stream = websocket::stream<TcpSocket, false>;

/// What a queued message costs besides its text, about.
constexpr std::size_t kMessageOverhead = 64;
/// How long a client may take to hear the rest and to answer the farewell. Beast would give it as
/// long as for its request, and a server that ends would wait for it.
constexpr std::chrono::seconds kFarewell{1};

/// One client that speaks WebSocket. Its reading ends when the connection does, and with it all.
class SocketPeer final : public Peer {
 public:
  explicit SocketPeer(Loop& loop) : loop_(loop) {}

  void start(TcpSocket socket, std::unique_ptr<SocketHandler> handler,
             const RequestReader::Message& request);
  void send(std::string text);
  /// What is queued goes first.
  void close(close_code code);
  void run(const std::function<void()>& task);

  void check_time(Clock::time_point now) override {  // Beast keeps the other times.
    if (now >= parting_) drop();
  }
  void stop() override { close(close_code::going_away); }
  void drop() override;

 private:
  std::shared_ptr<SocketPeer> self() {
    return std::static_pointer_cast<SocketPeer>(shared_from_this());
  }
  void read();
  void received(const error_code& error);
  /// What a handler throws is no reason to stop serving others.
  void call(const std::function<void()>& function);
  void flush();
  void finish();

  Loop& loop_;
  std::unique_ptr<Stream> stream_;          // From the start on.
  std::unique_ptr<SocketHandler> handler_;  // From the start to the end.
  boost::beast::flat_buffer buffer_;
  std::deque<std::string> queue_;
  std::size_t queued_bytes_ = 0;
  std::optional<close_code> closing_;
  Clock::time_point parting_ = Clock::time_point::max();  // From closing on, when to leave.
  bool busy_ = true;                                      // Shaking hands, writing, or closing.
};

/// What the service holds; it may outlive the connection and the server.
class SocketHandle final : public Socket {
 public:
  SocketHandle(Loop& loop, std::weak_ptr<SocketPeer> peer)
      : loop_(loop.shared_from_this()), peer_(std::move(peer)) {}

  void send(std::string text) override {
    asio::dispatch(loop_->context, [peer = peer_, out = std::move(text)]() mutable {
      if (const auto alive = peer.lock()) alive->send(std::move(out));
    });
  }
  void close() override {
    asio::dispatch(loop_->context, [peer = peer_] {
      if (const auto alive = peer.lock()) alive->close(close_code::normal);
    });
  }
  void post(std::function<void()> task) override {
    asio::post(loop_->context, [peer = peer_, todo = std::move(task)] {
      if (const auto alive = peer.lock()) alive->run(todo);
    });
  }

 private:
  const std::shared_ptr<Loop> loop_;
  const std::weak_ptr<SocketPeer> peer_;
};

void SocketPeer::start(TcpSocket socket, std::unique_ptr<SocketHandler> handler,
                       const RequestReader::Message& request) {
  const ServerOptions& options = loop_.common->options;
  ++loop_.common->sockets;
  loop_.add(self());
  handler_ = std::move(handler);
  stream_ = std::make_unique<Stream>(std::move(socket));
  stream_->set_option(
      websocket::stream_base::timeout{options.request_time, options.idle_time, true});
  stream_->read_message_max(options.most_message_bytes);
  stream_->auto_fragment(false);  // One message, one write.
  stream_->async_accept(request, [self = self()](const error_code& error) {
    if (error) return self->finish();
    self->busy_ = false;
    self->read();
    self->flush();
  });
}

void SocketPeer::read() {
  stream_->async_read(
      buffer_, [self = self()](const error_code& error, std::size_t) { self->received(error); });
}

void SocketPeer::received(const error_code& error) {
  if (error) return finish();
  const std::string_view text(static_cast<const char*>(buffer_.data().data()), buffer_.size());
  if (!stream_->got_text()) close(close_code::unknown_data);
  if (!closing_) call([this, text] { handler_->message(text); });
  buffer_.clear();
  read();
}

void SocketPeer::run(const std::function<void()>& task) {
  if (handler_ != nullptr) call(task);
}

void SocketPeer::call(const std::function<void()>& function) {
  try {
    function();
  } catch (const std::exception&) {
    close(close_code::internal_error);
  }
}

void SocketPeer::send(std::string text) {
  if (closing_) return;
  const std::size_t bytes = text.size() + kMessageOverhead;
  const bool full = queued_bytes_ + bytes > loop_.common->options.most_message_bytes;
  if (full && !queue_.empty()) return drop();
  queued_bytes_ += bytes;
  queue_.push_back(std::move(text));
  flush();
}

void SocketPeer::close(close_code code) {
  if (closing_) return;
  closing_ = code;
  parting_ = Clock::now() + kFarewell;
  flush();
}

void SocketPeer::flush() {
  if (busy_) return;
  if (!queue_.empty()) {
    busy_ = true;
    stream_->async_write(asio::buffer(queue_.front()),
                         [self = self()](const error_code& error, std::size_t) {
                           if (error) return self->drop();
                           self->busy_ = false;
                           self->queued_bytes_ -= self->queue_.front().size() + kMessageOverhead;
                           self->queue_.pop_front();
                           self->flush();
                         });
  } else if (closing_) {
    busy_ = true;
    // The reading hears of it, however it ends.
    stream_->async_close(*closing_, [self = self()](const error_code&) {});
  }
}

void SocketPeer::drop() {
  if (!closing_) closing_ = close_code::going_away;
  if (stream_ == nullptr) return;
  error_code ignored;
  boost::beast::get_lowest_layer(*stream_).close(ignored);
}

void SocketPeer::finish() {
  if (!closing_) closing_ = close_code::normal;
  busy_ = true;
  handler_.reset();
  --loop_.common->sockets;
  --loop_.common->open;
  loop_.remove(shared_from_this());
}

}  // namespace

bool wants_socket(const RequestReader::Message& message) { return websocket::is_upgrade(message); }

unsigned socket_refusal(const RequestReader::Message& message) {
  namespace http = boost::beast::http;
  if (message[http::field::sec_websocket_version] != "13") return 426;
  // 16 bytes in base 64.
  const std::string_view key = message[http::field::sec_websocket_key];
  const bool sound = key.size() == 24 && key.ends_with("==");
  return sound && message.count(http::field::sec_websocket_key) == 1 ? 0 : 400;
}

bool open_socket(Loop& loop, TcpSocket& socket, const RequestReader& reader) {
  const auto peer = std::make_shared<SocketPeer>(loop);
  auto handler = loop.common->service.open_socket(reader.request(),
                                                  std::make_shared<SocketHandle>(loop, peer));
  if (handler == nullptr) return false;
  peer->start(std::move(socket), std::move(handler), reader.message());
  return true;
}

}  // namespace tercet::http
