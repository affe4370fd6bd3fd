// A server that runs, and a client that says exactly what it is told, byte by byte.
#ifndef TERCET_HTTP_TESTING_H_
#define TERCET_HTTP_TESTING_H_

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "http/ascii.h"
#include "http/server.h"

namespace tercet::http {

using namespace std::chrono_literals;

/// Waits until `holds`, ten seconds at most; whether it does.
inline bool soon(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + 10s;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

struct Answer {
  int status = 0;  ///< 0: the connection was closed before it had come.
  std::string head;
  std::string body;

  std::string header(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at)) {
      at += 2;
      const std::size_t colon = head.find(": ", at);
      if (colon == std::string::npos) break;
      if (same_name(std::string_view(head).substr(at, colon - at), name))
        return head.substr(colon + 2, head.find("\r\n", colon) - colon - 2);
    }
    return {};
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0) {
    handle_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{20, 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (receive_buffer != 0)
      ::setsockopt(handle_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int failed = ::connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    EXPECT_EQ(failed, 0);
  }
  ~Client() { close(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void close() {
    if (handle_ >= 0) ::close(std::exchange(handle_, -1));
  }
  /// Closes so that the server gets an error, not an end.
  void reset() {
    const linger now{1, 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
  }
  void end_writing() { ::shutdown(handle_, SHUT_WR); }

  /// Whether all of it could be sent.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Exactly so many bytes; fewer if the connection ended.
  std::string read(std::size_t size) {
    while (received_.size() < size && receive()) {
    }
    return take(std::min(size, received_.size()));
  }
  /// Up to and with `end`.
  std::string read_until(std::string_view end) {
    while (received_.find(end) == std::string::npos) {
      if (!receive()) return take(received_.size());
    }
    return take(received_.find(end) + end.size());
  }
  std::string read_to_end() {
    while (receive()) {
    }
    return take(received_.size());
  }
  /// Whether the server has hung up, with nothing more to say.
  bool at_end() { return received_.empty() && !receive(); }

  /// `bare`: to HEAD, which gets no body.
  Answer answer(bool bare = false) {
    Answer answer;
    answer.head = read_until("\r\n\r\n");
    if (!answer.head.ends_with("\r\n\r\n")) return answer;
    answer.status = std::atoi(answer.head.c_str() + answer.head.find(' '));
    if (bare || answer.status < 200 || answer.status == 204 || answer.status == 304) return answer;
    const std::string length = answer.header("Content-Length");
    if (!length.empty()) {
      answer.body = read(std::stoul(length));
    } else if (answer.header("Transfer-Encoding") == "chunked") {
      answer.body = chunks();
    } else {
      answer.body = read_to_end();
    }
    return answer;
  }
  Answer ask(std::string_view request) {
    EXPECT_TRUE(send(request));
    return answer();
  }

 private:
  bool receive() {
    char bytes[16384];
    const ssize_t size = ::recv(handle_, bytes, sizeof bytes, 0);
    if (size > 0) received_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }
  std::string take(std::size_t size) {
    std::string out = received_.substr(0, size);
    received_.erase(0, size);
    return out;
  }
  /// "CUT" at the end: the last chunk did not come.
  std::string chunks() {
    std::string body;
    for (;;) {
      const std::string line = read_until("\r\n");
      if (!line.ends_with("\r\n")) return body + "CUT";
      const std::size_t size = std::stoul(line, nullptr, 16);
      body += read(size);
      if (read(2) != "\r\n") return body + "CUT";
      if (size == 0) return body;
    }
  }

  int handle_ = -1;
  std::string received_;
};

/// Answers what a test says.
class TestService final : public Service {
 public:
  std::function<void(const Request&, Reply)> on_request = [](const Request& request, Reply reply) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::string(request.path) + "|" + std::string(request.query) + "|" +
                    std::string(request.body);
    reply(std::move(response));
  };
  std::function<std::unique_ptr<SocketHandler>(const Request&, std::shared_ptr<Socket>)> on_socket =
      [](const Request&, std::shared_ptr<Socket>) { return nullptr; };

  void answer(const Request& request, Reply reply) override {
    on_request(request, std::move(reply));
  }
  std::unique_ptr<SocketHandler> open_socket(const Request& request,
                                             std::shared_ptr<Socket> socket) override {
    return on_socket(request, std::move(socket));
  }
};

/// Listens at once and runs from start() to stop().
class TestServer {
 public:
  explicit TestServer(ServerOptions options = {}) {
    if (options.threads == 0) options.threads = 2;
    auto server = Server::listen(options, service);
    EXPECT_TRUE(server.ok());
    server_ = std::move(server).value();
    thread_ = std::jthread([this] { server_->run(); });
  }
  ~TestServer() { stop(5s); }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  /// Returns when all have left.
  void stop(std::chrono::milliseconds patience) {
    server_->stop(patience);
    if (thread_.joinable()) thread_.join();
  }
  Server& operator*() { return *server_; }
  Server* operator->() { return server_.get(); }
  std::uint16_t port() const { return server_->port(); }

  TestService service;

 private:
  std::unique_ptr<Server> server_;
  std::jthread thread_;
};

inline std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace tercet::http

#endif  // TERCET_HTTP_TESTING_H_
