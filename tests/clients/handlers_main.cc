// The handlers without a server, for clients_test.py: requests come in on standard input, one
// after the other, as "METHOD PATH LENGTH\n" and a body; answers go out as "STATUS LENGTH TYPE\n"
// and theirs.
#include <fmt/format.h>

#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "serve/answer.h"
#include "serve/handlers.h"

namespace {

using namespace tercet;

http::Method method_of(const std::string& name) {
  if (name == "GET") return http::Method::kGet;
  return name == "POST" ? http::Method::kPost : http::Method::kOther;
}

std::string whole_body(http::Response& response) {
  std::string body = std::move(response.body);
  std::string piece;
  while (response.stream != nullptr && response.stream->next(piece)) body += piece;
  return body;
}

void answer_all(const serve::Models& models) {
  std::string method;
  std::string path;
  std::size_t length = 0;
  while (std::cin >> method >> path >> length) {
    std::string body(length, ' ');
    std::cin.get();
    std::cin.read(body.data(), static_cast<std::streamsize>(length));
    http::Request request;
    request.method = method_of(method);
    request.path = path;
    request.body = body;
    auto response = serve::answer_client(models, request);
    if (!response) response = serve::error_answer(404, "invalid_request_error", "no such path");
    const std::string out = whole_body(*response);
    std::cout << response->status << ' ' << out.size() << ' ' << response->content_type << '\n'
              << out << std::flush;
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<serve::OpenedModel> opened;
  for (int i = 1; i < count; ++i) {
    auto model = Model::open(arguments[i]);
    if (!model.ok()) return std::cerr << model.error().message << '\n', 1;
    opened.push_back({arguments[i], std::move(*model)});
  }
  auto models = serve::Models::make(std::move(opened));
  if (!models.ok()) return std::cerr << models.error().message << '\n', 1;
  answer_all(*models);
}
