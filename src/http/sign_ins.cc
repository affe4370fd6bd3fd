#include "http/sign_ins.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

#include "http/secret.h"

namespace tercet::http {
namespace {

constexpr std::string_view kName = "tercet_sign_in";
constexpr int kMonth = 30 * 24 * 60 * 60;  // Seconds.

/// 256 bits.
std::string random_token() {
  std::random_device source;
  std::string token;
  for (int i = 0; i < 8; ++i) token += fmt::format("{:08x}", source());
  return token;
}

/// Of `a=1; b=2`; empty if it is not there.
std::string_view cookie(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    std::string_view pair = cookies.substr(0, cookies.find(';'));
    cookies.remove_prefix(std::min(pair.size() + 1, cookies.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name)
      return pair.substr(equals + 1);
  }
  return {};
}

}  // namespace

std::string SignIns::add(std::size_t key, bool encrypted) {
  std::string token = random_token();
  std::string header = fmt::format("{}={}; Max-Age={}; Path=/; HttpOnly; SameSite=Strict{}", kName,
                                   token, kMonth, encrypted ? "; Secure" : "");
  const std::lock_guard lock(mutex_);
  if (browsers_.size() == kMost) browsers_.pop_front();
  browsers_.push_back({std::move(token), key});
  return header;
}

std::optional<std::size_t> SignIns::find(std::string_view cookies) const {
  const std::string_view token = cookie(cookies, kName);
  std::optional<std::size_t> key;
  const std::lock_guard lock(mutex_);
  for (const Browser& each : browsers_) {
    if (same_secret(token, each.token)) key = each.key;
  }
  return key;
}

}  // namespace tercet::http
