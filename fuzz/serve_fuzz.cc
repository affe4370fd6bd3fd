// Any bytes as what clients ask of the real routes: a whole request, the body and query of one of
// them, or the messages of a typing session, with small models and a store of its own. Whatever it
// is, there is one answer, as docs/API.md has it.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/request_reader.h"
#include "http_promise.h"
#include "json/value.h"
#include "promise.h"
#include "serve/clock.h"
#include "serve/handlers.h"
#include "serve/models.h"
#include "serve/scribe.h"
#include "serve/service.h"
#include "serve/typing_session.h"
#include "small_models.h"

namespace {

namespace http = tercet::http;
namespace json = tercet::json;
namespace serve = tercet::serve;
using tercet::fuzz::is_valid;
using tercet::fuzz::require;
using tercet::fuzz::require_ok;

constexpr std::size_t kMostPieces = 64;  // Of a stream: then the client leaves.

const serve::Models& models() {
  static const serve::Models made = [] {
    static const auto files = [] {
      auto all = tercet::fuzz::models_of_languages();
      all.push_back(std::move(tercet::fuzz::small_models()[1]));
      return all;
    }();
    constexpr std::array<const char*, 3> kNames = {"en.tct", "ru.tct", "plain.tct"};
    std::vector<serve::OpenedModel> opened;
    for (std::size_t i = 0; i < files.size(); ++i) {
      auto model = tercet::Model::from_bytes(files[i]);
      require_ok(model, "a small model opens");
      opened.push_back({kNames[i], std::move(*model)});
    }
    auto result = serve::Models::make(std::move(opened));
    require_ok(result, "models are served");
    return std::move(*result);
  }();
  return made;
}

/// A folder for one input's store, which somebody has written into before.
class Place {
 public:
  Place() {
    std::filesystem::copy_file(taught() / kName, folder_ / kName);
    auto opened = serve::Scribe::open(folder_ / kName);
    require_ok(opened, "a store opens");
    scribe = std::move(*opened);
  }
  ~Place() {
    scribe.reset();
    std::filesystem::remove_all(folder_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  std::unique_ptr<serve::Scribe> scribe;

 private:
  static constexpr const char* kName = "person.db";

  static std::filesystem::path make_folder() {
    auto name = (std::filesystem::temp_directory_path() / "tercet-serve.XXXXXX").native();
    require(::mkdtemp(name.data()) != nullptr, "there is room for a store");
    return name;
  }
  static const std::filesystem::path& taught() {
    static const std::filesystem::path folder = [] {
      auto made = make_folder();
      auto store = tercet::Store::open(made / kName, {.create = true});
      require_ok(store, "a store is made");
      for (const std::int64_t time : {1000, 2000}) {
        constexpr std::array<std::string_view, 5> kWords = {"The", "zqx", "sat", "zqx", "again"};
        const auto lesson = store->begin_lesson("page", "en", time);
        require_ok(store->put_sentence(*lesson, 0, kWords), "a sentence is put");
      }
      return made;
    }();
    return folder;
  }

  std::filesystem::path folder_ = make_folder();
};

void check_json(std::string_view text) {
  const auto value = json::parse(text);
  require_ok(value, "JSON is JSON");
}

void check_error(const http::Response& response) {
  require(response.content_type == "application/json", "an error is JSON");
  const auto body = json::parse(response.body);
  require_ok(body, "an error is JSON");
  const json::Value* const error = body->find("error");
  require(error != nullptr && error->object() != nullptr, "an error has one shape");
  std::string names;
  for (const auto& [name, value] : *error->object()) names += name + ' ';
  require(names == "message type param code ", "an error has one shape");
  const std::string* const message = error->find("message")->string();
  require(message != nullptr && !message->empty(), "an error says what is wrong");
}

void check_stream(http::Response& response) {
  const bool events = response.content_type == "text/event-stream";
  std::string piece;
  for (std::size_t i = 0; i < kMostPieces && response.stream->next(piece); ++i) {
    require(is_valid(piece), "what is streamed is UTF-8");
    if (!events || piece.empty()) continue;
    require(piece.starts_with("data: ") && piece.ends_with("\n\n"), "an event is a line of data");
    const std::string_view data = std::string_view(piece).substr(6, piece.size() - 8);
    if (data != "[DONE]") check_json(data);
  }
}

/// Waits for the answer, from whatever thread.
void ask(serve::Service& service, const http::Request& request) {
  const auto answer = std::make_shared<std::promise<http::Response>>();
  service.answer(request, [answer](http::Response response) {
    answer->set_value(std::move(response));  // Throws if there was one before.
  });
  http::Response response = answer->get_future().get();
  require(response.status >= 200 && response.status < 600, "an answer has a status");
  tercet::fuzz::check_head(response);
  if (response.status >= 400 && request.path != "/readyz") check_error(response);
  if (response.content_type == "application/json" && !response.stream &&
      http::may_have_body(response.status))
    check_json(response.body);
  require(is_valid(response.body), "a body is UTF-8");
  if (response.stream) check_stream(response);
}

serve::Service& incognito() {
  static serve::Service service({}, models(), nullptr);
  return service;
}

/// Requests as a connection would take them from these bytes, one after the other.
void ask_whatever_it_says(std::string_view bytes) {
  http::RequestReader reader(16UL * 1024, 64UL * 1024);
  boost::beast::flat_buffer buffer;
  buffer.commit(boost::asio::buffer_copy(buffer.prepare(bytes.size()),
                                         boost::asio::buffer(bytes.data(), bytes.size())));
  while (buffer.size() != 0 && reader.read(buffer) == http::RequestReader::Progress::kDone) {
    ask(incognito(), reader.request());
    reader.begin();
  }
}

struct Route {
  http::Method method;
  std::string_view path;
};

std::vector<Route> routes() {
  using http::Method;
  std::vector<Route> all = {
      {Method::kPost, "/api/suggest"},       {Method::kGet, "/api/info"},
      {Method::kPost, "/api/sign-in"},       {Method::kGet, "/metrics"},
      {Method::kGet, "/api/ledger"},         {Method::kGet, "/api/ledger/stats"},
      {Method::kPost, "/api/ledger/forget"}, {Method::kPost, "/api/ledger/undo"},
      {Method::kGet, "/api/ledger/export"},  {Method::kPost, "/api/ledger/import"},
      {Method::kGet, "/api/ledger/blocks"},  {Method::kPost, "/api/ledger/blocks"},
  };
  for (const serve::ClientRoute& each : serve::client_routes())
    all.push_back({each.method, each.path});
  return all;
}

/// One route gets the bytes as its body and their first line as its query.
void ask_route(const Route& route, std::string_view bytes) {
  http::Request request;
  request.method = route.method;
  request.path = route.path;
  request.query = bytes.substr(0, bytes.find('\n'));
  request.body = bytes;
  request.headers = {{"Host", "localhost"}};
  if (!route.path.starts_with("/api/ledger")) return ask(incognito(), request);
  Place place;
  serve::Service service({}, models(), std::move(place.scribe));
  ask(service, request);
  request.method = http::Method::kGet;
  request.path = "/api/ledger/export";
  ask(service, request);
}

/// Keeps what is sent, and runs what is posted when it is told to.
class Client final : public http::Socket {
 public:
  void send(std::string text) override {
    require(is_valid(text), "messages are UTF-8");
    check_json(text);
    const std::lock_guard lock(mutex_);
    ++sent_;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    if (!closed_) tasks_.push_back(std::move(task));
  }
  void run_posted() {
    for (;;) {
      std::unique_lock lock(mutex_);
      if (tasks_.empty() || closed_) return;
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }
  std::size_t sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }

 private:
  mutable std::mutex mutex_;  // Of all below.
  std::deque<std::function<void()>> tasks_;
  std::size_t sent_ = 0;
  bool closed_ = false;
};

void wait_for(serve::Scribe& scribe) {
  std::promise<void> done;
  scribe.ask([&done](tercet::Store& /*store*/) { done.set_value(); });
  done.get_future().wait();
}

/// Each line is a message; one that begins with '!' is a word that the person forgets elsewhere.
void type(std::string_view lines) {
  static serve::Metrics metrics;
  Place place;
  serve::Scribe& scribe = *place.scribe;
  const auto client = std::make_shared<Client>();
  serve::TypingSession session(client, models().repertoire(), &scribe, metrics);
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.starts_with('!')) {
      scribe.ask([&scribe, word = std::string(line.substr(1))](tercet::Store& store) {
        if (store.forget_word(word, serve::now()).ok()) scribe.begin_edition();
      });
    } else {
      const std::size_t before = client->sent();
      session.message(line);
      if (client->sent() == before) wait_for(scribe);  // It reads for the session.
      client->run_posted();
      require(client->sent() > before, "a message is answered");
    }
  }
  client->close();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Route> kRoutes = routes();
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t choice = data[0] % (kRoutes.size() + 2);
  if (choice == 0) {
    ask_whatever_it_says(bytes);
  } else if (choice == 1) {
    type(bytes);
  } else {
    ask_route(kRoutes[choice - 2], bytes);
  }
  return 0;
}
