#include "serve_log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "json/writer.h"

namespace tercet::cli {

struct Log::Impl {
  bool is_terminal = isatty(STDERR_FILENO) == 1;
  spdlog::logger logger{"tercet", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()};

  std::string shown(const std::string& message) const {
    return is_terminal ? message : json::Writer().value(message).text();
  }
};

Log::Log() : impl_(std::make_unique<Impl>()) {
  impl_->logger.set_pattern(impl_->is_terminal
                                ? "%H:%M:%S %^%v%$"
                                : R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","message":%v})");
}
Log::~Log() = default;

void Log::info(const std::string& message) { impl_->logger.info("{}", impl_->shown(message)); }
void Log::error(const std::string& message) { impl_->logger.error("{}", impl_->shown(message)); }

}  // namespace tercet::cli
