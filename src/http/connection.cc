#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <exception>
#include <string>
#include <utility>

#include "http/json_error.h"
#include "http/loop.h"
#include "http/request_reader.h"
#include "http/response_head.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kHeadRead = 4UL * 1024;
constexpr std::size_t kBodyRead = 64UL * 1024;
constexpr std::size_t kWritten = 256UL * 1024;  // At most, in one system call.
/// How long a client that we have nothing more to say to may take to hang up. Closing at once would
/// take from it what it has not read yet, if it is still sending.
constexpr std::chrono::seconds kFarewell{2};

/// One client that speaks HTTP, one request after the other.
class Connection final : public Peer {
 public:
  Connection(Loop& loop, TcpSocket socket)
      : loop_(loop),
        socket_(std::move(socket)),
        reader_(options().most_header_bytes, options().most_body_bytes) {}

  void start();
  void turn_away();
  void respond(Response response);
  Loop& loop() noexcept { return loop_; }

  void check_time(Clock::time_point now) override;
  void stop() override;
  void drop() override { close(); }

 private:
  enum class State {
    kWaiting,    // For a request's first byte.
    kReading,    // The rest.
    kAnswering,  // The service has it.
    kWriting,
    kParting,  // All is said; the client hangs up.
    kClosed,   // Or somebody else's.
  };

  const ServerOptions& options() const noexcept { return loop_.common->options; }
  std::shared_ptr<Connection> self() {
    return std::static_pointer_cast<Connection>(shared_from_this());
  }
  void enter(State state);

  void next_request();
  void read();
  void received(const error_code& error, std::size_t size);
  void parse();
  void send_continue();
  void ask();
  void refuse(unsigned status, std::string_view message);
  void gather();
  bool has_hung_up();

  void write(asio::const_buffer first, asio::const_buffer second, void (Connection::*then)());
  void send_response();
  void head_sent();
  void next_piece();
  void answered();
  void part();
  void hear_out();
  void leave();
  void close();

  Loop& loop_;
  TcpSocket socket_;
  RequestReader reader_;
  boost::beast::flat_buffer buffer_;
  State state_ = State::kWaiting;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool expired_ = false;
  bool keep_alive_ = false;
  Framing framing_ = Framing::kLength;
  Response response_;
  std::string head_;  // Of a response, or of a piece.
  std::string piece_;
};

/// A Reply's copies share it.
class Ticket {
 public:
  explicit Ticket(std::shared_ptr<Connection> connection)
      : loop_(connection->loop().shared_from_this()), connection_(std::move(connection)) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() {
    try {
      if (!used_) give(json_error(500, "the request was not answered"));
    } catch (...) {
      std::terminate();  // No memory for three lines.
    }
  }

  void give(Response response) {
    if (used_.exchange(true)) return;
    asio::dispatch(loop_->context,
                   [connection = std::move(connection_), answer = std::move(response)]() mutable {
                     connection->respond(std::move(answer));
                   });
  }

 private:
  // Goes after the connection, whose socket needs it. Connections themselves do not hold their
  // loop: it holds them, and what is posted to it.
  std::shared_ptr<Loop> loop_;
  std::shared_ptr<Connection> connection_;
  std::atomic<bool> used_ = false;
};

void Connection::start() {
  loop_.add(self());
  next_request();
}

void Connection::turn_away() {
  loop_.add(self());
  Response response = json_error(503, "too many connections; try again later");
  response.headers.emplace_back("Retry-After", "1");
  enter(State::kAnswering);
  keep_alive_ = false;
  respond(std::move(response));
}

/// Each state has its time.
void Connection::enter(State state) {
  state_ = state;
  switch (state) {
    case State::kWaiting:
    case State::kWriting:
      deadline_ = Clock::now() + options().idle_time;
      break;
    case State::kReading:
      deadline_ = Clock::now() + options().request_time;
      break;
    case State::kParting:
      deadline_ = Clock::now() + kFarewell;
      break;
    case State::kAnswering:
    case State::kClosed:
      deadline_ = Clock::time_point::max();
      break;
  }
}

void Connection::check_time(Clock::time_point now) {
  if (now < deadline_) return;
  if (state_ != State::kReading) return close();
  expired_ = true;
  deadline_ = Clock::time_point::max();
  error_code ignored;
  socket_.cancel(ignored);  // The reading, which sees to the rest.
}

void Connection::stop() {
  if (state_ == State::kWaiting) close();
}

void Connection::next_request() {
  keep_alive_ = true;
  if (buffer_.size() != 0) {  // The client did not wait for the answer before.
    enter(State::kReading);
    return parse();
  }
  if (loop_.is_stopping()) return close();
  enter(State::kWaiting);
  read();
}

void Connection::read() {
  const std::size_t size = reader_.has_head() ? kBodyRead : kHeadRead;
  socket_.async_read_some(
      buffer_.prepare(size),
      [self = self()](const error_code& error, std::size_t read) { self->received(error, read); });
}

void Connection::received(const error_code& error, std::size_t size) {
  if (state_ == State::kClosed) return;
  if (expired_) return refuse(408, "the request took too long to arrive");
  if (error == asio::error::eof && state_ == State::kReading)
    return refuse(400, "the request ended too early");
  if (error) return close();
  buffer_.commit(size);
  if (state_ == State::kWaiting) enter(State::kReading);
  parse();
}

void Connection::parse() {
  switch (reader_.read(buffer_)) {
    case RequestReader::Progress::kMore:
      return read();
    case RequestReader::Progress::kContinues:
      return send_continue();
    case RequestReader::Progress::kDone:
      return ask();
    case RequestReader::Progress::kRefused:
      return refuse(reader_.refusal().status, reader_.refusal().message);
  }
}

void Connection::send_continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(socket_, asio::buffer(kContinue),
                    [self = self()](const error_code& error, std::size_t) {
                      if (self->state_ == State::kClosed) return;
                      if (self->expired_ || error) return self->received(error, 0);
                      self->read();
                    });
}

void Connection::ask() {
  keep_alive_ = reader_.keep_alive();
  enter(State::kAnswering);
  const bool upgrade = wants_socket(reader_.message());
  if (upgrade) {
    if (buffer_.size() != 0) return refuse(400, "a WebSocket begins with the server's word");
    const unsigned status = socket_refusal(reader_.message());
    if (status != 0) return refuse(status, "a WebSocket needs version 13 and a key of 16 bytes");
  }
  const auto ticket = std::make_shared<Ticket>(self());
  try {
    if (upgrade && open_socket(loop_, socket_, reader_)) return leave();
    loop_.common->service.answer(
        reader_.request(), [ticket](Response response) { ticket->give(std::move(response)); });
  } catch (const std::exception&) {
    ticket->give(json_error(500, "the request could not be answered"));
  }
}

void Connection::refuse(unsigned status, std::string_view message) {
  ++loop_.common->refused;
  enter(State::kAnswering);
  keep_alive_ = false;
  Response response = json_error(status, message);
  if (status == 426) response.headers.emplace_back("Sec-WebSocket-Version", "13");
  respond(std::move(response));
}

void Connection::respond(Response response) {
  if (state_ != State::kAnswering) return;  // Closed meanwhile.
  response_ = std::move(response);
  response_.gathered ? gather() : send_response();
}

/// A step of what makes the body; others have their turn before the next one.
void Connection::gather() {
  try {
    if (!response_.stream->next(piece_)) {
      response_.stream.reset();
      return send_response();
    }
  } catch (const std::exception&) {
    response_ = json_error(500, "the request could not be answered");
    return send_response();
  }
  response_.body.empty() ? response_.body.swap(piece_) : void(response_.body += piece_);
  asio::post(loop_.context, [self = self()] {
    if (self->state_ == State::kClosed) return;
    self->has_hung_up() ? self->close() : self->gather();
  });
}

/// Whether nothing more comes from the client. Nobody reads while an answer is made, and to wait
/// for an answer that nobody waits for would cost much.
bool Connection::has_hung_up() {
  std::array<char, 1> next{};
  error_code error;
  socket_.non_blocking(true, error);
  if (!error) socket_.receive(asio::buffer(next), TcpSocket::message_peek, error);
  return error && error != asio::error::would_block;
}

void Connection::send_response() {
  const bool old = reader_.has_head() && reader_.message().version() == 10;
  framing_ = !response_.stream ? Framing::kLength : old ? Framing::kToEnd : Framing::kChunked;
  keep_alive_ = keep_alive_ && framing_ != Framing::kToEnd && !loop_.is_stopping();
  head_.clear();
  append_head(response_, framing_, keep_alive_, head_);
  const bool bare = !may_have_body(response_.status) ||
                    (reader_.has_head() && reader_.request().method == Method::kHead);
  if (bare) response_.stream.reset();
  const bool whole = !bare && !response_.stream;
  write(asio::buffer(head_), whole ? asio::buffer(response_.body) : asio::const_buffer(),
        &Connection::head_sent);
}

void Connection::write(asio::const_buffer first, asio::const_buffer second,
                       void (Connection::*then)()) {
  enter(State::kWriting);
  // A client that takes some of it may go on.
  const auto go_on = [this](const error_code& error, std::size_t) {
    if (state_ == State::kWriting) enter(State::kWriting);
    return error ? 0 : kWritten;
  };
  asio::async_write(socket_, std::array{first, second}, go_on,
                    [self = self(), then](const error_code& error, std::size_t) {
                      if (self->state_ == State::kClosed) return;
                      if (error) return self->close();
                      (*self.*then)();
                    });
}

void Connection::head_sent() { response_.stream ? next_piece() : answered(); }

void Connection::next_piece() {
  piece_.clear();
  bool more = false;
  try {
    more = response_.stream->next(piece_);
  } catch (const std::exception&) {
    return close();
  }
  if (!more) {
    response_.stream.reset();
    if (framing_ == Framing::kToEnd) return answered();
    head_ = "0\r\n\r\n";
    return write(asio::buffer(head_), {}, &Connection::answered);
  }
  if (piece_.empty()) {
    // Others have their turn before it is asked again.
    asio::post(loop_.context, [self = self()] {
      if (self->state_ != State::kClosed) self->next_piece();
    });
    return;
  }
  head_.clear();
  if (framing_ == Framing::kChunked) {
    head_ = fmt::format("{:x}\r\n", piece_.size());
    piece_ += "\r\n";
  }
  write(asio::buffer(head_), asio::buffer(piece_), &Connection::next_piece);
}

void Connection::answered() {
  response_ = {};
  if (!keep_alive_) return part();
  reader_.begin();
  next_request();
}

void Connection::part() {
  error_code error;
  socket_.shutdown(TcpSocket::shutdown_send, error);
  if (error) return close();
  enter(State::kParting);
  hear_out();
}

/// What comes now is not for us, but not to read it would be impolite; see kFarewell.
void Connection::hear_out() {
  buffer_.clear();
  socket_.async_read_some(buffer_.prepare(kBodyRead),
                          [self = self()](const error_code& error, std::size_t) {
                            if (self->state_ == State::kClosed) return;
                            error ? self->close() : self->hear_out();
                          });
}

/// The socket has moved on.
void Connection::leave() {
  enter(State::kClosed);
  loop_.remove(shared_from_this());
}

void Connection::close() {
  if (state_ == State::kClosed) return;
  error_code ignored;
  socket_.close(ignored);
  response_.stream.reset();
  --loop_.common->open;
  leave();
}

}  // namespace

void serve(Loop& loop, TcpSocket socket) {
  std::make_shared<Connection>(loop, std::move(socket))->start();
}

void turn_away(Loop& loop, TcpSocket socket) {
  std::make_shared<Connection>(loop, std::move(socket))->turn_away();
}

}  // namespace tercet::http
