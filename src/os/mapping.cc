#include "os/mapping.h"

#include <sys/mman.h>

namespace tercet::os {

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(size_, other.size_);
  return *this;
}

Mapping::~Mapping() {
  if (size_ > 0) ::munmap(address_, size_);
}

}  // namespace tercet::os
