#include "interop/import.h"

#include <array>
#include <memory>
#include <utility>

#include "core/error.h"
#include "format/container.h"
#include "interop/arpa_reader.h"
#include "interop/integer_model.h"
#include "os/atomic_file.h"
#include "os/file_sink.h"
#include "os/input_file.h"
#include "tercet/convert.h"

namespace tercet::interop {
namespace {

constexpr std::uint32_t kEntriesPerReport = 1 << 16;
/// Of the whole work, by time.
constexpr double kReadingShare = 0.8;

/// Entry `entry` of order n as the packer takes it.
model::PackedEntry packed(const IntegerModel& model, std::uint32_t n, std::uint32_t entry) {
  const IntegerOrder& order = model.orders[n - 1];
  model::PackedEntry out;
  out.word = order.words[entry];
  out.cost = order.costs[entry];
  if (n == model.orders.size()) return out;
  out.stored_backoff = order.backoffs[entry];
  out.children = order.children(entry).size();
  out.is_context = out.children != 0 || out.stored_backoff != model.scale.backoff_bias;
  return out;
}

std::vector<std::uint64_t> count_contexts(const IntegerModel& model) {
  std::vector<std::uint64_t> contexts(model.orders.size());
  for (std::uint32_t n = 1; n < model.orders.size(); ++n) {
    for (std::uint32_t entry = 0; entry < model.orders[n - 1].size(); ++entry)
      contexts[n - 1] += packed(model, n, entry).is_context ? 1 : 0;
  }
  return contexts;
}

model::Parameters parameters_of(const IntegerModel& model) {
  model::Parameters out;
  out.order = static_cast<std::uint32_t>(model.orders.size());
  out.vocabulary_size = model.orders[0].size();
  out.units_per_bit = model.scale.units_per_bit;
  out.backoff_bias = model.scale.backoff_bias;
  out.flags = model::kPlainTokens;
  if (model.interpolated) out.flags |= model::kInterpolated;
  if (model.normalised) out.flags |= model::kNormalised;
  for (std::size_t i = 0; i < model.orders.size(); ++i) out.ngrams[i] = model.orders[i].size();
  return out;
}

Status pack_orders(const IntegerModel& model, model::Packer& packer, const PackProgress& progress) {
  std::uint64_t total = 0;
  std::uint64_t done = 0;
  for (const IntegerOrder& order : model.orders) total += order.size();
  for (std::uint32_t n = 1; n <= model.orders.size(); ++n) {
    packer.begin_order(n);
    for (std::uint32_t entry = 0; entry < model.orders[n - 1].size(); ++entry) {
      packer.add(packed(model, n, entry));
      if (++done % kEntriesPerReport != 0 || !progress) continue;
      if (!progress(static_cast<double>(done) / static_cast<double>(total)))
        return core::cancelled();
    }
    TERCET_TRY(packer.end_order());
  }
  return packer.finish();
}

/// A file as the reader's source: reports progress and obeys the stop token while it reads.
class FileSource final : public TextSource {
 public:
  FileSource(os::InputFile& file, const ConvertOptions& options) : file_(file), options_(options) {}

  Result<std::size_t> read(std::span<char> out) override {
    if (options_.stop.stop_requested()) return core::cancelled();
    if (options_.progress && file_.size() > 0) {
      options_.progress(kReadingShare * static_cast<double>(file_.consumed()) /
                        static_cast<double>(file_.size()));
    }
    return file_.read(out);
  }

 private:
  os::InputFile& file_;
  const ConvertOptions& options_;
};

}  // namespace

Result<std::vector<std::string>> pack_arpa(ArpaModel arpa, model::Notes notes, core::Sink& sink,
                                           const PackProgress& progress) {
  const IntegerModel model = to_integers(std::move(arpa));
  for (const std::string& warning : model.warnings) notes.emplace_back("warning", warning);
  const model::Parameters parameters = parameters_of(model);
  model::Packer packer(sink, parameters, count_contexts(model), model.vocabulary, notes);
  TERCET_TRY(pack_orders(model, packer, progress));
  return model.warnings;
}

}  // namespace tercet::interop

namespace tercet {

Result<ConvertReport> import_arpa(const std::filesystem::path& arpa,
                                  const std::filesystem::path& output,
                                  const ConvertOptions& options) {
  TERCET_TRY(os::check_replaces(output, std::as_bytes(std::span(format::kMagic))));
  auto input = os::InputFile::open(arpa, options.stop);
  if (!input) return std::move(input).error();
  auto file = os::AtomicFile::create(output);
  if (!file) return std::move(file).error();
  interop::FileSource source(**input, options);
  auto model = interop::parse_arpa(source, (*input)->name());
  if (!model) return std::move(model).error();

  const auto progress = [&](double fraction) {
    if (options.progress)
      options.progress(interop::kReadingShare + (1 - interop::kReadingShare) * fraction);
    return !options.stop.stop_requested();
  };
  os::FileSink sink(*file);
  model::Notes notes{{"imported from", arpa.filename().string()}};
  auto warnings = interop::pack_arpa(std::move(*model), std::move(notes), sink, progress);
  if (!warnings) return std::move(warnings).error();
  TERCET_TRY(file->commit());
  return ConvertReport{std::move(*warnings)};
}

}  // namespace tercet
