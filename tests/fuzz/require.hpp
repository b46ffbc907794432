#pragma once
// What every fuzzed reader promises.

#include <cstdio>
#include <cstdlib>

namespace hedgerow::fuzz {

/// Ends the program where a promise does not hold, so that the fuzzer keeps the input.
inline void require(bool holds, const char* what = "a promise of the reader") {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace hedgerow::fuzz
