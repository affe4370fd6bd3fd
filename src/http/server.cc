#include "http/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "http/loop.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// How many connections beyond the limit are told so; the rest is closed without a word.
constexpr std::uint64_t kMostTurnedAway = 64;
constexpr std::chrono::milliseconds kPauseOfAccepting{100};

/// Listening sockets that share a port would also share it with another server of this person, and
/// each would get half of the connections. One that does not share finds out.
error_code find_rival(const Tcp::endpoint& endpoint) {
  asio::io_context context;
  Tcp::acceptor probe(context);
  error_code error;
  probe.open(endpoint.protocol(), error);
  if (!error) probe.set_option(Tcp::acceptor::reuse_address(true), error);
  if (!error) probe.bind(endpoint, error);
  return error;
}

Error listen_error(const ServerOptions& options, const error_code& error) {
  std::string remedy = "choose another address or port";
  if (error == asio::error::address_in_use)
    remedy = "another program listens there: stop it, or choose another port";
  if (error == asio::error::access_denied)
    remedy = "ports below 1024 belong to the administrator: choose another port";
  if (error == error_code(EADDRNOTAVAIL, boost::system::system_category()))
    remedy = "this is no address of this machine: take one of its own, or 127.0.0.1";
  return core::io_error(fmt::format("cannot listen on address {} port {}: {}; {}", options.address,
                                    options.port, error.message(), remedy));
}

constexpr std::chrono::microseconds kAwake{50};

/// Often enough that no limit is overrun by much more than an eighth.
std::chrono::milliseconds watch_interval(const ServerOptions& options) {
  return std::clamp(std::min(options.request_time, options.idle_time) / 8,
                    std::chrono::milliseconds(5), std::chrono::milliseconds(1000));
}

}  // namespace

Loop::Loop(std::shared_ptr<Common> shared)
    : common(std::move(shared)),
      acceptor_(context),
      accept_timer_(context),
      watch_timer_(context),
      patience_timer_(context) {}

error_code Loop::listen(const Tcp::endpoint& endpoint) {
  error_code error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(TcpAcceptor::reuse_address(true), error);
  if (!error) acceptor_.set_option(ReusePort(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

void Loop::run() {
  asio::post(context, [this] {
    if (stopping_) return;
    accept();
    watch_time();
  });
  // A client that has just been answered often asks again at once, and to be woken takes longer
  // than most answers do: for so long it is waited for awake.
  Clock::time_point last = Clock::now();
  while (!context.stopped()) {
    const bool is_awake = Clock::now() - last < kAwake;
    const std::size_t done = is_awake ? context.poll() : context.run_one();
    if (done > 0) {
      last = Clock::now();
    } else if (is_awake) {
      std::this_thread::yield();
    }
  }
}

void Loop::accept() {
  acceptor_.async_accept([this](const error_code& error, TcpSocket socket) {
    if (stopping_) return;
    if (!error) {
      accepted(std::move(socket));
      return accept();
    }
    // No more file handles, perhaps: others may give some back.
    accept_timer_.expires_after(kPauseOfAccepting);
    accept_timer_.async_wait([this](const error_code&) {
      if (!stopping_) accept();
    });
  });
}

void Loop::accepted(TcpSocket socket) {
  error_code error;
  socket.set_option(Tcp::no_delay(true), error);
  if (error) return;  // The client is gone already.
  ++common->connections;
  const std::uint64_t most = common->options.most_connections;
  const std::uint64_t before = common->open++;
  if (before < most) return serve(*this, std::move(socket));
  ++common->refused;
  if (before < most + kMostTurnedAway) return turn_away(*this, std::move(socket));
  --common->open;
}

template <class Function>
void Loop::for_peers(Function function) {
  const std::vector<std::shared_ptr<Peer>> peers(peers_.begin(), peers_.end());  // Some may leave.
  for (const auto& peer : peers) function(*peer);
}

void Loop::watch_time() {
  watch_timer_.expires_after(watch_interval(common->options));
  watch_timer_.async_wait([this](const error_code& error) {
    if (error) return;
    const auto now = Clock::now();
    for_peers([now](Peer& peer) { peer.check_time(now); });
    if (!stopping_ || !peers_.empty()) watch_time();
  });
}

void Loop::remove(const std::shared_ptr<Peer>& peer) {
  peers_.erase(peer);
  if (!stopping_ || !peers_.empty()) return;
  watch_timer_.cancel();  // Nothing is left to run for.
  patience_timer_.cancel();
}

void Loop::stop(std::chrono::milliseconds patience) {
  asio::post(context, [this, patience] { begin_stop(patience); });
}

void Loop::begin_stop(std::chrono::milliseconds patience) {
  stopping_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  accept_timer_.cancel();
  for_peers([](Peer& peer) { peer.stop(); });
  if (peers_.empty()) {
    watch_timer_.cancel();
    return;
  }
  patience_timer_.expires_after(patience);
  patience_timer_.async_wait([this](const error_code& error) {
    if (!error) for_peers([](Peer& peer) { peer.drop(); });
  });
}

struct Server::Impl {
  std::shared_ptr<Common> common;
  std::vector<std::shared_ptr<Loop>> loops;
  std::uint16_t port = 0;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(const ServerOptions& options, Service& service) {
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    return core::invalid_argument(fmt::format(
        "cannot listen on {}: not an IP address; write 127.0.0.1, for example", options.address));
  Tcp::endpoint endpoint(address, options.port);
  if (options.port != 0) error = find_rival(endpoint);
  if (error) return listen_error(options, error);

  auto impl = std::make_unique<Impl>();
  impl->common.reset(new Common{options, service});
  const unsigned threads =
      options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  for (unsigned thread = 0; thread < threads; ++thread) {
    impl->loops.push_back(std::make_shared<Loop>(impl->common));
    error = impl->loops.back()->listen(endpoint);
    if (error) return listen_error(options, error);
    endpoint = impl->loops.back()->endpoint();  // If any port would do, the others take the same.
  }
  impl->port = endpoint.port();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const noexcept { return impl_->port; }

void Server::run() {
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < impl_->loops.size(); ++i)
    threads.emplace_back([loop = impl_->loops[i]] { loop->run(); });
  impl_->loops.front()->run();
}

void Server::stop(std::chrono::milliseconds patience) {
  for (const auto& loop : impl_->loops) loop->stop(patience);
}

ServerCounts Server::counts() const noexcept {
  const Common& common = *impl_->common;
  return {common.connections, common.open, common.sockets, common.refused};
}

}  // namespace tercet::http
