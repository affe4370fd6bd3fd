// The messages of a chat.
#ifndef TERCET_SERVE_MESSAGES_H_
#define TERCET_SERVE_MESSAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "serve/fields.h"

namespace tercet::serve {

struct Message {
  std::string role;
  std::string text;  ///< Of several parts, those that are text, a line each.
};

/// What apply_template() does, in Jinja, as clients ask for it.
inline constexpr std::string_view kChatTemplate =
    "{% for message in messages %}{{ message['content'] }}"
    "{% if not loop.last %}{{ '\\n' }}{% endif %}{% endfor %}";

/// The field "messages"; empty if it is wrong.
std::vector<Message> read_messages(Fields& fields);
/// One text, whose end is to be continued: a line for each message.
std::string apply_template(const std::vector<Message>& messages);
/// What the person wrote last; empty if nothing.
std::string_view last_user_text(const std::vector<Message>& messages);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_MESSAGES_H_
