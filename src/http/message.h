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

/// It and what it views live until the answer has been given.
struct Request {
  Method method = Method::kGet;
  /// Decoded once, without the query. Begins with '/', is valid UTF-8 without control characters,
  /// backslashes and `..` segments. `OPTIONS *` asks for "/".
  std::string_view path;
  std::string_view query;  ///< As sent, behind '?'.
  std::string_view body;
  std::vector<std::pair<std::string_view, std::string_view>> headers;

  /// The first header of this name, whatever its case; empty if there is none.
  std::string_view header(std::string_view name) const noexcept;
};

/// Makes a body piece by piece; each is asked for when the one before has been sent. One thread,
/// which it must not block: what takes long is done in steps of about a millisecond, between which
/// others have their turn. Destroyed when it has ended or the client is gone.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Replaces `piece`; false: the one before was the last, and `piece` is not sent. An empty piece
  /// is a step that has nothing to show. A stream that throws is cut off, so that the client sees
  /// it; one that is gathered gets status 500.
  virtual bool next(std::string& piece) = 0;
};

/// HEAD is answered as GET; the body is left out on the way. Length, date and connection headers
/// are added there, too.
struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::unique_ptr<Stream> stream;  ///< If there is one, it makes the body.
  /// The stream's pieces are sent when all are there, as a body of known length. A client that ends
  /// its side of the connection before that is taken to be gone.
  bool gathered = false;
};

/// Gives the answer, from any thread; only the first counts. If the last copy goes without one, the
/// client gets status 500.
using Reply = std::function<void(Response)>;

/// One side of a WebSocket. Its functions are called by one thread at a time.
class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  /// A whole text message has come.
  virtual void message(std::string_view text) = 0;
};

/// The other side: what is sent to the client. Any thread; a socket that is closed takes nothing
/// any more and stays silent. A client that does not read what it is sent is cut off.
class Socket {
 public:
  virtual ~Socket() = default;
  /// Must be valid UTF-8.
  virtual void send(std::string text) = 0;
  /// Closes when all that was sent before is on its way.
  virtual void close() = 0;
  /// Runs `task` on the thread that calls the handler, never within a call of it; drops it if the
  /// socket is closed by then.
  virtual void post(std::function<void()> task) = 0;
};

/// Knows the answers. Many threads at once.
class Service {
 public:
  virtual ~Service() = default;
  /// Must not block: what takes long answers later, from a thread of its own.
  virtual void answer(const Request& request, Reply reply) = 0;
  /// For a request to open a WebSocket: who talks there; nullptr refuses it, and answer() is asked
  /// what to say. The handler is destroyed, on the thread that calls it, when the socket is closed.
  virtual std::unique_ptr<SocketHandler> open_socket(const Request& request,
                                                     std::shared_ptr<Socket> socket) = 0;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_MESSAGE_H_
