// WebSockets.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/server.h"
#include "http/testing.h"

namespace tercet::http {
namespace {

constexpr std::string_view kHello =
    "GET /talk?x HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

enum Opcode { kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

/// As a client sends it: masked.
std::string frame(int opcode, std::string_view payload, bool last = true) {
  std::string out(1, static_cast<char>(opcode | (last ? 0x80 : 0)));
  const std::size_t size = payload.size();
  const int length_bytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
  out += static_cast<char>(0x80 | (length_bytes == 0   ? static_cast<int>(size)
                                   : length_bytes == 2 ? 126
                                                       : 127));
  for (int i = length_bytes - 1; i >= 0; --i) out += static_cast<char>((size >> (8 * i)) & 0xFF);
  const std::string mask = "mask";
  out += mask;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(payload[i] ^ mask[i % 4]);
  return out;
}

struct Frame {
  int opcode = -1;  ///< -1: the connection has ended.
  std::string payload;
};

class SocketClient : public Client {
 public:
  explicit SocketClient(const TestServer& server, int receive_buffer = 0)
      : Client(server.port(), receive_buffer) {
    EXPECT_TRUE(send(kHello));
    hello = answer();
    EXPECT_EQ(hello.status, 101);
  }
  bool say(std::string_view text) { return send(frame(kText, text)); }
  Frame hear() {
    const std::string head = read(2);
    if (head.size() < 2) return {};
    std::size_t size = static_cast<unsigned char>(head[1]);
    if (size >= 126) {
      const std::string bytes = read(size == 126 ? 2 : 8);
      size = 0;
      for (const char c : bytes) size = size << 8 | static_cast<unsigned char>(c);
    }
    return {head[0] & 0xF, read(size)};
  }
  /// The code with which the server closes. It must hang up, and so does the client.
  int closing() {
    const Frame last = hear();
    EXPECT_EQ(last.opcode, kClose) << last.payload.substr(0, 100);
    if (last.payload.size() < 2) return 0;
    send(frame(kClose, last.payload));
    EXPECT_TRUE(at_end());
    close();
    return static_cast<unsigned char>(last.payload[0]) << 8 |
           static_cast<unsigned char>(last.payload[1]);
  }
  Answer hello;
};

/// Says everything back; a few words make it do other things.
class Parrot final : public SocketHandler {
 public:
  Parrot(std::shared_ptr<Socket> socket, std::atomic<int>& alive)
      : socket_(std::move(socket)), alive_(alive) {
    ++alive_;
  }
  ~Parrot() override { --alive_; }
  void message(std::string_view text) override {
    EXPECT_EQ(thread_, std::this_thread::get_id());
    if (text == "close") {
      socket_->send("last words");
      socket_->close();
      socket_->send("never");
    } else if (text == "throw") {
      throw std::runtime_error("trouble");
    } else if (text == "flood") {
      for (int i = 0; i < 100; ++i) socket_->send(std::string(1'000'000, 'x'));
    } else if (text == "post") {
      socket_->post([this] { socket_->send(inside_ ? "inside" : "posted"); });
      inside_ = true;
      socket_->send("first");
      inside_ = false;
    } else {
      socket_->send(std::string(text));
    }
  }

 private:
  std::shared_ptr<Socket> socket_;
  std::atomic<int>& alive_;
  std::thread::id thread_ = std::this_thread::get_id();
  bool inside_ = false;
};

struct SocketServer : TestServer {
  explicit SocketServer(const ServerOptions& options = {}) : TestServer(options) {
    service.on_socket = [this](const Request& request, std::shared_ptr<Socket> socket) {
      EXPECT_EQ(request.path, "/talk");
      EXPECT_EQ(request.query, "x");
      const std::lock_guard lock(mutex);
      sockets.push_back(socket);
      return std::make_unique<Parrot>(std::move(socket), alive);
    };
  }
  ~SocketServer() { stop(5s); }
  std::shared_ptr<Socket> latest() {
    const std::lock_guard lock(mutex);
    return sockets.back();
  }
  std::atomic<int> alive = 0;
  std::mutex mutex;
  std::vector<std::shared_ptr<Socket>> sockets;
};

TEST(WebSocket, Talks) {
  SocketServer server;
  SocketClient client(server);
  EXPECT_EQ(client.hello.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(server->counts().sockets, 1U);
  for (const std::string& text :
       {std::string("слово"), std::string(), std::string(300, 'a'), std::string(100'000, 'b')}) {
    client.say(text);
    const Frame heard = client.hear();
    EXPECT_EQ(heard.opcode, kText);
    EXPECT_TRUE(heard.payload == text);
  }
  client.send(frame(kText, "in ", false) + frame(kPing, "alive?") + frame(kContinuation, "pieces"));
  EXPECT_EQ(client.hear().payload, "alive?");
  EXPECT_EQ(client.hear().payload, "in pieces");
  client.send(frame(kClose, "\x03\xe8"));
  EXPECT_EQ(client.closing(), 1000);
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
  EXPECT_TRUE(soon([&] { return server->counts().open == 0; }));
  EXPECT_EQ(server->counts().sockets, 0U);
}

TEST(WebSocket, IsRefusedByTheService) {
  SocketServer server;
  server.service.on_socket = [](const Request&, const std::shared_ptr<Socket>& socket) {
    socket->send("to nobody");
    return nullptr;
  };
  Client client(server.port());
  EXPECT_EQ(client.ask(kHello).body, "/talk|x|") << "answer() says what is to be said";
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(WebSocket, IsRefusedByAServiceThatFails) {
  SocketServer server;
  server.service.on_socket = [](const Request&,
                                const std::shared_ptr<Socket>&) -> std::unique_ptr<SocketHandler> {
    throw std::runtime_error("trouble");
  };
  Client client(server.port());
  EXPECT_EQ(client.ask(kHello).status, 500);
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(WebSocket, MustBeAskedForRightly) {
  SocketServer server;
  const auto status = [&](std::string_view old, std::string_view now) {
    std::string hello(kHello);
    hello.replace(hello.find(old), old.size(), now);
    Client client(server.port());
    const Answer answer = client.ask(hello);
    EXPECT_EQ(answer.body.find("a WebSocket") != std::string::npos, answer.status >= 400);
    EXPECT_EQ(answer.header("Sec-WebSocket-Version"), answer.status == 426 ? "13" : "");
    return answer.status;
  };
  EXPECT_EQ(status("Version: 13", "Version: 8"), 426);
  EXPECT_EQ(status("Sec-WebSocket-Version: 13\r\n", ""), 426);
  EXPECT_EQ(status("dGhlIHNhbXBsZSBub25jZQ==", "short"), 400);
  EXPECT_EQ(status("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), 400);
  EXPECT_EQ(status("\r\n\r\n", "\r\n\r\nframes too early"), 400);
  EXPECT_EQ(status("Upgrade: websocket", "Upgrade: h2c"), 200) << "an upgrade may be ignored";
  EXPECT_EQ(server.alive, 0);
}

TEST(WebSocket, ClosesOnWhatIsNoText) {
  SocketServer server;
  SocketClient binary(server);
  binary.send(frame(kBinary, "bytes"));
  EXPECT_EQ(binary.closing(), 1003);
  SocketClient invalid(server);
  invalid.send(frame(kText, "a\xff"));
  EXPECT_EQ(invalid.closing(), 1007);
  SocketClient cut(server);
  cut.send(frame(kText, "a\xd1"));
  EXPECT_EQ(cut.closing(), 1007);
  SocketClient unmasked(server);
  unmasked.send("\x81\x01x");
  EXPECT_EQ(unmasked.closing(), 1002);
  SocketClient reserved(server);
  reserved.send(frame(3, "x"));
  EXPECT_EQ(reserved.closing(), 1002);
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
}

TEST(WebSocket, ClosesOnWhatIsTooLong) {
  ServerOptions options;
  options.most_message_bytes = 1000;
  SocketServer server(options);
  SocketClient client(server);
  client.say(std::string(1000, 'x'));
  EXPECT_EQ(client.hear().payload.size(), 1000U);
  client.say(std::string(1001, 'x'));
  EXPECT_EQ(client.closing(), 1009);
  SocketClient pieces(server);
  for (int i = 0; i < 11; ++i)
    pieces.send(frame(i == 0 ? kText : kContinuation, std::string(100, 'x'), false));
  EXPECT_EQ(pieces.closing(), 1009);
}

TEST(WebSocket, ClosesWhenToldTo) {
  SocketServer server;
  SocketClient client(server);
  client.say("close");
  EXPECT_EQ(client.hear().payload, "last words");
  EXPECT_EQ(client.closing(), 1000);
  SocketClient other(server);
  server.latest()->close();
  EXPECT_EQ(other.closing(), 1000);
}

TEST(WebSocket, LeavesWhoDoesNotAnswerItsFarewell) {
  ServerOptions options;
  options.request_time = options.idle_time = 1h;  // Not these.
  SocketServer server(options);
  SocketClient deaf(server);
  SocketClient full(server, 4096);
  server.latest()->send(std::string(900'000, 'x'));  // More than fits on the way to it.
  server.latest()->close();
  deaf.say("close");
  EXPECT_EQ(deaf.hear().payload, "last words");
  EXPECT_EQ(deaf.hear().opcode, kClose);
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
  EXPECT_EQ(server->counts().open, 0U);
}

TEST(WebSocket, ClosesWhenTheHandlerFails) {
  SocketServer server;
  SocketClient client(server);
  client.say("throw");
  EXPECT_EQ(client.closing(), 1011);
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
}

TEST(WebSocket, PostsToItsThread) {
  SocketServer server;
  SocketClient client(server);
  client.say("post");
  EXPECT_EQ(client.hear().payload, "first");
  EXPECT_EQ(client.hear().payload, "posted");
}

TEST(WebSocket, TakesMessagesOfManyThreads) {
  SocketServer server;
  SocketClient client(server);
  const auto socket = server.latest();
  std::atomic<int> ran = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        for (int j = 0; j < 100; ++j) {
          socket->send(std::to_string(i) + " " + std::to_string(j));
          socket->post([&] { ++ran; });
        }
      });
    }
    int next[4] = {};
    for (int k = 0; k < 400; ++k) {
      const std::string text = client.hear().payload;
      ASSERT_EQ(text.size() > 2, true);
      EXPECT_EQ(text.substr(2), std::to_string(next[text[0] - '0']++)) << "each in its order";
    }
  }
  EXPECT_TRUE(soon([&] { return ran == 400; }));
}

TEST(WebSocket, ForgivesWhatComesTooLate) {
  std::shared_ptr<Socket> late;
  {
    SocketServer server;
    SocketClient client(server);
    late = server.latest();
    client.reset();
    EXPECT_TRUE(soon([&] { return server.alive == 0; }));
    late->send("to nobody");
    late->post([] { ADD_FAILURE() << "its socket is closed"; });
    late->close();
    SocketClient other(server);
    other.say("order");
    EXPECT_EQ(other.hear().payload, "order");
  }
  late->send("to no server");
  late->post([] { ADD_FAILURE() << "its server is gone"; });
}

TEST(WebSocket, DropsWhoDoesNotListen) {
  SocketServer server;
  SocketClient client(server, 4096);
  client.say("flood");
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
  EXPECT_TRUE(soon([&] { return server->counts().open == 0; }));
}

TEST(WebSocket, LooksForSignsOfLife) {
  ServerOptions options;
  options.idle_time = 400ms;
  SocketServer server(options);
  SocketClient answering(server);
  for (int i = 0; i < 4; ++i) {  // 800 ms
    EXPECT_EQ(answering.hear().opcode, kPing);
    answering.send(frame(kPong, ""));
  }
  SocketClient dead(server);
  EXPECT_EQ(dead.hear().opcode, kPing);
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
}

TEST(WebSocket, LeavesWhenTheServerStops) {
  SocketServer server;
  SocketClient polite(server);
  SocketClient rude(server);
  const auto start = std::chrono::steady_clock::now();
  std::jthread stopping([&] { server.stop(1h); });
  EXPECT_EQ(polite.closing(), 1001);
  EXPECT_EQ(rude.hear().opcode, kClose);  // And does not answer.
  stopping.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 9s) << "which it has for a request";
  EXPECT_EQ(server.alive, 0);
  EXPECT_EQ(server->counts().open, 0U);
}

TEST(WebSocket, IsDroppedWhenPatienceIsOver) {
  SocketServer server;
  SocketClient rude(server);
  server.stop(1ms);
  EXPECT_EQ(server.alive, 0);
  EXPECT_EQ(server->counts().open, 0U);
}

}  // namespace
}  // namespace tercet::http
