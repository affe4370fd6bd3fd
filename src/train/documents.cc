#include "train/documents.h"

#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "os/input_file.h"
#include "text/document_index.h"
#include "text/lines.h"

namespace tercet::train {
namespace {

/// The index that lies beside a text, if there is one.
std::optional<std::filesystem::path> find_index(const std::filesystem::path& input) {
  std::filesystem::path name = input.filename();
  if (name.extension() == ".zst" || name.extension() == ".gz") name.replace_extension();
  if (name.extension() != ".txt") return std::nullopt;
  for (const char* const ending : {".index.tsv.zst", ".index.tsv"}) {
    std::filesystem::path index = input.parent_path() / (name.stem().native() + ending);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(index, ignored)) return index;
  }
  return std::nullopt;
}

Result<std::string> read_whole(const std::filesystem::path& path, const std::stop_token& stop) {
  auto file = os::InputFile::open(path, stop);
  if (!file) return std::move(file).error();
  std::string whole;
  std::array<char, std::size_t{1} << 16> piece{};
  for (;;) {
    auto got = (*file)->read(piece);
    if (!got) return std::move(got).error();
    if (*got == 0) return whole;
    whole.append(piece.data(), *got);
  }
}

}  // namespace

Result<DocumentCutter> DocumentCutter::open(const std::filesystem::path& input,
                                            const std::stop_token& stop) {
  DocumentCutter cutter;
  auto index = find_index(input);
  if (!index) return cutter;
  auto whole = read_whole(*index, stop);
  if (!whole) return std::move(whole).error();
  if (whole->empty()) return cutter;
  cutter.index_ = std::move(*index);
  TERCET_TRY(cutter.read_index(*whole));
  return cutter;
}

Status DocumentCutter::read_index(std::string_view index) {
  auto rows = text::parse_document_index(index, index_.native(), std::nullopt);
  if (!rows) return std::move(rows).error();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const text::DocumentLines& row = (*rows)[i];
    if (row.lines == 0) continue;
    if (row.first != last_line_ + 1) begins_.push_back(last_line_ + 1);
    begins_.push_back(row.first);
    last_line_ = row.first + row.lines - 1;
    last_row_ = i;
  }
  begins_.push_back(last_line_ + 1);
  return {};
}

std::vector<Passage> DocumentCutter::cut(std::string_view block, PassageCounts& counts) {
  const bool indexed = !begins_.empty();
  std::vector<Passage> passages;
  std::size_t in_block = 0;
  text::for_each_line(block, [&](std::string_view line) {
    ++lines_;
    const bool begins = indexed ? begun_ < begins_.size() && begins_[begun_] == lines_
                                : in_block % kLinesPerDocument == 0;
    if (begins) {
      ++begun_;
      ++counts.documents;
    }
    if (begins || in_block == 0) {
      passages.push_back({static_cast<std::uint64_t>(line.data() - block.data()),
                          counts.documents - 1, counts.passages++,
                          !indexed && in_block != 0 ? 1U : 0U});
    }
    ++in_block;
  });
  return passages;
}

Status DocumentCutter::finish() const {
  if (last_line_ <= lines_) return {};
  return text::misfit_of_index(index_.native(), last_row_, lines_);
}

}  // namespace tercet::train
