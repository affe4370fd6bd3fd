// What a server is asked and answers: the seam between HTTP and those who know the answers. Nothing
// here knows of sockets.
#ifndef TERCET_HTTP_MESSAGE_H_
#define TERCET_HTTP_MESSAGE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tercet::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kDelete, kOptions, kOther };

/// Views live until the answer has been given.
struct Request {
  Method method = Method::kGet;
  std::string_view path;   ///< Decoded, without the query; begins with '/'.
  std::string_view query;  ///< As sent, behind '?'.
  std::string_view body;
  std::vector<std::pair<std::string_view, std::string_view>> headers;

  /// The first header of this name, whatever its case; empty if there is none.
  std::string_view header(std::string_view name) const noexcept;
};

/// Makes a body piece by piece; each is asked for when the one before has been sent. One thread.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Replaces `piece`; false: that was the last one, and `piece` is not sent.
  virtual bool next(std::string& piece) = 0;
};

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::unique_ptr<Stream> stream;  ///< If there is one, it makes the body.
};

/// Gives the answer, once, from any thread.
using Reply = std::function<void(Response)>;

/// One side of a WebSocket. Its functions are called by one thread at a time.
class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  /// A whole text message has come.
  virtual void message(std::string_view text) = 0;
};

/// The other side: what is sent to the client. Any thread; a socket that is closed takes nothing
/// any more and stays silent.
class Socket {
 public:
  virtual ~Socket() = default;
  virtual void send(std::string text) = 0;
  /// Runs it on the thread that calls the handler; not at all once the socket is closed.
  virtual void post(std::function<void()> work) = 0;
  virtual void close() = 0;
};

/// Knows the answers. Many threads at once.
class Service {
 public:
  virtual ~Service() = default;
  /// Must not block: what takes long answers later, from a thread of its own.
  virtual void answer(const Request& request, Reply reply) = 0;
  /// For a request to open a WebSocket: who talks there; nullptr refuses it, and answer() is asked
  /// what to say. The handler is destroyed when the socket is closed.
  virtual std::unique_ptr<SocketHandler> open_socket(const Request& request,
                                                     std::shared_ptr<Socket> socket) = 0;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_MESSAGE_H_
