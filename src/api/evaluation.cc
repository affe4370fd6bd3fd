#include "api/evaluation.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/error.h"
#include "measure/document_index.h"
#include "model/model_data.h"
#include "os/system.h"
#include "tercet/lanes.h"

namespace tercet::api {

Parts parts(std::string_view document, bool own) {
  const std::size_t middle = own ? measure::middle_of(document) : 0;
  return {document.substr(0, middle), document.substr(middle)};
}

Status check_slots(const EvaluateOptions& options) {
  if (options.slots.empty() || std::count(options.slots.begin(), options.slots.end(), 0U) != 0)
    return core::invalid_argument("slots must be numbers from 1");
  return {};
}

std::vector<std::uint64_t> word_limits(std::uint64_t most_words, std::size_t documents,
                                       const std::function<std::uint64_t(std::size_t)>& words_of) {
  std::vector<std::uint64_t> limits(documents, ~std::uint64_t{0});
  if (most_words == 0) return limits;
  std::uint64_t left = most_words;
  for (std::size_t i = 0; i < documents; ++i) {
    limits[i] = left == 0 ? 0 : std::min(left, words_of(i));
    left -= limits[i];
  }
  return limits;
}

unsigned thread_count(const EvaluateOptions& options) {
  return options.threads != 0 ? options.threads : os::cpu_count();
}

Result<predict::LaneModel> lane_model(const Model& model, const EvaluateOptions& options) {
  const LaneOverrides overrides = options.lanes != nullptr ? *options.lanes : LaneOverrides{};
  auto made = predict::LaneModel::make(model.data(), "the model",
                                       predict::ContextProfiles::kLongList, overrides);
  if (!made) return std::move(made).error();
  std::optional<predict::LaneModel>& lanes = *made;
  if (!lanes)
    return core::unsupported(
        "the model was trained without lanes; train it with: tercet train --lanes");
  return std::move(*lanes);
}

double percentile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return double{values[static_cast<std::size_t>(at)]};
}

Progress::Progress(const std::function<void(double fraction)>& report, std::size_t all)
    : report_(report), all_(static_cast<double>(std::max<std::size_t>(all, 1))) {}

void Progress::add(std::size_t more) {
  done_ += more;
  if (report_) report_(static_cast<double>(done_) / all_);
}

}  // namespace tercet::api
