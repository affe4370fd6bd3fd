// The answers to OpenAI's and llama.cpp's clients. They share nothing but the
// models and what is counted: any thread.
#ifndef TERCET_SERVE_HANDLERS_H_
#define TERCET_SERVE_HANDLERS_H_

#include <span>

#include "http/message.h"
#include "serve/metrics.h"
#include "serve/models.h"

namespace tercet::serve {

// OpenAI
http::Response answer_models(const Models& models, Metrics& metrics, const http::Request& request);
http::Response answer_model(const Models& models, Metrics& metrics, const http::Request& request);
http::Response answer_completions(const Models& models, Metrics& metrics,
                                  const http::Request& request);
http::Response answer_chat(const Models& models, Metrics& metrics, const http::Request& request);

// llama.cpp
http::Response answer_completion(const Models& models, Metrics& metrics,
                                 const http::Request& request);
http::Response answer_infill(const Models& models, Metrics& metrics, const http::Request& request);
http::Response answer_tokenize(const Models& models, Metrics& metrics,
                               const http::Request& request);
http::Response answer_detokenize(const Models& models, Metrics& metrics,
                                 const http::Request& request);
http::Response answer_apply_template(const Models& models, Metrics& metrics,
                                     const http::Request& request);
http::Response answer_props(const Models& models, Metrics& metrics, const http::Request& request);
http::Response answer_slots(const Models& models, Metrics& metrics, const http::Request& request);
http::Response answer_health(const Models& models, Metrics& metrics, const http::Request& request);
/// vLLM's; with it and /tokenize lm-evaluation-harness finds out how texts are read here.
http::Response answer_tokenizer_info(const Models& models, Metrics& metrics,
                                     const http::Request& request);

using ClientHandler = http::Response (*)(const Models&, Metrics&, const http::Request&);
/// A path that ends in '/' stands for whatever follows.
struct ClientRoute {
  http::Method method;
  const char* path;
  ClientHandler answer;
};
/// Where these clients look for which of the above.
std::span<const ClientRoute> client_routes();

}  // namespace tercet::serve

#endif  // TERCET_SERVE_HANDLERS_H_
