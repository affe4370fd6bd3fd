// What `tercet train` says at its end.
#ifndef TERCET_APPS_CLI_TRAIN_REPORT_H_
#define TERCET_APPS_CLI_TRAIN_REPORT_H_

#include <filesystem>

#include "tercet/train.h"

namespace tercet::cli {

/// The report to stdout, warnings to stderr.
void print_train_report(const TrainReport& report, const std::filesystem::path& output);

/// All of it, warnings too, as one line of JSON to stdout.
void print_train_json(const TrainReport& report, const TrainOptions& options,
                      const std::filesystem::path& output);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_TRAIN_REPORT_H_
