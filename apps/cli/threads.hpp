#pragma once
// --threads, as the verbs that play many paths read it.

#include <charconv>
#include <string>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"

namespace hedgerow::cli {

/// The number that was written; 0 stands for all of the machine. Throws UsageError.
inline unsigned threads_from(const std::string& text) {
  constexpr unsigned most = 4096;
  unsigned threads = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
  if (error != std::errc() || end != text.data() + text.size() || threads > most)
    throw UsageError(fmt::format("--threads is {} (must be a whole number from 0 to {})", text, most));
  return threads;
}

}  // namespace hedgerow::cli
