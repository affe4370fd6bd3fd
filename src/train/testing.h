// Help for tests: a throw-away directory.
#ifndef TERCET_TRAIN_TESTING_H_
#define TERCET_TRAIN_TESTING_H_

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace tercet::train::testing {

/// A fresh directory under TMPDIR, removed with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "tercet-test.XXXXXX").native();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tercet::train::testing

#endif  // TERCET_TRAIN_TESTING_H_
