#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "browser.h"
#include "command.h"
#include "config_file.h"
#include "core/error.h"
#include "folders.h"
#include "http/server.h"
#include "model_file.h"
#include "prompt_learner.h"
#include "serve/scribe.h"
#include "serve/service.h"
#include "serve_log.h"
#include "service_manager.h"
#include "signal_watch.h"
#include "tercet/model.h"

namespace tercet::cli {
namespace {

constexpr std::uint16_t kPort = 7373;
constexpr std::chrono::seconds kPatience{10};

constexpr const char* kFooter =
    "Answers the page, OpenAI and llama.cpp clients: docs/API.md. Without MODEL it takes every "
    ".tct\n"
    "in tercet/models of $XDG_DATA_HOME (~/.local/share), or else of $XDG_DATA_DIRS.\n"
    "Only this machine may ask, unless --address says otherwise; then a key is needed, which the "
    "page\n"
    "asks for. Each option may stand in the file, too (port = 8080), or in the environment\n"
    "(TERCET_PORT=8080), which counts more; the command line counts most. A stronger --store or\n"
    "--incognito leaves the other one of the file without effect.\n"
    "SIGHUP reads the models again, SIGTERM and Ctrl-C end it when all is answered.\n"
    "Examples:\n"
    "  tercet serve --open\n"
    "  tercet serve en.tct ru.tct\n"
    "  tercet serve en.tct --incognito --port 8080\n"
    "  tercet serve en.tct --address 0.0.0.0 --key-file keys.txt --allow-host my.example.org";

struct Command {
  std::vector<std::filesystem::path> models;
  std::filesystem::path config;
  std::filesystem::path store;
  std::filesystem::path key_file;
  bool incognito = false;
  bool open = false;
  http::ServerOptions server;
  serve::ServiceOptions service;
};

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

/// One per line; blank lines and those that begin with # mean nothing.
Result<std::vector<std::string>> read_keys(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return core::io_error(path.native() + ": cannot be read");
  std::vector<std::string> keys;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty() && line.front() != '#') keys.push_back(line);
  }
  if (keys.empty()) return core::invalid_argument(path.native() + ": holds no key");
  return keys;
}

/// Those that the command names, or that are installed now.
Result<serve::Models> read_models(const Command& command) {
  auto paths = command.models;
  if (paths.empty()) {
    auto installed = installed_models();
    if (!installed) return std::move(installed).error();
    paths = std::move(*installed);
  }
  auto models = open_models(paths);
  if (!models) return std::move(models).error();
  std::vector<serve::OpenedModel> opened;
  opened.reserve(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i)
    opened.push_back({std::move(paths[i]), std::move((*models)[i])});
  return serve::Models::make(std::move(opened));
}

/// What speaks against these options together.
Status check(const Command& command) {
  if (command.incognito && !command.store.empty())
    return core::invalid_argument(
        "--incognito leaves nothing for --store; leave out one of the two");
  if (!is_loopback(command.server.address) && command.service.guard.keys.empty())
    return core::invalid_argument(fmt::format(
        "{} can be reached from other machines: a --key-file is needed", command.server.address));
  return {};
}

/// Null where nobody is to be remembered.
Result<std::unique_ptr<serve::Scribe>> open_scribe(const Command& command, Log& log) {
  if (command.incognito) return std::unique_ptr<serve::Scribe>();
  const auto path = command.store.empty() ? default_store() : command.store;
  if (!path) return path.error();
  return serve::Scribe::open(*path, [&log](const std::string& message) {
    log.error("what is written cannot be stored, and is tried again: " + message);
  });
}

void reload(const Command& command, serve::Service& service, Log& log) {
  auto models = read_models(command);
  if (!models) return log.error(models.error().message + "; the models stay as they were");
  service.replace(std::move(*models));
  log.info("models read again");
}

/// Where a browser on this machine finds the page of a server that listens on an address.
std::string page_address(const std::string& address, std::uint16_t port) {
  if (address == "0.0.0.0") return fmt::format("http://127.0.0.1:{}/", port);
  if (address == "::") return fmt::format("http://[::1]:{}/", port);
  if (address.find(':') != std::string::npos) return fmt::format("http://[{}]:{}/", address, port);
  return fmt::format("http://{}:{}/", address, port);
}

void show_page(const std::string& address) {
  const bool shown = open_in_browser(address);
  fmt::print("{} {}\nCtrl-C ends it.\n",
             shown ? "A place to write is open in your browser:" : "A place to write:", address);
  std::fflush(stdout);
}

int run(Command& command) {
  if (!command.key_file.empty()) {
    auto keys = read_keys(command.key_file);
    if (!keys) return fail(keys.error());
    command.service.guard.keys = std::move(*keys);
  }
  if (command.server.address == "localhost") command.server.address = "127.0.0.1";
  if (const Status status = check(command); !status.ok()) return refuse(status.error().message);

  // Before any thread is started: they all inherit what it does to signals.
  serve::Service* service = nullptr;
  http::Server* server = nullptr;
  Log log;
  std::mutex mutex;
  int ended_by = 0;
  const auto hear = [&](int signal) {
    const std::lock_guard lock(mutex);
    if (signal == SIGHUP) {
      if (service != nullptr) reload(command, *service, log);
      return;
    }
    ended_by = signal;
    if (server == nullptr) return;
    tell_service_manager("STOPPING=1");
    service->drain();
    server->stop(kPatience);
  };
  const SignalWatch watch(hear);

  auto models = read_models(command);
  if (!models) return fail(models.error());
  auto scribe = open_scribe(command, log);
  if (!scribe) return fail(scribe.error());
  const std::string store = *scribe ? (*scribe)->path().string() : "nothing (incognito)";
  command.service.most_text_bytes = command.server.most_body_bytes;
  serve::Service answers(command.service, std::move(*models), std::move(*scribe));
  auto listening = http::Server::listen(command.server, answers);
  if (!listening) return fail(listening.error());
  bool ended = false;
  {
    const std::lock_guard lock(mutex);
    service = &answers;
    server = listening->get();
    ended = ended_by != 0;
  }
  const std::string address = page_address(command.server.address, (*listening)->port());
  log.info(fmt::format("{} answers; learns into {}", address, store));
  tell_service_manager("READY=1");
  if (command.open && !ended) show_page(address);
  if (!ended) (*listening)->run();
  const std::lock_guard lock(mutex);
  service = nullptr;
  server = nullptr;
  log.info("ended");
  return kSuccess;
}

void add_options(CLI::App& parser, Command& command) {
  const auto option = [&parser](const char* name, auto& value, const char* help) {
    std::string variable = std::string("TERCET_") + (name + 2);
    std::transform(variable.begin(), variable.end(), variable.begin(), [](char c) {
      return c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return parser.add_option(name, value, help)->envname(variable)->capture_default_str();
  };
  parser
      .add_option("models", command.models,
                  "Model files (.tct); the first is the default [see below]")
      ->type_name("MODEL");
  parser
      .add_option("--config", command.config,
                  "Options, as TOML [$XDG_CONFIG_HOME or ~/.config: tercet/serve.toml]")
      ->configurable(false)
      ->type_name("FILE");
  option("--address", command.server.address, "Where to listen: localhost, or one of its own")
      ->type_name("IP");
  command.server.port = kPort;
  option("--port", command.server.port, "0: any that is free")->check(between(0, 65535));
  option("--threads", command.server.threads, "0: one per core");
  option("--store", command.store, "Where to learn, and what was learnt [as tercet prompt]")
      ->type_name("FILE");
  parser.add_flag("--incognito", command.incognito, "Neither read a store nor learn into one")
      ->envname("TERCET_INCOGNITO")
      ->excludes("--store");
  parser.add_flag("--open", command.open, "Open the page in the browser, or say where it is");
  option("--key-file", command.key_file, "Who names one of these keys, one a line, may ask")
      ->type_name("FILE");
  option("--allow-host", command.service.guard.hosts, "Names of this server besides localhost")
      ->type_name("NAME");
  option("--allow-origin", command.service.guard.origins, "Whose pages may ask besides its own")
      ->type_name("URL");
  option("--rate", command.service.requests_per_second, "Requests a second and key; 0: no limit");
  option("--max-body", command.server.most_body_bytes, "Bytes of a request")
      ->check(between(1024, 1 << 30));
  option("--max-connections", command.server.most_connections, "At once")->check(between(1, 1e6));
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  command->service.guard.open_paths = {"/livez", "/readyz", "/health", "/healthz", "/v1/health"};
  CLI::App* parser = app.add_subcommand("serve", "Answers the page and other programs over HTTP");
  add_options(*parser, *command);
  parser->footer(kFooter);
  parser->callback([command, parser, &action] {
    action = [command, parser] {
      const bool named = !command->config.empty();
      const auto folder = config_folder();
      const auto path = named ? command->config : folder / "serve.toml";
      std::error_code ignored;
      if (named || (!folder.empty() && std::filesystem::exists(path, ignored))) {
        if (const Status status = apply_config(*parser, path); !status.ok())
          return refuse(status.error().message);
      }
      return run(*command);
    };
  });
}

}  // namespace tercet::cli
