#include "serve/messages.h"

#include <utility>

namespace tercet::serve {
namespace {

void append_line(std::string_view line, std::string& text) {
  if (!text.empty()) text += '\n';
  text += line;
}

/// A string, parts, or nothing (null, where an assistant only called tools).
bool read_content(const json::Value* content, std::string& text) {
  if (content == nullptr) return true;
  if (content->string() != nullptr) {
    text = *content->string();
    return true;
  }
  if (content->array() == nullptr) return false;
  for (const json::Value& part : *content->array()) {
    if (part.object() == nullptr) return false;
    const json::Value* const words = part.find("text");
    if (words == nullptr) continue;  // An image, say.
    if (words->string() == nullptr) return false;
    append_line(*words->string(), text);
  }
  return true;
}

bool read_message(const json::Value& value, Message& message) {
  const json::Value* const role = value.find("role");
  if (role == nullptr || role->string() == nullptr) return false;
  message.role = *role->string();
  return read_content(value.find("content"), message.text);
}

}  // namespace

std::vector<Message> read_messages(Fields& fields) {
  const json::Value* const value = fields.find("messages");
  std::vector<Message> out;
  bool right = value != nullptr && value->array() != nullptr && !value->array()->empty();
  if (right) {
    for (const json::Value& each : *value->array()) {
      Message message;
      right = right && read_message(each, message);
      out.push_back(std::move(message));
    }
  }
  if (right) return out;
  fields.refuse("messages",
                "must be an array of at least one object with a role and a content, which is a "
                "string or an array of parts");
  return {};
}

std::string apply_template(const std::vector<Message>& messages) {
  std::string out;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (i > 0) out += '\n';
    out += messages[i].text;
  }
  return out;
}

std::string_view last_user_text(const std::vector<Message>& messages) {
  for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
    if (message->role == "user") return message->text;
  }
  return {};
}

}  // namespace tercet::serve
