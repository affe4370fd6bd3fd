// Bodies that are made in steps and sent when they are whole.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "http/testing.h"

namespace tercet::http {
namespace {

/// Does what a test says in each step, and says when it is gone.
class Steps final : public Stream {
 public:
  Steps(std::function<bool(std::string&)> step, std::atomic<int>& gone)
      : step_(std::move(step)), gone_(gone) {}
  ~Steps() override { ++gone_; }
  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;

  bool next(std::string& piece) override {
    piece.clear();
    return step_(piece);
  }

 private:
  std::function<bool(std::string&)> step_;
  std::atomic<int>& gone_;
};

/// One event loop, which answers /slow in steps and others at once.
class Gathering : public ::testing::Test {
 protected:
  Gathering() {
    server_.service.on_request = [this](const Request& request, const Reply& reply) {
      Response response;
      response.body = request.path;
      if (request.path == "/slow") {
        response = {};
        response.stream = std::make_unique<Steps>(step_, gone_);
        response.gathered = true;
      } else {
        asked_at_ = taken_.load();
      }
      reply(std::move(response));
    };
  }

  static ServerOptions one_thread() {
    ServerOptions options;
    options.threads = 1;
    return options;
  }
  /// Takes `count` steps, of which every third shows something.
  std::function<bool(std::string&)> steps(int count) {
    return [this, count, i = 0](std::string& piece) mutable {
      if (i % 3 == 0) piece = std::to_string(i) + ";";
      ++taken_;
      return i++ < count;
    };
  }

  std::function<bool(std::string&)> step_;
  std::atomic<int> taken_ = 0;
  std::atomic<int> asked_at_ = -1;
  std::atomic<int> gone_ = 0;
  TestServer server_{one_thread()};
};

TEST_F(Gathering, TheBodyIsWholeAndHasALength) {
  step_ = steps(10);
  Client client(server_.port());
  client.send(get("/slow") + get("/next"));
  const Answer answer = client.answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "0;3;6;9;");
  EXPECT_EQ(answer.header("Content-Length"), "8");
  EXPECT_EQ(answer.header("Transfer-Encoding"), "");
  EXPECT_EQ(client.answer().body, "/next");
  client.send("HEAD /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.answer(true).header("Content-Length"), "8");
  EXPECT_EQ(client.ask("GET /slow HTTP/1.0\r\n\r\n").header("Content-Length"), "8");
  EXPECT_EQ(gone_, 3);
}

TEST_F(Gathering, OthersHaveTheirTurnBetweenSteps) {
  Client other(server_.port());
  EXPECT_EQ(other.ask(get("/before")).status, 200);
  constexpr int kMany = 100'000;
  constexpr int kAsks = 1000;
  step_ = [&other, step = steps(kMany), i = 0](std::string& piece) mutable {
    if (++i == kAsks) other.send(get("/other"));
    return step(piece);
  };
  Client client(server_.port());
  client.send(get("/slow"));
  EXPECT_EQ(other.answer().body, "/other");
  EXPECT_LE(asked_at_, kAsks + 10) << "however many there are to come";
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_GT(taken_, kMany);
}

TEST_F(Gathering, NobodyWorksForAClientThatIsGone) {
  step_ = [](std::string&) { return true; };
  for (int i = 0; i < 2; ++i) {
    Client client(server_.port());
    client.send(get("/slow"));
    EXPECT_TRUE(soon([&] { return server_->counts().open == 1; }));
    i == 0 ? client.close() : client.reset();
    EXPECT_TRUE(soon([&] { return gone_ == i + 1; }));
    EXPECT_TRUE(soon([&] { return server_->counts().open == 0; }));
  }
}

TEST_F(Gathering, WhatFailsIsToldByItsStatus) {
  step_ = [i = 0](std::string& piece) mutable {
    if (i++ == 3) throw std::runtime_error("no more");
    piece = "lost";
    return true;
  };
  Client client(server_.port());
  const Answer answer = client.ask(get("/slow"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_NE(answer.body.find("could not be answered"), std::string::npos) << answer.body;
  EXPECT_EQ(client.ask(get("/next")).body, "/next");
}

TEST_F(Gathering, IsFinishedWhenTheServerEnds) {
  std::atomic<bool> ends = false;
  step_ = [&, step = steps(4)](std::string& piece) mutable {
    if (ends) return step(piece);
    ++taken_;
    return true;
  };
  Client client(server_.port());
  client.send(get("/slow"));
  EXPECT_TRUE(soon([&] { return taken_ > 0; }));
  server_->stop(20s);
  ends = true;
  const Answer answer = client.answer();
  EXPECT_EQ(answer.body, "0;3;");
  EXPECT_EQ(answer.header("Content-Length"), "4");
  EXPECT_TRUE(client.at_end());
}

TEST_F(Gathering, PatienceEnds) {
  step_ = [this](std::string&) {
    ++taken_;
    return true;
  };
  Client client(server_.port());
  client.send(get("/slow"));
  EXPECT_TRUE(soon([&] { return taken_ > 0; }));
  server_.stop(1ms);
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(gone_, 1);
}

}  // namespace
}  // namespace tercet::http
