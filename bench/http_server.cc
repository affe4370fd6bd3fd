// The server alone, for bench/http_bench.sh: answers everything with the same 697 bytes until it is
// told to stop. Prints its port.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "http/server.h"

namespace {

namespace http = tercet::http;

class Constant final : public http::Service {
 public:
  void answer(const http::Request&, http::Reply reply) override {
    http::Response response;
    response.body = body_;
    reply(std::move(response));
  }
  std::unique_ptr<http::SocketHandler> open_socket(const http::Request&,
                                                   std::shared_ptr<http::Socket>) override {
    return nullptr;
  }

 private:
  const std::string body_ = '"' + std::string(695, 'x') + '"';  // As long as a list of five.
};

}  // namespace

int main(int argc, char** argv) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // In all threads: one waits for it.

  http::ServerOptions options;
  options.threads = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 2;
  Constant service;
  auto server = http::Server::listen(options, service);
  if (!server.ok()) {
    std::fprintf(stderr, "%s\n", server.error().message.c_str());
    return 1;
  }
  std::printf("%d\n", (*server)->port());
  std::fflush(stdout);
  const std::jthread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    (*server)->stop(std::chrono::seconds(1));
  });
  (*server)->run();
  return 0;
}
