// Clients that are wrong, slow, greedy or dead.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/server.h"
#include "http/testing.h"

namespace tercet::http {
namespace {

ServerOptions for_four() {
  ServerOptions options;
  options.most_connections = 4;
  return options;
}

ServerOptions small() {
  ServerOptions options;
  options.most_header_bytes = 1024;
  options.most_body_bytes = 10'000;
  return options;
}

/// Refused with this status, as JSON, and then the connection is closed.
void expect_refused(Client& client, int status, const std::string& what) {
  const Answer answer = client.answer();
  EXPECT_EQ(answer.status, status) << what;
  EXPECT_EQ(answer.header("Content-Type"), "application/json") << what;
  EXPECT_EQ(answer.header("Connection"), "close") << what;
  EXPECT_TRUE(answer.body.starts_with(R"({"error":{"message":")")) << what;
  EXPECT_TRUE(client.at_end()) << what;
}

TEST(Malformed, IsRefused) {
  TestServer server;
  std::uint64_t refused = 0;
  const std::vector<std::pair<std::string, int>> requests = {
      {"\r\n\r\n", 400},
      {"GARBAGE\r\n\r\n", 400},
      {std::string("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", 11), 400},
      {"GET / FTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/x\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
      {"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /../x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n",
       501},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\n", 417},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n", 415},
  };
  for (const auto& [request, status] : requests) {
    Client client(server.port());
    client.send(request);
    expect_refused(client, status, request);
    EXPECT_EQ(server->counts().refused, ++refused);
  }
}

TEST(Malformed, EndsTooEarly) {
  TestServer server;
  for (const char* request :
       {"G", "GET / HTTP/1.1\r\nHost: a\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"}) {
    Client client(server.port());
    client.send(request);
    client.end_writing();
    expect_refused(client, 400, request);
  }
  Client silent(server.port());
  silent.end_writing();
  EXPECT_TRUE(silent.at_end());
}

TEST(Malformed, SpoilsNothingBeforeIt) {
  TestServer server;
  Client client(server.port());
  client.send(get("/good") + "bad\r\n\r\n" + get("/never"));
  EXPECT_EQ(client.answer().body, "/good||");
  expect_refused(client, 400, "bad");
}

TEST(Limits, OfTheHead) {
  TestServer server(small());
  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  Client fits(server.port());
  EXPECT_EQ(fits.ask(start + std::string(900, 'x') + "\r\n\r\n").status, 200);
  for (const std::string& head :
       {start + std::string(2000, 'x') + "\r\n\r\n", start + std::string(2'000'000, 'x'),
        "GET /" + std::string(2000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n",
        std::string(5000, 'G')}) {
    Client client(server.port());
    client.send(head);
    const Answer answer = client.answer();
    EXPECT_TRUE(answer.status == 431 || (head[1] == 'G' && answer.status == 400)) << answer.status;
    EXPECT_TRUE(client.at_end());
  }
  Client flood(server.port());
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 500; ++i) many += "X" + std::to_string(i) + ": y\r\n";
  flood.send(many + "\r\n");
  expect_refused(flood, 431, "many headers");
  Client chunks(server.port());
  chunks.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
              std::string(200'000, 'x'));
  expect_refused(chunks, 431, "an endless chunk extension");
}

TEST(Limits, OfTheBody) {
  TestServer server(small());
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\n";
  Client fits(server.port());
  EXPECT_EQ(fits.ask(start + "Content-Length: 10000\r\n\r\n" + std::string(10'000, 'x')).status,
            200);
  Client announced(server.port());
  announced.send(start + "Content-Length: 10001\r\n\r\n");
  expect_refused(announced, 413, "announced");
  Client asks(server.port());
  asks.send(start + "Content-Length: 10001\r\nExpect: 100-continue\r\n\r\n");
  expect_refused(asks, 413, "asked before it was sent");
  // The answer is there to be read although all of the body was sent.
  Client sent(server.port());
  EXPECT_TRUE(sent.send(start + "Content-Length: 10000000\r\n\r\n" + std::string(10'000'000, 'x')));
  expect_refused(sent, 413, "sent");
  Client chunked(server.port());
  std::string chunks = start + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunks += "400\r\n" + std::string(1024, 'x') + "\r\n";
  chunked.send(chunks);
  expect_refused(chunked, 413, "chunked");
  Client huge(server.port());
  huge.send(start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n");
  expect_refused(huge, 413, "a chunk that is larger than all memory");
}

TEST(Limits, OfTheTimeOfARequest) {
  ServerOptions options;
  options.request_time = 200ms;
  TestServer server(options);
  Client silent(server.port());
  for (const char* begin : {"G", "GET / HTTP/1.1\r\nHost: a\r\nX",
                            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"}) {
    Client client(server.port());
    const auto start = std::chrono::steady_clock::now();
    client.send(begin);
    expect_refused(client, 408, begin);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 200ms);
  }
  Client dripping(server.port());  // Slow loris: always a byte more, never the end.
  std::jthread drops([&](const std::stop_token& enough) {
    dripping.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
    while (!enough.stop_requested() && dripping.send("x")) std::this_thread::sleep_for(5ms);
  });
  expect_refused(dripping, 408, "dripping");
  drops.request_stop();
  drops.join();
  EXPECT_EQ(silent.ask(get("/")).status, 200) << "its time has not begun";
}

TEST(Limits, OfTheTimeWithoutOne) {
  ServerOptions options;
  options.idle_time = 200ms;
  TestServer server(options);
  Client fresh(server.port());
  Client used(server.port());
  EXPECT_EQ(used.ask(get("/")).status, 200);
  EXPECT_TRUE(fresh.at_end());
  EXPECT_TRUE(used.at_end());
  EXPECT_EQ(server->counts().refused, 0U);
  // Who does not take the answer leaves, too.
  server.service.on_request = [](const Request&, const Reply& reply) {
    Response response;
    response.body.resize(50'000'000);
    reply(std::move(response));
  };
  Client greedy(server.port(), 4096);
  greedy.send(get("/"));
  EXPECT_TRUE(soon([&] { return server->counts().open == 1; }));
  EXPECT_TRUE(soon([&] { return server->counts().open == 0; }));
}

TEST(Limits, LeaveTimeToWhoReadsSlowly) {
  ServerOptions options;
  options.idle_time = 600ms;
  TestServer server(options);
  server.service.on_request = [](const Request&, const Reply& reply) {
    Response response;
    response.body.resize(20'000'000);
    reply(std::move(response));
  };
  Client slow(server.port(), 4096);
  slow.send("GET / HTTP/1.0\r\n\r\n");
  std::size_t size = 0;
  for (int i = 0; i < 12; ++i) {  // 1.2 s
    size += slow.read(1'000'000).size();
    std::this_thread::sleep_for(100ms);
  }
  size += slow.read_to_end().size();
  EXPECT_GT(size, 20'000'000U);
}

TEST(Limits, OfTheTimeForLeaving) {
  TestServer server;
  Client stays(server.port());
  stays.send("bad\r\n\r\n");
  EXPECT_EQ(stays.answer().status, 400);
  EXPECT_TRUE(soon([&] { return server->counts().open == 0; })) << "though it has not hung up";
}

TEST(Limits, OfConnections) {
  TestServer server(for_four());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    EXPECT_EQ(clients.back()->ask(get("/")).status, 200);
  }
  Client extra(server.port());
  extra.send(get("/"));
  expect_refused(extra, 503, "one too many");
  Client silent(server.port());
  expect_refused(silent, 503, "one too many, before it said anything");
  EXPECT_EQ(server->counts().refused, 2U);
  EXPECT_EQ(clients.front()->ask(get("/")).status, 200);
  clients.clear();
  extra.close();
  silent.close();
  EXPECT_TRUE(soon([&] { return server->counts().open == 0; }));
  Client again(server.port());
  EXPECT_EQ(again.ask(get("/")).status, 200);
}

TEST(Limits, OfConnectionsThatAreToldSo) {
  TestServer server(for_four());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  EXPECT_TRUE(soon([&] { return server->counts().connections == 100; }));
  EXPECT_LE(server->counts().open, 4U + 64U);
  EXPECT_EQ(server->counts().refused, 96U);
}

TEST(Idle, ConnectionsChangeNothing) {
  TestServer server;
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 300; ++i) idle.push_back(std::make_unique<Client>(server.port()));
  EXPECT_TRUE(soon([&] { return server->counts().open == 300; }));
  Client client(server.port());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.ask(get("/")).status, 200);
  EXPECT_EQ(idle.back()->ask(get("/")).status, 200);
}

}  // namespace
}  // namespace tercet::http
