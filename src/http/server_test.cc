#include "http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "http/testing.h"

namespace tercet::http {
namespace {

TEST(Server, PassesOnWhatItIsAsked) {
  TestServer server;
  Client client(server.port());
  EXPECT_EQ(client.ask(get("/a%20b?x=%20")).body, "/a b|x=%20|");
  const Answer answer = client.ask(
      "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Type: x\r\n\r\nhello");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "/p||hello");
  EXPECT_EQ(answer.header("Content-Type"), "text/plain");
  EXPECT_EQ(answer.header("Content-Length"), "9");
  EXPECT_EQ(answer.header("Connection"), "keep-alive");
  EXPECT_TRUE(answer.header("Date").ends_with(" GMT")) << answer.head;
  const ServerCounts counts = server->counts();
  EXPECT_EQ(counts.connections, 1U);
  EXPECT_EQ(counts.open, 1U);
  EXPECT_EQ(counts.refused, 0U);
}

TEST(Server, PassesOnMethodsAndHeaders) {
  TestServer server;
  server.service.on_request = [](const Request& request, const Reply& reply) {
    Response response;
    response.body = std::to_string(static_cast<int>(request.method)) + " " +
                    std::string(request.header("x-NAME")) + " " +
                    std::string(request.header("absent")) + "." +
                    std::to_string(request.headers.size());
    response.headers.emplace_back("X-Said", "a\r\nSet-Cookie: b");
    reply(std::move(response));
  };
  Client client(server.port());
  const char* const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"};
  for (int i = 0; i < 8; ++i) {
    client.send(std::string(names[i]) + " / HTTP/1.1\r\nHost: localhost\r\nX-Name: v 1\r\n\r\n");
    const Answer answer = client.answer(i == 1);
    EXPECT_EQ(answer.header("X-Said"), "a  Set-Cookie: b");
    EXPECT_EQ(answer.header("Content-Length"), "8");
    EXPECT_EQ(answer.body, i == 1 ? "" : std::to_string(std::min(i, 6)) + " v 1 .2");
  }
}

TEST(Server, AnswersManyOnOneConnectionInTheirOrder) {
  TestServer server;
  Client client(server.port());
  std::string all;
  for (int i = 0; i < 300; ++i) all += get("/" + std::to_string(i));
  std::thread sender([&] { EXPECT_TRUE(client.send(all)); });
  for (int i = 0; i < 300; ++i) EXPECT_EQ(client.answer().body, "/" + std::to_string(i) + "||");
  sender.join();
}

TEST(Server, TakesRequestsInAnyPieces) {
  TestServer server;
  Client client(server.port());
  for (const char c :
       std::string("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nok"))
    ASSERT_TRUE(client.send({&c, 1}));
  EXPECT_EQ(client.answer().body, "/p||ok");
}

TEST(Server, TakesChunkedBodies) {
  TestServer server;
  Client client(server.port());
  std::size_t headers = 0;
  server.service.on_request = [&](const Request& request, const Reply& reply) {
    headers = request.headers.size();
    Response response;
    response.body = request.body;
    response.body += request.header("X-Key");
    reply(std::move(response));
  };
  const Answer answer = client.ask(
      "POST /p HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;name=value\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nX-Key: trailed\r\n\r\n");
  EXPECT_EQ(answer.body, "abc0123456789abcdef") << "what trails a body is no header";
  EXPECT_EQ(headers, 2U);
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(Server, SpeaksTheOldVersion) {
  TestServer server;
  Client closing(server.port());
  const Answer answer = closing.ask("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_EQ(answer.body, "/old||");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(closing.at_end());
  Client keeping(server.port());
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(keeping.ask("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").body, "/old||");
}

TEST(Server, ClosesWhenAsked) {
  TestServer server;
  Client client(server.port());
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status, 200);
  EXPECT_TRUE(client.at_end());
  EXPECT_TRUE(soon([&] {
    client.close();
    return server->counts().open == 0;
  }));
}

TEST(Server, AnswersWhoHasStoppedTalking) {
  TestServer server;
  Client client(server.port());
  client.send(get("/half"));
  client.end_writing();
  EXPECT_EQ(client.answer().body, "/half||");
  EXPECT_TRUE(client.at_end());
}

TEST(Server, AsksForTheBodyWhenExpected) {
  TestServer server;
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.answer().status, 100);
  EXPECT_EQ(client.ask("body").body, "/||body");
  // Who does not wait is not told.
  EXPECT_EQ(client
                .ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: "
                     "100-continue\r\n\r\nbody")
                .status,
            200);
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(Server, SendsNoBodyWhereThereIsNone) {
  TestServer server;
  server.service.on_request = [](const Request& request, const Reply& reply) {
    Response response;
    response.status = request.path == "/none" ? 204 : 304;
    response.body = "must not appear";
    reply(std::move(response));
  };
  Client client(server.port());
  for (const char* path : {"/none", "/same"}) {
    client.send(get(path));
    const Answer answer = client.answer();
    EXPECT_EQ(answer.header("Content-Length"), "");
  }
  client.close();
}

/// Holds what is to be answered for other threads.
class Desk {
 public:
  void put(Reply reply) {
    const std::lock_guard lock(mutex_);
    replies_.push_back(std::move(reply));
    changed_.notify_all();
  }
  Reply take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !replies_.empty(); });
    Reply reply = std::move(replies_.back());
    replies_.pop_back();
    return reply;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Reply> replies_;
};

Response plain(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

TEST(Server, TakesAnswersFromOtherThreads) {
  TestServer server;
  Desk desk;
  server.service.on_request = [&](const Request&, Reply reply) { desk.put(std::move(reply)); };
  std::jthread worker([&] {
    for (int i = 0; i < 50; ++i) {
      const Reply reply = desk.take();
      const Reply copy = reply;
      copy(plain("first"));
      reply(plain("second"));
    }
  });
  Client client(server.port());
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.ask(get("/")).body, "first");
}

TEST(Server, ForgivesAnswersToTheDead) {
  Desk desk;
  Reply late;
  {
    TestServer server;
    server.service.on_request = [&](const Request&, Reply reply) { desk.put(std::move(reply)); };
    {
      Client client(server.port());
      client.send(get("/"));
      late = desk.take();
      client.reset();
    }
    late(plain("to a client that is gone"));
    Client client(server.port());
    client.send(get("/"));
    late = desk.take();
    server.stop(10ms);
    EXPECT_TRUE(client.at_end()) << "patience is over";
    EXPECT_EQ(server->counts().open, 0U);
  }
  late(plain("to a server that is gone"));
}

TEST(Server, SaysSoWhenThereIsNoAnswer) {
  TestServer server;
  server.service.on_request = [](const Request& request, const Reply&) {
    if (request.path == "/throw") throw std::runtime_error("trouble");
  };
  Client client(server.port());
  for (const char* path : {"/", "/throw"}) {
    const Answer answer = client.ask(get(path));
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find(R"("type":"server_error")"), std::string::npos) << answer.body;
  }
}

TEST(Server, SendsLargeBodies) {
  TestServer server;
  const std::string large(20'000'000, 'x');
  server.service.on_request = [&](const Request&, const Reply& reply) { reply(plain(large)); };
  Client client(server.port());
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(client.ask(get("/")).body == large);
}

/// Counts down in pieces; an endless one counts what was asked for.
class Countdown final : public Stream {
 public:
  Countdown(int pieces, std::atomic<int>& asked, std::atomic<int>& alive)
      : left_(pieces), asked_(asked), alive_(alive) {
    ++alive_;
  }
  ~Countdown() override { --alive_; }
  bool next(std::string& piece) override {
    ++asked_;
    if (left_ == 0) return false;
    if (left_ == -2) throw std::runtime_error("trouble");
    piece = left_ < 0 ? std::string(100'000, 'x') : std::to_string(left_) + " ";
    if (left_ > 0 && left_-- % 2 == 0) piece.clear();
    return true;
  }

 private:
  int left_;
  std::atomic<int>& asked_;
  std::atomic<int>& alive_;
};

struct StreamServer : TestServer {
  using TestServer::TestServer;
  std::atomic<int> asked = 0;
  std::atomic<int> alive = 0;
  void offer(int pieces) {
    service.on_request = [this, pieces](const Request&, const Reply& reply) {
      Response response;
      response.content_type = "text/event-stream";
      response.stream = std::make_unique<Countdown>(pieces, asked, alive);
      reply(std::move(response));
    };
  }
};

TEST(Stream, ComesInChunks) {
  StreamServer server;
  server.offer(5);
  Client client(server.port());
  for (int i = 0; i < 2; ++i) {
    const Answer answer = client.ask(get("/"));
    EXPECT_EQ(answer.body, "5 3 1 ");
    EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(answer.header("Content-Length"), "");
  }
  EXPECT_EQ(server.alive, 0);
}

TEST(Stream, EndsWithTheConnectionOfAnOldClient) {
  StreamServer server;
  server.offer(3);
  Client client(server.port());
  const Answer answer = client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(answer.body, "3 1 ");
  EXPECT_EQ(answer.header("Transfer-Encoding"), "");
  EXPECT_EQ(answer.header("Connection"), "close");
}

TEST(Stream, IsNotAskedForHead) {
  StreamServer server;
  server.offer(3);
  Client client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.answer(true).header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(server.asked, 0);
  EXPECT_TRUE(soon([&] { return server.alive == 0; }));
}

TEST(Stream, WaitsForTheReader) {
  StreamServer server;
  server.offer(-1);
  Client client(server.port(), 4096);
  client.send(get("/"));
  client.read(1000);
  int before = -1;
  // What the kernel buffers is limited, and so is what is asked for.
  EXPECT_TRUE(soon([&] {
    std::this_thread::sleep_for(50ms);
    return std::exchange(before, server.asked.load()) == server.asked;
  }));
  EXPECT_LT(server.asked, 200);
  client.read(10'000'000);
  EXPECT_GT(server.asked, before);
}

TEST(Stream, EndsWhenTheClientIsGone) {
  StreamServer server;
  server.offer(-1);
  for (const bool politely : {true, false}) {
    Client client(server.port());
    client.send(get("/"));
    client.read(1000);
    EXPECT_EQ(server.alive, 1);
    politely ? client.close() : client.reset();
    EXPECT_TRUE(soon([&] { return server.alive == 0; }));
    EXPECT_TRUE(soon([&] { return server->counts().open == 0; }));
  }
}

TEST(Stream, IsCutOffWhenItFails) {
  StreamServer server;
  server.offer(-2);
  Client client(server.port());
  EXPECT_EQ(client.ask(get("/")).body, "CUT");
}

TEST(Stop, ClosesWhoWaitsAndFinishesWhatWasBegun) {
  TestServer server;
  Desk desk;
  server.service.on_request = [&](const Request& request, Reply reply) {
    if (request.path == "/quick") return reply(plain("quick"));
    desk.put(std::move(reply));
  };
  Client idle(server.port());
  EXPECT_EQ(idle.ask(get("/quick")).body, "quick");
  Client busy(server.port());
  busy.send(get("/slow"));
  const Reply reply = desk.take();
  Client begun(server.port());
  begun.send("POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n");
  EXPECT_TRUE(soon([&] { return server->counts().open == 3; }));
  std::this_thread::sleep_for(50ms);  // Until the request's beginning has been read.

  std::jthread stopping([&] { server.stop(10s); });
  EXPECT_TRUE(idle.at_end());
  begun.send("\r\nbody");
  const Answer late = begun.answer();
  EXPECT_EQ(late.body, "quick");
  EXPECT_EQ(late.header("Connection"), "close");
  begun.close();
  reply(plain("at last"));
  EXPECT_EQ(busy.answer().body, "at last");
  busy.close();
  stopping.join();
  EXPECT_EQ(server->counts().open, 0U);
}

TEST(Stop, FinishesStreamsButNotForEver) {
  StreamServer server;
  server.offer(-1);
  Client client(server.port());
  client.send(get("/"));
  client.read(1000);
  server.stop(100ms);
  EXPECT_EQ(server.alive, 0);
  EXPECT_EQ(server->counts().open, 0U);
}

TEST(Stop, MayComeFirst) {
  TestService service;
  auto server = Server::listen({}, service);
  ASSERT_TRUE(server.ok());
  (*server)->stop(1s);
  (*server)->run();
}

TEST(Listen, SaysWhatIsWrong) {
  TestServer server;
  ServerOptions options;
  options.port = server.port();
  const auto taken = Server::listen(options, server.service);
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, ErrorCode::kIo);
  EXPECT_NE(taken.error().message.find("127.0.0.1 port " + std::to_string(options.port)),
            std::string::npos);
  EXPECT_NE(taken.error().message.find("another program listens there"), std::string::npos);

  options.address = "192.0.2.1";
  const auto foreign = Server::listen(options, server.service);
  ASSERT_FALSE(foreign.ok());
  EXPECT_NE(foreign.error().message.find("192.0.2.1"), std::string::npos);
  EXPECT_NE(foreign.error().message.find("no address of this machine"), std::string::npos);

  options.address = "localhost:80";
  const auto wrong = Server::listen(options, server.service);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, ErrorCode::kInvalidArgument);
}

TEST(Listen, TakesAPortThatWasJustLeft) {
  std::uint16_t port = 0;
  for (int i = 0; i < 3; ++i) {
    ServerOptions options;
    options.port = port;
    TestServer server(options);
    port = server.port();
    Client client(port);
    EXPECT_EQ(client.ask("GET / HTTP/1.0\r\n\r\n").status, 200);
  }
}

}  // namespace
}  // namespace tercet::http
