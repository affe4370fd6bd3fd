// What a server says while it runs: lines for a person at a terminal, JSON for machines.
#ifndef TERCET_APPS_CLI_SERVE_LOG_H_
#define TERCET_APPS_CLI_SERVE_LOG_H_

#include <memory>
#include <string>

namespace tercet::cli {

/// To stderr. Any thread. Nothing that a person writes may be said here.
class Log {
 public:
  Log();
  ~Log();
  void info(const std::string& message);
  void error(const std::string& message);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_SERVE_LOG_H_
