// Any bytes as what a client sends: the request reader in two ways of cutting them, the routes and
// the guard with what it reads, and the bytes as target and as query.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/guard.h"
#include "http/request_reader.h"
#include "http/routes.h"
#include "http/target.h"
#include "http_promise.h"
#include "promise.h"

namespace {

namespace http = tercet::http;
using tercet::fuzz::check_head;
using tercet::fuzz::is_valid;
using tercet::fuzz::require;
using Progress = http::RequestReader::Progress;

constexpr std::size_t kMostHeaderBytes = 512;
constexpr std::size_t kMostBodyBytes = 256;

void check_path(std::string_view path) {
  require(path.starts_with('/'), "a path begins with /");
  require(is_valid(path), "a path is valid UTF-8");
  require(path.find('\\') == std::string_view::npos, "a path has no backslash");
  require(std::none_of(path.begin(), path.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
          "a path has no control characters");
  require((std::string(path) + "/").find("/../") == std::string::npos, "a path stays below /");
}

http::RouteTable routes() {
  http::RouteTable table;
  const auto handler = [](const http::Request& request, const http::Reply& reply) {
    http::Response response;
    response.headers.emplace_back("X-Path", request.path);
    reply(std::move(response));
  };
  table.add(http::Method::kGet, "/", handler);
  table.add(http::Method::kPost, "/a", handler);
  table.add(http::Method::kGet, "/a/b/", handler);
  return table;
}

void check_answers(const http::Request& request) {
  static const http::RouteTable table = routes();
  static const http::GuardOptions options{
      {"name.example"}, {"https://friend.example"}, {"key"}, {"/open/"}};
  http::RateLimiter limiter(1, 1, 1);
  int answers = 0;
  const auto take = [&](http::Response response) {
    ++answers;
    http::add_guard_headers(request, options, response);
    check_head(response);
  };
  static const http::SignIns sign_ins;
  auto refused = http::guard_origin(request, options);
  if (!refused) refused = http::guard_key(request, options, sign_ins, limiter, {});
  if (refused) {
    take(std::move(*refused));
  } else {
    require(http::is_host_allowed(request, options), "who is let in knows our name");
    require(http::is_origin_allowed(request, options), "no foreign page is let in");
    table.answer(request, take);
  }
  require(answers == 1, "there is one answer");
}

struct Seen {
  std::vector<std::string> requests;
  bool refused = false;
};

/// What a connection would see of these bytes, if they came `step` at a time.
Seen read(std::string_view bytes, std::size_t step) {
  Seen seen;
  http::RequestReader reader(kMostHeaderBytes, kMostBodyBytes);
  boost::beast::flat_buffer buffer;
  while (!bytes.empty() || buffer.size() != 0) {
    const std::size_t size = std::min(step, bytes.size());
    buffer.commit(
        boost::asio::buffer_copy(buffer.prepare(size), boost::asio::buffer(bytes.data(), size)));
    bytes.remove_prefix(size);
    const Progress progress = reader.read(buffer);
    if (progress == Progress::kRefused) {
      const unsigned status = reader.refusal().status;
      require(status >= 400 && status < 600, "a refusal has a status");
      seen.refused = true;
      return seen;
    }
    if (progress == Progress::kDone) {
      const http::Request& request = reader.request();
      check_path(request.path);
      require(request.body.size() <= kMostBodyBytes, "a body keeps its limit");
      check_answers(request);
      seen.requests.push_back(std::string(request.path) + '?' + std::string(request.query) + ' ' +
                              std::string(request.body));
      for (const auto& [name, value] : request.headers)
        seen.requests.back() += '\n' + std::string(name) + ':' + std::string(value);
      reader.begin();
    } else if (size == 0) {
      return seen;  // It would wait for more.
    }
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Seen whole = read(bytes, bytes.size() + 1);
  const Seen pieces = read(bytes, 1);
  // In pieces, what is too long is seen before its end is there, and what is wrong is not.
  require(whole.refused || pieces.refused || whole.requests.size() == pieces.requests.size(),
          "as many requests, however they come");
  const auto common =
      static_cast<std::ptrdiff_t>(std::min(whole.requests.size(), pieces.requests.size()));
  require(
      std::equal(whole.requests.begin(), whole.requests.begin() + common, pieces.requests.begin()),
      "the same requests, however they come");

  const auto target = http::parse_target(bytes);
  if (target.ok()) {
    check_path(target->path);
    const auto value = http::query_value(target->query, "a");
    require(!value || is_valid(*value), "values are valid UTF-8");
  }
  const std::size_t space = std::min(bytes.find(' '), bytes.size());
  const auto value =
      http::query_value(bytes.substr(std::min(space + 1, bytes.size())), bytes.substr(0, space));
  require(!value || is_valid(*value), "values are valid UTF-8");
  return 0;
}
