// ARPA files: the n-gram world's common text format.
#ifndef TERCET_CONVERT_H_
#define TERCET_CONVERT_H_

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet {

struct ConvertOptions {
  std::function<void(double fraction)> progress;
  std::stop_token stop;
};

struct ConvertReport {
  std::vector<std::string> warnings;  ///< What the file lacked and what was put in its place.
};

/// Reads an ARPA file (plain, gzip or zstd; written by KenLM, SRILM, IRSTLM, ...) into a `.tct` of
/// plain tokens. Probabilities are kept to 1/4096 bit, or coarser (1/2048, 1/1024, ...) where 16
/// bits do not reach the least of them; whether the max lemma holds is found out. Every fault of
/// the file is an error with its line number, never a crash.
Result<ConvertReport> import_arpa(const std::filesystem::path& arpa,
                                  const std::filesystem::path& output,
                                  const ConvertOptions& options = {});

/// Writes a model as ARPA text; compressed if the name ends in .gz or .zst. Importing it again
/// gives the same scores.
Status export_arpa(const Model& model, const std::filesystem::path& arpa,
                   const ConvertOptions& options = {});

}  // namespace tercet

#endif  // TERCET_CONVERT_H_
