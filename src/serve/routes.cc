#include <array>

#include "serve/handlers.h"

namespace tercet::serve {
namespace {

using http::Method;

constexpr std::array kRoutes{
    ClientRoute{Method::kGet, "/v1/models", answer_models},
    ClientRoute{Method::kGet, "/models", answer_models},
    ClientRoute{Method::kGet, "/v1/models/", answer_model},
    ClientRoute{Method::kPost, "/v1/completions", answer_completions},
    ClientRoute{Method::kPost, "/v1/chat/completions", answer_chat},
    ClientRoute{Method::kPost, "/completion", answer_completion},
    ClientRoute{Method::kPost, "/completions", answer_completion},
    ClientRoute{Method::kPost, "/infill", answer_infill},
    ClientRoute{Method::kPost, "/tokenize", answer_tokenize},
    ClientRoute{Method::kPost, "/detokenize", answer_detokenize},
    ClientRoute{Method::kPost, "/apply-template", answer_apply_template},
    ClientRoute{Method::kGet, "/tokenizer_info", answer_tokenizer_info},
    ClientRoute{Method::kGet, "/props", answer_props},
    ClientRoute{Method::kGet, "/slots", answer_slots},
    ClientRoute{Method::kGet, "/health", answer_health},
    ClientRoute{Method::kGet, "/healthz", answer_health},
    ClientRoute{Method::kGet, "/v1/health", answer_health},
};

}  // namespace

std::span<const ClientRoute> client_routes() { return kRoutes; }

}  // namespace tercet::serve
