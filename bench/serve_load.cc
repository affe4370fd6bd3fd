// One client that waits for each answer, as a person's editor does: what a suggestion takes over
// HTTP and over a WebSocket, beside the same server's constant answer and the engine's own time.
// Usage: serve_load PORT TEXT [ROUNDS [IDLE]]; IDLE connections more are open and say nothing.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"
#include "json/writer.h"
#include "text/utf8.h"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kAskedPerRound = 2000;
constexpr std::size_t kWarmUp = 200;
constexpr std::size_t kShortest = 20;  // Of the texts asked about, in bytes.
constexpr std::size_t kLongest = 200;

struct Times {
  const char* name;
  std::vector<double> asked;   // Microseconds from question to answer.
  std::vector<double> engine;  // What the answer says of itself.
};

double at(std::vector<double>& times, double share) {
  if (times.empty()) return 0;
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

double microseconds_in(std::string_view answer) {
  const auto value = tercet::json::parse(answer);
  double out = 0;
  const auto* field = value ? value->find("microseconds") : nullptr;
  if (field == nullptr || !field->number(out)) throw std::runtime_error(std::string(answer));
  return out;
}

class HttpClient {
 public:
  HttpClient(asio::io_context& context, std::uint16_t port)
      : host_("127.0.0.1:" + std::to_string(port)), socket_(context) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(Tcp::no_delay(true));
  }
  const std::string& ask(http::verb method, const char* path, std::string body) {
    http::request<http::string_body> request(method, path, 11, std::move(body));
    request.set(http::field::host, host_);
    request.set(http::field::content_type, "application/json");
    request.prepare_payload();
    response_ = {};
    http::write(socket_, request);
    http::read(socket_, buffer_, response_);
    if (response_.result() != http::status::ok) throw std::runtime_error(response_.body());
    return response_.body();
  }

 private:
  std::string host_;
  Tcp::socket socket_;
  beast::flat_buffer buffer_;
  http::response<http::string_body> response_;
};

class SessionClient {
 public:
  SessionClient(asio::io_context& context, std::uint16_t port) : stream_(context) {
    stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
    stream_.next_layer().set_option(Tcp::no_delay(true));
    stream_.handshake("127.0.0.1:" + std::to_string(port), "/api/session");
  }
  std::string ask(std::string_view message) {
    stream_.write(asio::buffer(message));
    for (;;) {
      buffer_.clear();
      stream_.read(buffer_);
      std::string answer = beast::buffers_to_string(buffer_.data());
      if (answer.find("\"microseconds\"") != std::string::npos) return answer;
    }
  }

 private:
  beast::websocket::stream<Tcp::socket> stream_;
  beast::flat_buffer buffer_;
};

template <class Ask>
void measure(Times& times, std::size_t count, Ask&& ask) {
  for (std::size_t i = 0; i < count + kWarmUp; ++i) {
    const auto question = ask.next();
    const auto start = Clock::now();
    const std::string answer = ask(question);
    const double took = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
    if (i < kWarmUp) continue;
    times.asked.push_back(took);
    if (ask.kHasEngine) times.engine.push_back(microseconds_in(answer));
  }
}

std::string suggest_body(std::string_view before) {
  tercet::json::Writer json;
  return json.begin_object().field("before", before).field("count", 5).end_object().text();
}

struct Constant {
  static constexpr bool kHasEngine = false;
  HttpClient& client;
  std::string next() { return {}; }
  std::string operator()(const std::string&) { return client.ask(http::verb::get, "/livez", {}); }
};

/// Lines of the text, key by key.
class Keys {
 public:
  explicit Keys(std::string_view text) : text_(text) {}
  /// The line so far; a new one begins after kLongest bytes.
  std::string_view press() {
    if (end_ == text_.size()) end_ = 0;
    if (end_ == 0 || end_ - begin_ >= kLongest) begin_ = end_;
    key_ = end_;
    tercet::text::next_code_point(text_, end_);
    return text_.substr(begin_, end_ - begin_);
  }
  std::string_view key() const { return text_.substr(key_, end_ - key_); }
  bool begins() const { return key_ == begin_; }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t key_ = 0;
  std::size_t end_ = 0;
};

struct Typed {
  static constexpr bool kHasEngine = true;
  HttpClient& client;
  Keys& keys;
  std::string next() { return suggest_body(keys.press()); }
  std::string operator()(const std::string& body) {
    return client.ask(http::verb::post, "/api/suggest", body);
  }
};

/// Somewhere else in the text each time.
struct Elsewhere {
  static constexpr bool kHasEngine = true;
  HttpClient& client;
  std::string_view text;
  std::mt19937_64& random;
  std::string next() {
    const std::size_t end = boundary(kLongest + random() % (text.size() - kLongest));
    const std::size_t begin = boundary(end - kShortest - random() % (kLongest - kShortest));
    return suggest_body(text.substr(begin, end - begin));
  }
  /// Where the code point at an offset begins.
  std::size_t boundary(std::size_t offset) const {
    return tercet::text::previous_code_point(text, offset + 1);
  }
  std::string operator()(const std::string& body) {
    return client.ask(http::verb::post, "/api/suggest", body);
  }
};

struct Session {
  static constexpr bool kHasEngine = true;
  SessionClient& client;
  Keys& keys;
  std::string next() {
    keys.press();
    tercet::json::Writer json;
    if (keys.begins()) {
      json.begin_object().field("type", "open").field("before", keys.key());
    } else {
      json.begin_object().field("type", "edit").field("insert", keys.key());
    }
    return json.end_object().text();
  }
  std::string operator()(const std::string& message) { return client.ask(message); }
};

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (text.size() < 10 * kLongest) throw std::runtime_error(std::string(path) + ": too short");
  return text;
}

void print(std::vector<Times>& all) {
  const double constant = at(all[0].asked, 0.5);
  std::puts("microseconds                      median      p99   x constant   engine   x engine");
  for (Times& times : all) {
    const double median = at(times.asked, 0.5);
    std::printf("%-32s %7.1f %8.1f %12.2f", times.name, median, at(times.asked, 0.99),
                median / constant);
    if (times.engine.empty()) {
      std::puts("");
    } else {
      const double engine = at(times.engine, 0.5);
      std::printf(" %8.1f %10.2f\n", engine, median / engine);
    }
  }
}

void run(std::uint16_t port, const std::string& text, std::size_t rounds, std::size_t idle) {
  asio::io_context context;
  std::vector<Tcp::socket> silent;
  for (std::size_t i = 0; i < idle; ++i)
    silent.emplace_back(context).connect({asio::ip::address_v4::loopback(), port});
  HttpClient client(context, port);
  SessionClient session(context, port);
  Keys typed(text);
  Keys written(text);
  std::mt19937_64 random(1);
  std::vector<Times> all{{"constant, GET /livez", {}, {}},
                         {"/api/suggest, key by key", {}, {}},
                         {"/api/suggest, another text", {}, {}},
                         {"WebSocket, key by key", {}, {}}};
  for (std::size_t round = 0; round < rounds; ++round) {
    measure(all[0], kAskedPerRound, Constant{client});
    measure(all[1], kAskedPerRound, Typed{client, typed});
    measure(all[2], kAskedPerRound, Elsewhere{client, text, random});
    measure(all[3], kAskedPerRound, Session{session, written});
  }
  std::printf("1 connection, %zu idle ones, %zu questions of each kind\n", idle,
              rounds * kAskedPerRound);
  print(all);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: serve_load PORT TEXT [ROUNDS [IDLE]]\n", stderr);
    return 2;
  }
  try {
    run(static_cast<std::uint16_t>(std::atoi(argv[1])), read(argv[2]),
        argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 5,
        argc > 4 ? std::strtoul(argv[4], nullptr, 10) : 0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "serve_load: %s\n", error.what());
    return 1;
  }
  return 0;
}
